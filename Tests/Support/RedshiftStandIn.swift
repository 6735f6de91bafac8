import Foundation
import Synchronization

/// The stand-in for Redshift: one process with a PostgreSQL server, a wire proxy before it and an S3 server.
///
/// It lives as long as the tests and ends by itself with the pipe that it reads.
public final class RedshiftStandIn: Sendable {
    /// What the process says of itself.
    public struct Facts: Decodable, Sendable {
        /// The port of the proxy on loopback.
        public let port: Int
        /// The database.
        public let database: String
        /// The address of the S3 server.
        public let s3: String
        /// A bucket that exists.
        public let bucket: String
        /// The region of the bucket.
        public let region: String
        /// Names and passwords.
        public let users: [String: String]
        /// The file with the statements that clients sent, a line of JSON each.
        public let statements: String
        /// A role that may read the bucket.
        public let role: String
    }

    /// The process ended before it was ready; what it said stands on standard error.
    public struct Ended: Error {}

    private static let folder = PackageRoot.appending("Tests/RedshiftStandIn")
    private static let started = Result { try RedshiftStandIn() }
    private static let schemas = Mutex(0)

    /// Why tests that need it skip.
    public static let skipReason =
        "PostgreSQL's server, or what Python needs for the stand-in for Redshift, is missing: make setup"

    /// Whether such tests run: where its parts are there, and where they must be.
    public static let runs: Bool = {
        let check = """
            import sys, boto3, moto.server, psycopg2, sqlfluff, server
            sys.exit(not all(server.program(name) for name in ("initdb", "postgres")))
            """
        do {
            return Requirements.runs(with: try python(["-c", check]).status == 0)
        } catch {
            return Requirements.isRequired
        }
    }()

    /// The one of this process.
    public static func shared() throws -> RedshiftStandIn { try started.get() }

    /// What it says of itself.
    public let facts: Facts
    private let input: FileHandle

    private init() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Requirements.python ?? "python3")
        process.arguments = ["\(Self.folder)/standin.py"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Ended() }
            line += data
        }
        facts = try JSONDecoder().decode(Facts.self, from: line)
        self.input = input.fileHandleForWriting
    }

    /// A name that no other test of this process has.
    public static func newSchemaName() -> String {
        schemas.withLock { count in
            count += 1
            return "test_\(count)"
        }
    }

    /// The address of a schema, as the configuration writes it.
    public func address(schema: String = "public", user: String = "loader") -> String {
        "redshift://\(user)@127.0.0.1:\(facts.port)/\(facts.database)?sslmode=disable&schema=\(schema)"
    }

    /// The environment in which its S3 server is found.
    public var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": facts.region,
            "AWS_ENDPOINT_URL_S3": facts.s3,
        ]
    }

    /// How many statements clients have sent so far.
    public func statementCount() throws -> Int {
        try String(contentsOfFile: facts.statements, encoding: .utf8).utf8.count { $0 == UInt8(ascii: "\n") }
    }

    /// The different statements that clients have sent so far, without the first ones.
    public func statements(after count: Int = 0) throws -> [String] {
        let lines = try String(contentsOfFile: facts.statements, encoding: .utf8).split(separator: "\n").dropFirst(
            count
        )
        return Array(Set(try lines.map { try JSONDecoder().decode(String.self, from: Data($0.utf8)) }))
            .sorted()
    }

    /// What the grammar gate finds in statements: none where all of them are Redshift's SQL.
    ///
    /// Before that it shows that each of its patterns catches its own case.
    public static func gate(_ statements: [String]) throws -> [String] {
        struct Finding: Decodable {
            let statement: String
            let finding: String
        }

        let answer = try python(
            ["\(folder)/gate.py", "--self-test"],
            input: Array(try JSONEncoder().encode(statements))
        )
        guard answer.status == 0 else { throw Ended() }
        let findings = try JSONDecoder().decode([Finding].self, from: Data(answer.output.utf8))
        return findings.map { "\($0.finding)\n\($0.statement)" }
    }

    /// Runs the Python of the tests in the folder of the stand-in.
    ///
    /// - Returns: The exit status, and what it wrote on both outputs.
    public static func python(_ arguments: [String], input: [UInt8] = []) throws -> (status: Int32, output: String) {
        let place = try TemporaryFolder.create()
        try Data(input).write(to: URL(fileURLWithPath: place + "/input"))
        _ = FileManager.default.createFile(atPath: place + "/output", contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Requirements.python ?? "python3")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
        process.standardInput = FileHandle(forReadingAtPath: place + "/input")
        process.standardOutput = FileHandle(forWritingAtPath: place + "/output")
        process.standardError = arguments.contains("unittest") ? process.standardOutput : FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let output = try String(contentsOfFile: place + "/output", encoding: .utf8)
        try TemporaryFolder.remove(place)
        return (process.terminationStatus, output)
    }
}
