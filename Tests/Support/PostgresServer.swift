import Foundation
import Synchronization

/// A real PostgreSQL server on loopback, one a test process, in a temporary folder.
///
/// It lives as long as the process: a shell holds it and stops it when the process's end of a pipe closes, however the
/// process ends. Every database in it is UTF-8 with the language German, so that no test leans on the order of bytes.
public final class PostgresServer: Sendable {
    /// Why tests that need a server are skipped.
    public static let skipReason = "no PostgreSQL server programs (initdb, pg_ctl), or nobody to run them: make setup"

    /// Whether the tests run: the programs are there, or they are required.
    public static var runs: Bool { Requirements.runs(with: programs != nil && (!isRoot || runner != nil)) }

    /// The server of this process, started when it is first asked for.
    public static func shared() throws -> PostgresServer {
        try running.get()
    }

    /// The port on 127.0.0.1; there users need a password, at the socket they do not.
    public let port: Int
    /// The folder of the socket.
    public let folder: String

    private let holder: Process
    private let leash: Pipe
    private let answers: Pipe
    private let count = Mutex(0)

    /// Thrown where the server does not start or refuses an administrator's command.
    public struct Failure: Error {
        /// What the program said.
        public let message: String
    }

    private static let running = Result { try PostgresServer() }

    /// A server of a test's own, which it may stop.
    public static func start() throws -> PostgresServer { try PostgresServer() }

    /// Stops the server without a shutdown, as a crash does, and starts it again.
    public func restart() throws {
        try leash.fileHandleForWriting.write(contentsOf: Data("restart\n".utf8))
        guard try Self.line(of: answers) == "restarted" else {
            throw Failure(message: "the server did not start again")
        }
    }

    /// The next line of what the holder says; empty at its end.
    private static func line(of pipe: Pipe) throws -> String {
        var line: [UInt8] = []
        while let byte = try pipe.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    private static let isRoot = geteuid() == 0

    /// The folder of the server's programs.
    private static let programs: String? = {
        let named = ProcessInfo.processInfo.environment["CHARGEHOUSE_POSTGRES_BIN"]
        let versions = (13...20).reversed()
        let folders =
            [named].compactMap { $0 } + versions.map { "/usr/lib/postgresql/\($0)/bin" }
            + versions.flatMap { ["/opt/homebrew/opt/postgresql@\($0)/bin", "/usr/local/opt/postgresql@\($0)/bin"] }
        return folders.first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
    }()

    /// The path of psql.
    static var client: String { (programs ?? "") + "/psql" }

    /// PostgreSQL refuses to run as root: the program that runs it as Debian's user for it.
    private static let runner: String? = {
        let users =
            FileManager.default.contents(atPath: "/etc/passwd").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let hasUser = users.split(separator: "\n").contains { $0.hasPrefix("postgres:") }
        return ["/usr/sbin/runuser", "/sbin/runuser"].first {
            hasUser && FileManager.default.isExecutableFile(atPath: $0)
        }
    }()

    private static let script = """
        set -e
        bin=$1 port=$2
        folder=$(mktemp -d /tmp/chargehouse-pg-XXXXXX)
        cd "$folder"
        trap '"$bin/pg_ctl" -D data -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
        "$bin/initdb" -D data -U postgres -A trust -E UTF8 --locale=C -N >init.log 2>&1 || { cat init.log >&2; exit 1; }
        printf 'local all all trust\\nhost all all 127.0.0.1/32 scram-sha-256\\n' >data/pg_hba.conf
        tls=off
        if openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout data/server.key -out data/server.crt \
            -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 >tls.log 2>&1; then chmod 600 data/server.key; tls=on; fi
        cp data/server.crt root.crt 2>/dev/null || true
        chmod 755 "$folder"
        "$bin/pg_ctl" -D data -w -l log -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c ssl=$tls" \
            start >start.log 2>&1 || { cat start.log log >&2; exit 1; }
        echo "$folder"
        while read -r word; do
            "$bin/pg_ctl" -D data -w -l log -m immediate restart >start.log 2>&1 </dev/null && echo restarted || echo failed
        done
        """

    private init() throws {
        guard let bin = Self.programs else { throw Failure(message: Self.skipReason) }
        port = try Self.freePort()
        let process = Process()
        let arguments = ["/bin/sh", "-c", Self.script, "sh", bin, "\(port)"]
        let command = Self.isRoot ? [Self.runner ?? "runuser", "-u", "postgres", "--"] + arguments : arguments
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        holder = process
        leash = input
        answers = output
        folder = try Self.line(of: output)
        guard !folder.isEmpty else { throw Failure(message: "PostgreSQL did not start; its message is above") }
        _ = try psql("CREATE ROLE keeper LOGIN PASSWORD 'known only to tests'", database: "postgres")
    }

    /// The password of the user `keeper` on the port.
    public static let password = "known only to tests"

    /// Creates an empty database that belongs to the user `keeper`, who has no other right.
    ///
    /// - Parameters:
    ///   - encoding: of the database.
    ///   - tablespace: where its files lie; `nil` for the usual folder.
    ///   - template: a database whose tables and rows it gets, which nobody uses meanwhile; `nil` for none.
    /// - Returns: Its name.
    /// - Throws: ``Failure`` with the server's message.
    public func createDatabase(
        encoding: String = "UTF8",
        tablespace: String? = nil,
        copying template: String? = nil
    ) throws -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let name = "test\(number)"
        if let template {
            try psql("CREATE DATABASE \(name) OWNER keeper TEMPLATE \(template)")
            return name
        }
        let space = tablespace.map { "TABLESPACE \($0)" } ?? ""
        let language =
            encoding == "UTF8" ? "LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C'" : "LOCALE 'C'"
        try psql("CREATE DATABASE \(name) OWNER keeper TEMPLATE template0 ENCODING '\(encoding)' \(language) \(space)")
        return name
    }

    /// The address of a database through the socket.
    public func address(of database: String, parameters: String = "") -> String {
        "postgresql://keeper@/\(database)?host=\(folder)&port=\(port)\(parameters)"
    }

    /// Runs a command as the server's administrator.
    ///
    /// - Returns: What it printed: one line a row, without header.
    @discardableResult
    public func psql(_ sql: String, database: String = "postgres") throws -> String {
        try Self.run([
            "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", folder, "-p", "\(port)", "-U", "postgres", "-d",
            database, "-c", sql,
        ])
    }

    /// Runs psql.
    static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: client)
        process.arguments = arguments
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let message = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(message: String(decoding: message, as: UTF8.self)) }
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// A port that nobody listened on a moment ago.
    private static func freePort() throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Failure(message: "no socket") }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                unsafe bind(socket, raw, length) == 0 && getsockname(socket, raw, &length) == 0
            }
        }
        guard isBound else { throw Failure(message: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
