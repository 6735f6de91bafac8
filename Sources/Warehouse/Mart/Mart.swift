/// The mart: what analysts and their tools see of the warehouse.
///
/// A view keeps its name, grain and columns for as long as ``version`` stays the same; columns may be added.
///
/// - SeeAlso: `docs/guide/business-intelligence.md`, `docs/data-dictionary.md`.
public enum Mart {
    /// Raised where a view or a column goes away or changes its meaning.
    public static let version = 1

    /// All views, in the order in which they are created.
    public static let views: [MartView] = described + [dictionary]

    private static let described = [meta] + dimensions + dates + facts + quality

    /// A view by its name.
    public static func view(_ name: String) -> MartView? {
        views.first { $0.name == name }
    }

    /// The statements that make the mart, with ``Place``'s marks.
    package static func createStatements(in dialect: SQLDialect) -> [String] {
        [Place.createSchema] + views.flatMap { $0.createStatements(in: dialect) }
    }

    /// Where a warehouse and its mart are.
    public struct Place: Sendable, Hashable {
        /// The schema of the warehouse's tables.
        public let schema: String

        /// Stands for the schema of the tables in statements.
        static let schemaMark = ViewDefinition.schemaMark
        /// Stands for the schema of the mart in statements.
        static let martMark = "{mart}"
        static let createSchema = "CREATE SCHEMA \(martMark)"

        /// Names a place.
        public init(schema: String) {
            self.schema = schema
        }

        /// Asks an engine.
        ///
        /// - Throws: ``WarehouseError`` with `openFailed` where the schema of the session does not exist.
        public init(of engine: some WarehouseEngine) async throws {
            guard case .text(let schema)? = try await engine.query("SELECT CURRENT_SCHEMA()", []).rows.first?.first
            else {
                throw WarehouseError(
                    .openFailed,
                    subject: "warehouse",
                    detail: "the session has no schema (expected one that exists)",
                    remedy: "create the schema that the warehouse's address names"
                )
            }
            self.schema = schema
        }

        /// The schema of the mart: `mart`, or `ev_mart` for the warehouse in a schema `ev`, so that several warehouses
        /// fit into one database.
        public var mart: String { ["main", "public"].contains(schema) ? "mart" : schema + "_mart" }

        /// A statement with the names in place of the marks.
        public func naming(_ sql: String) -> String {
            sql.replacing(Self.schemaMark, with: schema).replacing(Self.martMark, with: mart)
        }

        /// Statements for this place: a schema of the mart that exists is taken, so that whoever may not create schemas
        /// can be given one.
        func naming(_ statements: [String], on engine: some WarehouseEngine) async throws -> [String] {
            let name = engine.dialect.literal(mart)
            let sql = "SELECT schema_name FROM information_schema.schemata WHERE schema_name = \(name)"
            let exists = try await !engine.query(sql, []).rows.isEmpty
            return statements.filter { !exists || $0 != Self.createSchema }.map(naming)
        }
    }

    private static let meta = MartView(
        "meta",
        "One row: what this mart is and how far its data reaches.",
        key: ["mart_version"],
        columns: [
            MartColumn("\(version)", .must("mart_version", .integer, "Version of the mart's views")),
            MartColumn("v.schema_version", .must("schema_version", .integer, "Version of the warehouse's schema")),
            MartColumn("l.first_day", .may("first_day", .date, "First UTC day that is loaded", null: "nothing is")),
            MartColumn("l.last_day", .may("last_day", .date, "Last UTC day that is loaded", null: "nothing is")),
            MartColumn("p.data_as_of", .may("data_as_of", .timestamp, "Slot of the newest good poll", null: "no poll")),
        ],
        from: """
            FROM (SELECT MAX(version) AS schema_version FROM etl_schema_version) v
            CROSS JOIN (SELECT MIN(slice_date) AS first_day, MAX(slice_date) AS last_day FROM etl_load) l
            CROSS JOIN (SELECT MAX(slot_utc) AS data_as_of FROM etl_poll WHERE is_chosen) p
            """
    )

    /// The meaning of every column as rows: for engines and files that keep no comments.
    private static let dictionary = MartView(
        "dictionary",
        "One row per column of the mart's other views.",
        key: ["view_name", "ordinal"],
        columns: [
            MartColumn("CAST(x.view_name AS VARCHAR(64))", .must("view_name", .text(64), "Name of the view")),
            MartColumn("x.ordinal", .must("ordinal", .integer, "Place of the column in the view, from 1")),
            MartColumn("CAST(x.column_name AS VARCHAR(64))", .must("column_name", .text(64), "Name of the column")),
            MartColumn("CAST(x.meaning AS VARCHAR(400))", .must("meaning", .text(200), "What the column holds")),
        ],
        from: "FROM (\(dictionaryRows)) x"
    )

    private static var dictionaryRows: String {
        let rows = described.flatMap { view in
            view.columns.enumerated().map { index, column in
                let texts = [view.name, column.name, column.comment].map(SQLDialect.duckDB.literal)
                return (texts[0], "\(index + 1)", texts[1], texts[2])
            }
        }
        return rows.enumerated().map { index, row in
            index == 0
                ? "SELECT \(row.0) AS view_name, \(row.1) AS ordinal, \(row.2) AS column_name, \(row.3) AS meaning"
                : "SELECT \(row.0), \(row.1), \(row.2), \(row.3)"
        }.joined(separator: "\n    UNION ALL ")
    }
}
