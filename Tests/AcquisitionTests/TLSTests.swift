import Acquisition
import ChargingModel
import Foundation
import NIOSSL
import RawArchive
import TestSupport
import Testing

private let openssl = ["/usr/bin/openssl", "/opt/homebrew/bin/openssl", "/usr/local/bin/openssl"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

@Suite(.enabled(if: openssl != nil, "openssl is missing: it makes the certificates of these tests"))
struct TLSTests {
    /// Polls a TLS server whose certificate names `host`, with or without trust in it.
    private func poll(certificateFor host: String, isTrusted: Bool) async throws -> (PollOutcome?, String) {
        try await withTemporaryFolder { folder in
            try makeCertificate(for: host, in: folder)
            let certificate = "\(folder)/certificate.pem"
            let context = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: "\(folder)/key.pem", format: .pem))
                )
            )
            var configuration = quickConfiguration()
            configuration.limits.requestDeadline = .seconds(3)
            configuration.limits.connectDeadline = .seconds(3)
            configuration.trustRootsFile = isTrusted ? certificate : nil
            return try await ScriptedServer.with(tls: context, { _ in Reply.json() }) { server in
                try await HTTPTransport.withHTTPClient(configuration) { transport in
                    let recorder = CaptureRecorder()
                    let acquirer = Acquirer(
                        configuration: configuration,
                        transport: transport,
                        store: recorder.store(),
                        clock: JumpingClock(noon).clock,
                        random: PollRandom { 0.5 },
                        logger: LogRecorder().logger
                    )
                    let feed = try feed("test/tls", url: "https://localhost:\(server.port)/feed")
                    _ = try await acquirer.pollOnce(
                        feeds: [PollTarget(feed: feed, adapter: PlainAdapter())],
                        slot: noon
                    )
                    let poll = recorder.captures.first?.poll
                    return (poll?.outcome, poll?.detail ?? "")
                }
            }
        }
    }

    private func makeCertificate(for host: String, in folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(openssl))
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)", "-keyout", "\(folder)/key.pem",
            "-out", "\(folder)/certificate.pem",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test func `a trusted certificate for the host is accepted`() async throws {
        let (outcome, detail) = try await poll(certificateFor: "localhost", isTrusted: true)
        #expect(outcome == .ok, "\(detail)")
    }

    @Test func `an untrusted certificate is tlsFailed`() async throws {
        let (outcome, detail) = try await poll(certificateFor: "localhost", isTrusted: false)
        #expect(outcome == .tlsFailed, "\(detail)")
    }

    @Test func `a certificate for another name is tlsFailed`() async throws {
        let (outcome, detail) = try await poll(certificateFor: "wrong.example", isTrusted: true)
        #expect(outcome == .tlsFailed, "\(detail)")
    }

    @Test func `a server without TLS behind https is tlsFailed`() async throws {
        let script: ScriptedServer.Script = { _ in Reply.json() }
        let result = try await ScriptedServer.with(script) { server in
            let port = server.port
            return try await Rehearsal.run { _ in Reply.redirect(to: "https://localhost:\(port)/") }
        }
        #expect([.tlsFailed, .timeout, .connectionFailed].contains(result.outcome), "\(result.detail)")
    }
}
