import Foundation
import NIOSSL
import ObjectStore
import TestSupport
import Testing

private let openssl = ["/usr/bin/openssl", "/opt/homebrew/bin/openssl", "/usr/local/bin/openssl"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

@Suite(.enabled(if: openssl != nil, "openssl is missing: it makes the certificates of these tests"))
struct TLSTests {
    /// Reads an object from a TLS server whose certificate names `host`, with a file of trusted certificates.
    private func read(certificateFor host: String, trusting bundle: (_ folder: String) -> String?) async throws
        -> String
    {
        try await withTemporaryFolder { folder in
            try makeCertificate(for: host, in: folder)
            let context = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: try NIOSSLCertificate.fromPEMFile("\(folder)/certificate.pem")
                        .map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: "\(folder)/key.pem", format: .pem))
                )
            )
            var settings = ObjectStoreSettings()
            settings.limits = quickLimits()
            settings.limits.requestDeadline = .seconds(5)
            settings.limits.connectDeadline = .seconds(5)
            var environment = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "s"]
            environment["AWS_CA_BUNDLE"] = bundle(folder)
            return try await ScriptedServer.with(tls: context, { _ in Reply.answer("200 OK", "content") }) { server in
                environment["AWS_ENDPOINT_URL_S3"] = "https://localhost:\(server.port)"
                let location = try StoreLocation("s3://bucket")
                return try await withObjectStore(at: location, settings: settings, environment: environment) {
                    try await $0.text("k")
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

    @Test func `a certificate of the bundle is trusted`() async throws {
        let text = try await read(certificateFor: "localhost") { $0 + "/certificate.pem" }
        #expect(text == "content")
    }

    @Test func `an unknown certificate is refused at once`() async throws {
        let error = await #expect(throws: ObjectStoreError.self) {
            try await read(certificateFor: "localhost") { _ in nil }
        }
        #expect(error?.errorCode == .refused)
        #expect(error?.detail.contains("expected a trusted certificate for the host") == true)
    }

    @Test func `a certificate for another name is refused at once`() async throws {
        let error = await #expect(throws: ObjectStoreError.self) {
            try await read(certificateFor: "wrong.example") { $0 + "/certificate.pem" }
        }
        #expect(error?.errorCode == .refused)
    }

    @Test(arguments: ["/none.pem", "/key.pem"])
    func `a bundle that is none is told`(name: String) async throws {
        let error = await #expect(throws: ObjectStoreError.self) {
            try await read(certificateFor: "localhost") { $0 + name }
        }
        #expect(error?.errorCode == .badLocation)
    }
}
