public import ChargingModel
import Foundation

/// How rulebooks count each status: data with a version, `Maps/rulebooks.json`.
public struct Rulebooks: Sendable {
    /// One status in one rulebook.
    public struct Row: Hashable, Sendable {
        /// `default`, `market`, `uk_2023` or `nevi_cec`.
        public var rulebook: String
        /// The status.
        public var status: ChargingStatus
        /// The class in the rulebook's own words.
        public var statusClass: String
        /// The class by the other reading; `nil` where there is one only.
        public var alternative: String?
        /// Why this reading was chosen; `nil` where the rulebook says so.
        public var judgement: String?
    }

    /// Raised with every change of a row.
    public let version: Int
    /// In the order of rulebooks and of the statuses' keys.
    public let rows: [Row]

    /// The rulebooks of this version.
    ///
    /// The file is embedded; a test reads it, so that a faulty one stops the build, not a user.
    public static let current = Rulebooks(embedded: PackageResources.rulebooks_json)

    private struct File: Decodable {
        struct Entry: Decodable {
            var status: String
            var `class`: String
            var alternative: String?
            var judgement: String?
        }

        var version: Int
        var rulebooks: [String: [Entry]]
    }

    private init(embedded bytes: [UInt8]) {
        do {
            let file = try JSONDecoder().decode(File.self, from: Data(bytes))
            version = file.version
            rows = file.rulebooks.sorted { $0.key < $1.key }.flatMap { name, entries in
                entries.compactMap { entry in
                    ChargingStatus(rawValue: entry.status).map {
                        Row(
                            rulebook: name,
                            status: $0,
                            statusClass: entry.class,
                            alternative: entry.alternative,
                            judgement: entry.judgement
                        )
                    }
                }
                .sorted { $0.status.key < $1.status.key }
            }
        } catch {
            preconditionFailure("the embedded rulebooks are faulty: \(error)")
        }
    }

    /// Replaces `map_rulebook` where it holds another version, or other rows.
    func refresh(_ engine: some WarehouseEngine) async throws {
        let held = try await engine.query("SELECT COUNT(*), MIN(version), MAX(version) FROM map_rulebook", [])
        let current = SQLValue.integer(Int64(version))
        if held.rows == [[.integer(Int64(rows.count)), current, current]] { return }
        let dialect = engine.dialect
        let values = rows.map { row in
            let texts = [row.alternative, row.judgement].map { $0.map { dialect.literal($0) } ?? "NULL" }
            return "(\(dialect.literal(row.rulebook)), \(row.status.key), \(dialect.literal(row.statusClass)), "
                + texts.joined(separator: ", ") + ", \(version))"
        }
        try await engine.transact([
            .statement("DELETE FROM map_rulebook"),
            .statement(
                """
                INSERT INTO map_rulebook (rulebook, status_key, class, alternative_class, judgement, version)
                VALUES \(values.joined(separator: ",\n"))
                """
            ),
        ])
    }
}
