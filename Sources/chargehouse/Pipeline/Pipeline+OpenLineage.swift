import ArgumentParser
import Cleaning
import Foundation
import Lineage
import RawArchive
import Warehouse
import WarehouseDuckDB

/// Where a stage writes its OpenLineage events.
struct OpenLineageOptions: ParsableArguments {
    @Option(
        name: .customLong("openlineage"),
        help: ArgumentHelp("Append OpenLineage events to this file, one JSON object a line.", valueName: "file")
    )
    var path: String?

    /// The log of a stage; `nil` where none is asked for.
    func log(_ stage: OpenLineageLog.Stage) -> OpenLineageLog? {
        path.map { path in
            OpenLineageLog(
                path: path,
                stage: stage,
                runID: UUID().uuidString.lowercased(),
                producer: "urn:chargehouse:\(Version.text)",
                now: systemTime
            )
        }
    }
}

extension Pipeline {
    /// Cleans, with events where they are asked for.
    func clean(_ selection: SliceSelection, _ lineage: OpenLineageOptions) async throws -> [Cleaner.Result] {
        guard let log = lineage.log(.clean) else { return try await clean(selection) }
        return try await log.record {
            try await clean(selection)
        } datasets: { results, make in
            let written = results.filter { $0.outcome == .cleaned }.map(\.manifest)
            return (
                make.packs(of: written, in: settings.archive.root),
                make.flatFiles(of: written, in: settings.flatName, areInputs: false)
            )
        }
    }

    /// Loads, with events where they are asked for.
    func load(
        _ selection: SliceSelection,
        runID: String?,
        _ lineage: OpenLineageOptions
    ) async throws -> SliceLoader.Summary {
        let place = try settings.warehouseTarget().description
        guard let log = lineage.log(.load) else { return try await load(selection, runID: runID) }
        let (summary, _) = try await log.record {
            let summary = try await load(selection, runID: runID)
            return (summary, try await rowCounts())
        } datasets: { result, make in
            (
                make.packs(of: result.0.loaded, in: settings.archive.root)
                    + make.flatFiles(of: result.0.loaded, in: settings.flatName, areInputs: true),
                make.tables(result.1, in: place)
            )
        }
        return summary
    }

    /// The rows of each table.
    private func rowCounts() async throws -> [String: Int] {
        try await withWarehouse(readOnly: true) { engine in
            var counts: [String: Int] = [:]
            for table in Schema.tables {
                let rows = try await engine.query("SELECT COUNT(*) FROM \(table.name)", []).rows
                if case .integer(let count)? = rows.first?.first { counts[table.name] = Int(count) }
            }
            return counts
        }
    }
}
