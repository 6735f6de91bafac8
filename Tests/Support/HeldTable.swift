import Foundation

/// A table that a session of its own holds, so that whoever touches it waits.
public final class HeldTable: Sendable {
    private let process: Process
    private let input: FileHandle

    /// Locks a table; psql connects by `arguments`.
    ///
    /// - Throws: ``PostgresServer/Failure`` where it cannot be locked.
    fileprivate init(_ name: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: PostgresServer.client)
        process.arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"] + arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.process = process
        self.input = input.fileHandleForWriting
        try self.input.write(contentsOf: Data("BEGIN;\nLOCK TABLE \(name);\n\\echo held\n".utf8))
        guard output.fileHandleForReading.availableData == Data("held\n".utf8) else {
            throw PostgresServer.Failure(message: "\(name) cannot be locked; psql's message is above")
        }
    }

    /// Lets everybody go on.
    public func release() throws {
        try input.close()
        process.waitUntilExit()
    }

    /// The number of those who wait for a table of a database.
    fileprivate static func waitingSQL(_ database: String) -> String {
        """
        SELECT COUNT(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE NOT l.granted AND l.locktype = 'relation' AND d.datname = '\(database)'
        """
    }
}

extension PostgresServer {
    /// Locks a table of a database.
    public func hold(_ table: String, in database: String) throws -> HeldTable {
        try HeldTable(table, ["-h", folder, "-p", "\(port)", "-U", "postgres", "-d", database])
    }

    /// Whether somebody waits for a table of a database.
    public func isAwaited(in database: String) throws -> Bool {
        try psql(HeldTable.waitingSQL(database)) != "0"
    }
}

extension RedshiftStandIn {
    /// How psql reaches the server behind the proxy, as its owner.
    private var back: [String] {
        get throws {
            let folder = URL(fileURLWithPath: facts.statements).deletingLastPathComponent().path
            let socket = ".s.PGSQL."
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            let port = names.filter { $0.hasPrefix(socket) }.map { $0.dropFirst(socket.count) }.min() ?? ""
            return ["-h", folder, "-p", String(port), "-U", "rs_owner", "-d", facts.database]
        }
    }

    /// Locks a table, its schema named.
    public func hold(_ table: String) throws -> HeldTable { try HeldTable(table, try back) }

    /// Whether somebody waits for a table.
    public func isAwaited() throws -> Bool {
        let arguments = ["-X", "-q", "-A", "-t"] + (try back) + ["-c", HeldTable.waitingSQL(facts.database)]
        return try PostgresServer.run(arguments) != "0"
    }
}
