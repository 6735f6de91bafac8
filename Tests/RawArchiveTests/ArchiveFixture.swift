import ChargingModel
import Foundation
import RawArchive
import Testing

/// A temporary archive and captures for it.
struct ArchiveFixture {
    let folder: String
    let feed: FeedID
    let day: UTCDay

    init() throws {
        folder = NSTemporaryDirectory() + "archive-" + UUID().uuidString
        feed = try #require(FeedID("chargecloud/koeln"))
        day = try #require(UTCDay("2026-03-01"))
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    var archive: RawArchive { RawArchive(root: folder + "/raw") }
    var packPath: String { "\(folder)/raw/\(feed)/2026/\(day).warc.zst" }
    var manifestPath: String { "\(folder)/raw/\(feed)/2026/\(day).manifest.json" }
    var sealTime: UTCTime { day.end }

    func remove() {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            Issue.record("cannot remove \(folder): \(error)")
        }
    }

    func slot(_ number: Int) -> UTCTime { day.start.adding(seconds: 600 * number) }

    func page(
        _ number: Int,
        _ body: [UInt8],
        status: Int = 200,
        url: String = "https://example.org/poi",
        headers: [HeaderField] = []
    ) -> CapturedPage {
        CapturedPage(
            url: url,
            requestedAt: slot(number).adding(seconds: 1),
            receivedAt: slot(number).adding(seconds: 2),
            httpStatus: status,
            headers: headers,
            body: body
        )
    }

    func poll(_ number: Int, _ outcome: PollOutcome = .ok) -> PollRecord {
        PollRecord(
            feed: feed,
            slot: slot(number),
            requestedAt: slot(number).adding(seconds: 1),
            finishedAt: slot(number).adding(seconds: 2),
            outcome: outcome,
            httpStatus: outcome == .ok ? 200 : nil,
            attempts: 1,
            detail: outcome == .ok ? nil : "found \"x\" / ü",
            collector: "test"
        )
    }

    func capture(_ number: Int, _ body: [UInt8]) -> Capture {
        Capture(poll: poll(number), pages: [page(number, body)])
    }

    /// A body that differs from its neighbours in a few bytes.
    func body(_ number: Int, bytes: Int = 3_000) -> [UInt8] {
        Array((0..<bytes / 20).map { "{\"id\":\($0),\"v\":\($0 % 97 == number % 97 ? number : 0)}\n" }.joined().utf8)
    }

    func write(_ captures: [Capture], durability: Durability = .operatingSystem) throws {
        let writer = try archive.openWriter(WriterOptions(durability: durability))
        for capture in captures { _ = try writer.append(capture) }
        try writer.close()
    }

    func readAll() async throws -> [ArchivedCapture] {
        var captures: [ArchivedCapture] = []
        try await archive.read(feed, day, verifyingDigests: true) { captures.append($0) }
        return captures
    }

    func fileBytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    }

    func put(_ bytes: some Sequence<UInt8>, at path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}

/// Runs a program and returns its exit code and output.
func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, output: [UInt8]) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, Array(output))
}

let zstdProgram = ["/usr/bin/zstd", "/usr/local/bin/zstd", "/opt/homebrew/bin/zstd"].first {
    FileManager.default.isExecutableFile(atPath: $0)
}

let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

let testPython: String =
    ProcessInfo.processInfo.environment["CHARGEHOUSE_TEST_PYTHON"] ?? packageRoot + "/.venv/bin/python"

let hasWarcio: Bool = {
    guard FileManager.default.isExecutableFile(atPath: testPython) else { return false }
    do {
        return try run(testPython, ["-c", "import warcio"]).code == 0
    } catch {
        return false
    }
}()
