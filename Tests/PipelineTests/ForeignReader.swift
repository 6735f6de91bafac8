import Foundation
import TestSupport

/// A reader that is not ours, in a process of its own: `Python/reader.py`.
final class ForeignReader {
    /// What it found.
    struct Answer: Decodable {
        var version: String?
        var views: Int?
        var sums: [Int64]?
        var months: [String]?
        var answers: [Query]?
    }

    /// What a query gave through ODBC.
    struct Query: Decodable {
        let kinds: [String: String]
        let rows: [[String]]
    }

    /// Whether the tests run that need the older DuckDB.
    static var hasOldDuckDB: Bool {
        let isPresent = FileManager.default.fileExists(atPath: PackageRoot.appending(".venv/duckdb-1.4/duckdb"))
        return Requirements.runs(with: Requirements.python != nil && isPresent)
    }

    /// Whether the tests run that need an ODBC driver.
    static var hasODBC: Bool {
        let libraries = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map { "/usr/lib/\($0)/odbc/psqlodbcw.so" }
        let isPresent = libraries.contains { FileManager.default.fileExists(atPath: $0) }
        return Requirements.runs(with: Requirements.python != nil && isPresent)
    }

    /// The reader ended with an error, which stands on standard error.
    struct Failed: Error {}

    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())

    init(_ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: try Requirements.python.orThrow("python: make setup"))
        process.arguments = [PackageRoot.appending("Tests/PipelineTests/Python/reader.py")] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    /// One line of its answer.
    func line() throws -> Answer {
        var bytes: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            bytes.append(byte)
        }
        guard !bytes.isEmpty else { throw Failed() }
        return try JSONDecoder().decode(Answer.self, from: Data(bytes))
    }

    /// Lets it go on.
    func goOn() throws {
        try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
    }

    /// Asks and waits for the answer.
    static func ask(_ arguments: String...) throws -> Answer {
        try ask(arguments)
    }

    static func ask(_ arguments: [String]) throws -> Answer {
        let reader = try ForeignReader(arguments)
        let answer = try reader.line()
        reader.process.waitUntilExit()
        return answer
    }
}
