import ChargingModel

/// One numbered step of the schema's history.
///
/// Forward only; frozen once released.
public struct Migration: Sendable {
    /// From 1, without holes.
    public let version: Int
    /// What it does, in a few words.
    public let name: String
    /// The engines that have it: later ones begin with a later schema.
    let dialects: Set<SQLDialect>
    let makeStatements: @Sendable (SQLDialect) throws(WarehouseError) -> [String]

    init(
        _ version: Int,
        _ name: String,
        dialects: Set<SQLDialect> = Set(SQLDialect.allCases),
        statements: @escaping @Sendable (SQLDialect) throws(WarehouseError) -> [String]
    ) {
        self.version = version
        self.name = name
        self.dialects = dialects
        makeStatements = statements
    }

    /// What the migration runs on a dialect, in one transaction.
    ///
    /// - Throws: ``WarehouseError`` with `unsupported` for a dialect without DDL.
    public func statements(for dialect: SQLDialect) throws(WarehouseError) -> [String] {
        try makeStatements(dialect)
    }

    /// The SHA-256 of the statements: says whether a warehouse was made by this very migration.
    func checksum(for dialect: SQLDialect) throws(WarehouseError) -> String {
        ContentDigest(of: Array(try statements(for: dialect).joined(separator: ";\n").utf8)).description
    }
}

/// The schema's history.
public enum Migrations {
    /// All migrations, in order.
    public static let all: [Migration] = [m0001CreateSchema, m0002History]

    /// The version that this code writes.
    public static var currentVersion: Int { all.last?.version ?? 0 }
}
