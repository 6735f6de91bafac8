import Foundation
public import TestSupport

/// How the command is told of a place.
extension WarehousePlace {
    /// The value of `warehouse`.
    public func address() throws -> String {
        switch kind {
        case .duckDB: name
        case .postgreSQL: try postgres().address(of: name)
        case .redshift: try RedshiftStandIn.shared().address(schema: name)
        }
    }

    /// The lines of `chargehouse.toml`, those of other keys first, and the tables after them; a password is written
    /// into `folder`.
    ///
    /// - Parameters:
    ///   - folder: where files go that the configuration names.
    ///   - keys: lines with other keys.
    ///   - changes: texts of the configuration, and what stands there instead.
    /// - Returns: The text.
    /// - Throws: Where the parts of the engine do not start.
    public func configuration(
        in folder: String,
        keys: String = "",
        changes: [String: String] = [:]
    ) throws -> String {
        let text = try plainConfiguration(in: folder, keys: keys)
        return changes.reduce(text) { $0.replacing($1.key, with: $1.value) }
    }

    private func plainConfiguration(in folder: String, keys: String) throws -> String {
        let base = "warehouse = \"\(try address())\"\n\(keys)\n"
        guard kind == .redshift else { return base }
        let standIn = try RedshiftStandIn.shared()
        let password = folder + "/password-of-loader"
        try Data((standIn.facts.users["loader"] ?? "").utf8).write(to: URL(fileURLWithPath: password))
        return base + """
            [redshift]
            stage = "s3://\(standIn.facts.bucket)/engines"
            iam_role = "\(standIn.facts.role)"
            password_file = "\(password)"

            """
    }

    /// What the command finds in its environment beside that of the test.
    public func environment() throws -> [String: String] {
        kind == .redshift ? try RedshiftStandIn.shared().environment : [:]
    }

    /// Locks one of its tables; a server's place only.
    public func hold(_ table: String) throws -> HeldTable {
        guard kind == .redshift else { return try postgres().hold(table, in: name) }
        return try RedshiftStandIn.shared().hold("\(name).\(table)")
    }

    /// Whether somebody waits for one of its tables.
    public func isAwaited() throws -> Bool {
        guard kind == .redshift else { return try postgres().isAwaited(in: name) }
        return try RedshiftStandIn.shared().isAwaited()
    }
}
