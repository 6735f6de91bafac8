import ChargingModel
import Dispatch
import Foundation
import Sources
import Synchronization
import TestSupport

/// The built command, running as a process of its own.
final class Command: Sendable {
    static let path = PackageRoot.appending(".build/release/chargehouse")
    /// The command of either configuration, the newer one first: for tests that do not measure.
    static let newest = ["release", "debug"].map { PackageRoot.appending(".build/\($0)/chargehouse") }
        .filter { FileManager.default.isExecutableFile(atPath: $0) }
        .max { age($0) > age($1) }

    private static func age(_ path: String) -> TimeInterval {
        let date = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        return -(date ?? .distantPast).timeIntervalSince1970
    }

    static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: path) }

    private let process: Process
    private let output = Mutex("")

    /// Starts the command with the configuration in `folder`.
    init(_ arguments: [String], folder: String, binary: String = path, environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: binary)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.arguments = arguments + ["--config", folder + "/chargehouse.toml"]
        process.currentDirectoryURL = URL(fileURLWithPath: PackageRoot.path)
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        self.process = process
        pipe.fileHandleForReading.readabilityHandler = { [self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            output.withLock { $0 += String(decoding: data, as: UTF8.self) }
        }
        try process.run()
    }

    /// What it has said on standard error so far.
    var errorText: String { output.withLock { $0 } }

    var isRunning: Bool { process.isRunning }

    func kill() {
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func interrupt() {
        process.interrupt()
    }

    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Runs the command to its end.
    static func output(
        _ arguments: [String],
        binary: String = path,
        environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String, error: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: binary)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: PackageRoot.path)
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        let errorText = Mutex("")
        let isRead = DispatchSemaphore(value: 0)
        try process.run()
        DispatchQueue.global().async {
            let data = error.fileHandleForReading.readDataToEndOfFile()
            errorText.withLock { $0 = String(decoding: data, as: UTF8.self) }
            isRead.signal()
        }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        isRead.wait()
        process.waitUntilExit()
        return (process.terminationStatus, text, errorText.withLock { $0 })
    }

    /// `feed slot` of each capture that the command said it had archived.
    var acknowledgedCaptures: Set<String> {
        let lines = output.withLock { $0 }.split(separator: "\n").filter { $0.contains("capture acknowledged") }
        return Set(
            lines.compactMap { line in
                guard let feed = Self.value("feed.id", in: line), let slot = Self.value("slot", in: line) else {
                    return nil
                }
                return "\(feed) \(slot)"
            }
        )
    }

    private static func value(_ key: String, in line: Substring) -> String? {
        guard let start = line.range(of: " \(key)=")?.upperBound else { return nil }
        return String(line[start...].prefix { $0 != " " })
    }

    static func writeFeeds(_ slugs: [String], port: Int, to folder: String) throws -> [String] {
        let feeds = try slugs.map { slug in
            var feed = try Workshop.feed("simulation/\(slug)")
            feed.url = "http://127.0.0.1:\(port)/\(slug)"
            return feed
        }
        try writeDescriptors(feeds, to: folder)
        return feeds.map(\.id.description)
    }

    static func writeDescriptors(_ feeds: [FeedDescriptor], to folder: String, warehouse: String? = nil) throws {
        try JSONEncoder().encode(feeds).write(to: URL(fileURLWithPath: folder + "/feeds.json"))
        let place = warehouse.map { "warehouse = \"\($0)\"\n" } ?? ""
        let text =
            "\(place)data = \"\(folder)/data\"\nfeeds = [\"\(folder)/feeds.json\"]\n[acquire]\nhost_spacing_ms = 0\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/chargehouse.toml"))
    }
}
