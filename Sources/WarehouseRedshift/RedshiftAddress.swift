public import Warehouse
public import WarehousePostgres

/// Where a Redshift cluster or workgroup is: `redshift://user@host:5439/database?schema=charging`.
///
/// Takes what ``WarehousePostgres/PostgresAddress`` takes, and `schema`. Without a port it is 5439; without `sslmode` the
/// connection is encrypted, and its certificate is not compared: `sslmode=verify-full` with `sslrootcert` does that.
public struct RedshiftAddress: Sendable, Hashable, CustomStringConvertible {
    /// The port of a cluster where the address names none.
    private static let port = "5439"

    /// What libpq connects to.
    public let server: PostgresAddress
    /// The schema of the warehouse's tables.
    public let schema: String
    /// The address without password and parameters.
    public var description: String {
        server.description.replacing("postgresql://", with: "redshift://", maxReplacements: 1)
    }

    /// Whether a text means a Redshift cluster.
    public static func accepts(_ text: String) -> Bool { text.hasPrefix("redshift://") }

    /// Reads an address.
    ///
    /// - Throws: ``WarehouseError`` with `openFailed` for what libpq cannot read, or a schema that is no plain name.
    public init(_ text: String, library: PostgresLibrary) throws(WarehouseError) {
        let parts = text.dropFirst("redshift://".count).split(separator: "?", maxSplits: 1)
        let place = parts.first.map(String.init) ?? ""
        var parameters = (parts.count > 1 ? parts[1] : "").split(separator: "&").map(String.init)
        let schemas = parameters.filter { $0.hasPrefix("schema=") }.map { String($0.dropFirst("schema=".count)) }
        parameters.removeAll { $0.hasPrefix("schema=") }
        schema = schemas.last ?? "public"
        guard schema.wholeMatch(of: /[a-z_][a-z0-9_]{0,126}/) != nil else {
            throw WarehouseError(
                .openFailed,
                subject: "warehouse",
                detail: "schema \"\(schema)\" (expected a-z, 0-9 and _, a letter first)",
                remedy: "correct warehouse in chargehouse.toml, or CHARGEHOUSE_WAREHOUSE"
            )
        }
        if !Self.namesPort(place), !parameters.contains(where: { $0.hasPrefix("port=") }) {
            parameters.append("port=\(Self.port)")
        }
        if !parameters.contains(where: { $0.hasPrefix("sslmode=") }) { parameters.append("sslmode=require") }
        server = try PostgresAddress("postgresql://\(place)?\(parameters.joined(separator: "&"))", library: library)
    }

    private static func namesPort(_ place: String) -> Bool {
        let authority = place.prefix { $0 != "/" }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        // An address of IPv6 has colons of its own, in brackets.
        return (host.split(separator: "]", omittingEmptySubsequences: false).last ?? "").contains(":")
    }
}
