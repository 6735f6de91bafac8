import CPostgres
package import ChargingModel
public import Warehouse

/// Where a PostgreSQL server is and as whom to come: `postgresql://user@host:5432/database?sslmode=verify-full`.
///
/// Takes everything that libpq takes. A password in it is used and never shown; better places are `PGPASSWORD`,
/// `~/.pgpass` and the configuration's `password_file`.
public struct PostgresAddress: Sendable, Hashable, CustomStringConvertible {
    /// What libpq gets.
    package let text: Secret
    /// The address without password: `postgresql://ada@db.example.org:5432/charging`.
    public let description: String
    /// Whether the address says itself how long connecting may take.
    let hasTimeout: Bool

    /// Whether a text means a PostgreSQL server.
    public static func accepts(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    /// Reads an address.
    ///
    /// - Throws: ``WarehouseError`` with `openFailed` for what libpq cannot read; the message does not repeat the text.
    public init(_ text: String, library: PostgresLibrary) throws(WarehouseError) {
        let api = unsafe library.api.pointee
        var message: UnsafeMutablePointer<CChar>?
        guard let options = unsafe api.conninfo_parse(text, &message) else {
            let reason = unsafe message.map { unsafe String(cString: $0) } ?? "out of memory"
            unsafe message.map { unsafe api.freemem($0) }
            // libpq quotes the address, or the part that it does not understand.
            let isTelling = !reason.contains("://") && !text.contains("@")
            throw WarehouseError(
                .openFailed,
                subject: "warehouse",
                detail: "the address cannot be read"
                    + (isTelling ? ": \(WarehouseError.oneLine(reason))" : "")
                    + " (expected postgresql://user@host:port/database?sslmode=…)",
                remedy: "correct warehouse in chargehouse.toml, or CHARGEHOUSE_WAREHOUSE"
            )
        }
        defer { unsafe api.conninfo_free(options) }
        var values: [String: String] = [:]
        var index = 0
        while let keyword = unsafe options[index].keyword {
            if let value = unsafe options[index].value {
                values[unsafe String(cString: keyword)] = unsafe String(cString: value)
            }
            index += 1
        }
        self.text = Secret(text)
        hasTimeout = values["connect_timeout"] != nil
        description = Self.shown(values)
    }

    private static func shown(_ values: [String: String]) -> String {
        let user = values["user"].map { "\($0)@" } ?? ""
        // A socket's folder stands in a parameter, as in the address that was given.
        let host = values["host"] ?? values["hostaddr"] ?? ""
        let isSocket = host.hasPrefix("/")
        let port = values["port"].map { ":\($0)" } ?? ""
        let database = values["dbname"].map { "/\($0)" } ?? ""
        return "postgresql://\(user)\(isSocket ? "" : host)\(port)\(database)" + (isSocket ? "?host=\(host)" : "")
    }
}
