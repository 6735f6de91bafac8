import ChargingModel
import Foundation
import RawArchive
import Sources
import Warehouse
import WarehouseDuckDB

/// Imports MOBI.E's exports: a folder with one Parquet file of locations and one of points, both with the rows of
/// all exports.
///
/// DuckDB reads the files; each date becomes one answer of the feed.
struct MobieImport {
    let folder: String
    let feed: FeedDescriptor
    let archive: RawArchive
    let progress: ProgressLine

    /// Whether a folder holds Parquet files.
    static func accepts(_ folder: String) -> Bool { !parquetFiles(in: folder).isEmpty }

    /// Imports every export; one that is archived already stays as it is.
    func run(judge: AnswerJudge) async throws -> ImportReport {
        let locations = parquetTable(at: try file("locations"))
        let points = parquetTable(at: try file("evses"))
        let library = try DuckDBLibrary.locate(environment: ProcessInfo.processInfo.environment)
        let engine = try await DuckDBEngine.open(path: ":memory:", library: library)
        let report: ImportReport
        do {
            report = try await importing(locations, points, with: engine, judge: judge)
        } catch {
            try await engine.close()
            throw error
        }
        try await engine.close()
        return report
    }

    private func importing(
        _ locations: String,
        _ points: String,
        with engine: DuckDBEngine,
        judge: AnswerJudge
    ) async throws -> ImportReport {
        var total = ImportReport()
        let (dates, undated) = try await dates(locations, points, engine)
        if undated > 0 { total.skipped["rows without the date of an export"] = undated }
        let origin = ImportOrigin(feed: feed.id, url: feed.url, software: "chargehouse/\(Version.text)")
        for (index, date) in dates.enumerated() {
            try Task.checkCancellation()
            let export = MobieExport(
                date: date,
                locations: try await rows(of: date, locations, engine),
                points: try await rows(of: date, points, engine)
            )
            let report = try archive.importAnswer([export.answer], from: origin, slot: export.slot, judge: judge)
            total.captures += report.captures
            total.duplicates += report.duplicates
            progress.update(index + 1, of: dates.count, "export of \(date)")
        }
        return total
    }

    /// The dates of all exports, oldest first, and the number of rows whose date is none.
    private func dates(
        _ locations: String,
        _ points: String,
        _ engine: DuckDBEngine
    ) async throws -> (dates: [UTCDay], undated: Int) {
        let date = MobieExport.dateColumn
        let sql = """
            SELECT CAST(x.\(date) AS VARCHAR) AS export_date, COUNT(*) AS export_rows
            FROM (SELECT \(date) FROM \(locations) UNION ALL SELECT \(date) FROM \(points)) x
            GROUP BY x.\(date) ORDER BY x.\(date)
            """
        var dates: [UTCDay] = []
        var undated = 0
        for row in try await engine.query(sql, []).rows {
            if case .text(let text) = row[0], let day = UTCDay(text) {
                dates.append(day)
            } else if case .integer(let count) = row[1] {
                undated += Int(count)
            }
        }
        return (dates, undated)
    }

    private func rows(of date: UTCDay, _ table: String, _ engine: DuckDBEngine) async throws -> MobieExport.Rows {
        let sql = """
            SELECT CAST(COLUMNS(*) AS VARCHAR) FROM \(table) WHERE CAST(\(MobieExport.dateColumn) AS VARCHAR) = ?
            """
        let result = try await engine.query(sql, [.text(date.description)])
        let values = result.rows.map { row in
            row.map { value -> String? in
                if case .text(let text) = value { text } else { nil }
            }
        }
        return MobieExport.Rows(columns: result.columns, values: values)
    }

    private func file(_ prefix: String) throws -> String {
        let found = Self.parquetFiles(in: folder).filter { $0.hasPrefix(prefix) }
        guard found.count == 1 else {
            throw ArchiveError(
                .badImport,
                folder,
                "\(found.count) files named \(prefix)….parquet (expected one)",
                kept: "nothing was imported",
                remedy: "see docs/feeds/mobie.md for the files"
            )
        }
        return "\(folder)/\(found[0])"
    }

    private static func parquetFiles(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".parquet") }.sorted()
    }
}
