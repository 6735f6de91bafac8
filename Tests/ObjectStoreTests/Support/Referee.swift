import ChargingModel
import Foundation
import ObjectStore
import Synchronization
import TestSupport

/// moto's S3 server and botocore's signer, in one process that lives as long as the tests.
///
/// It ends by itself when the tests end, with the pipe that it reads.
final class Referee: Sendable {
    struct Judgement: Decodable {
        var url: String
        var authorization: String
    }

    static let bucket = "chargehouse-test"
    static let otherBucket = "chargehouse.with-dots"

    static let python = ProcessInfo.processInfo.environment["CHARGEHOUSE_TEST_PYTHON"] ?? Requirements.python

    /// Whether moto and botocore are installed.
    static let isInstalled: Bool = {
        guard let python, FileManager.default.isExecutableFile(atPath: python) else { return false }
        do {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: python)
            process.arguments = ["-c", "import botocore, boto3, moto.server"]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus == 0
        } catch {
            return false
        }
    }()

    private static let started = Result { try Referee() }

    static func shared() throws -> Referee { try started.get() }

    let port: Int
    var endpoint: String { "http://127.0.0.1:\(port)" }

    private struct Pipes {
        let input: FileHandle
        let output: FileHandle
        var rest: [UInt8] = []

        mutating func line() throws -> String {
            while true {
                if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: rest[..<end], as: UTF8.self)
                    rest.removeSubrange(...end)
                    return line
                }
                let data = output.availableData
                guard !data.isEmpty else { throw Ended() }
                rest += data
            }
        }
    }

    /// The process ended before it answered; what it said stands on standard error.
    struct Ended: Error {}
    private struct NoPython: Error {}

    private let pipes: Mutex<Pipes>

    private init() throws {
        guard let python = Self.python else { throw NoPython() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            PackageRoot.appending("Tests/ObjectStoreTests/Python/referee.py"), Self.bucket, Self.otherBucket,
        ]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var pipes = Pipes(input: input.fileHandleForWriting, output: output.fileHandleForReading)
        guard let port = Int(try pipes.line()) else { throw Ended() }
        self.port = port
        self.pipes = Mutex(pipes)
    }

    /// How botocore builds and signs a request that was sent.
    func judge(_ request: StoreRequest, region: String, credentials: AWSCredentials) throws -> Judgement {
        var sent: [String: Any] = [
            "method": request.method, "url": request.address.url, "headers": request.headers, "region": region,
            "body": Data(request.body).base64EncodedString(), "access_key": credentials.accessKeyID,
            "secret_key": credentials.secretKey.exposed,
        ]
        sent["token"] = credentials.sessionToken?.exposed
        let line = try JSONSerialization.data(withJSONObject: sent) + Data("\n".utf8)
        return try pipes.withLock { pipes in
            try pipes.input.write(contentsOf: line)
            return try JSONDecoder().decode(Judgement.self, from: Data(try pipes.line().utf8))
        }
    }
}
