import Foundation

/// moto's S3 server with empty buckets: one process that lives as long as the tests.
///
/// It ends by itself with the pipe that it reads.
public final class BucketServer: Sendable {
    /// The process ended before it was ready; what it said stands on standard error.
    public struct Ended: Error {}

    /// Why tests that need it skip.
    public static let skipReason = "boto3 or moto is missing: make setup"

    /// Whether such tests run: where it is there, and where it must be there.
    public static let runs: Bool = {
        guard let python = Requirements.python else { return Requirements.isRequired }
        do {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: python)
            process.arguments = ["-c", "import botocore, boto3, moto.server"]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return Requirements.runs(with: process.terminationStatus == 0)
        } catch {
            return Requirements.isRequired
        }
    }()

    /// A bucket that exists.
    public static let bucket = "chargehouse-archive"
    private static let started = Result { try BucketServer() }

    /// The one of this process.
    public static func shared() throws -> BucketServer { try started.get() }

    /// The address of the server.
    public let endpoint: String
    private let input: FileHandle

    private init() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Requirements.python ?? "python3")
        process.arguments = [PackageRoot.appending("Tests/ObjectStoreTests/Python/referee.py"), Self.bucket]
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
        endpoint = "http://127.0.0.1:" + String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
        self.input = input.fileHandleForWriting
    }

    /// A part of the bucket that nobody else has.
    public static func newAddress() -> String { "s3://\(bucket)/\(UUID().uuidString.lowercased())" }

    /// The environment in which it is found.
    public var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL_S3": endpoint,
        ]
    }
}
