public import ArgumentParser
public import ChargingModel
import Foundation
import Logging

/// Options that every command has.
struct GlobalOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The configuration file (default: chargehouse.toml here or above).")
    var config: String?

    @Option(name: .long, help: "The folder of raw packs, flat files and the warehouse.")
    var data: String?

    @Flag(name: [.short, .long], help: "Say only what went wrong.")
    var quiet = false

    @Flag(name: [.short, .long], help: "Say more.")
    var verbose = false

    /// Flags over environment over file over defaults.
    func settings() throws -> Settings {
        let environment = ProcessInfo.processInfo.environment
        var settings = Settings()
        if let path = config ?? environment["CHARGEHOUSE_CONFIG"] ?? Self.foundFile(environment) {
            try SettingsFile(path: path).apply(to: &settings, origin: path)
        }
        settings.dataFolder = data ?? environment["CHARGEHOUSE_DATA"] ?? settings.dataFolder
        settings.warehouse = environment["CHARGEHOUSE_WAREHOUSE"] ?? settings.warehouse
        settings.contact = environment["CHARGEHOUSE_CONTACT"] ?? settings.contact
        return settings
    }

    /// A logger to standard error.
    func logger(_ label: String) -> Logger {
        var logger = Logger(label: label, factory: StreamLogHandler.standardError(label:))
        logger.logLevel = quiet ? .error : verbose ? .debug : .info
        return logger
    }

    private static func foundFile(_ environment: [String: String]) -> String? {
        var folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        var candidates: [String] = []
        while candidates.count < 64 {
            candidates.append(folder.appendingPathComponent("chargehouse.toml").path)
            let above = folder.deletingLastPathComponent()
            if above.path == folder.path { break }
            folder = above
        }
        let home = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { $0 + "/.config" }
        candidates += [home.map { $0 + "/chargehouse/config.toml" }, "/etc/chargehouse/config.toml"].compactMap { $0 }
        return candidates.first { FileManager.default.fileExists(atPath: $0) }
    }
}

/// Which slices a command works on.
struct SliceSelection: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("A feed; can be given several times (default: all).", valueName: "id"))
    var feed: [String] = []

    @Option(name: .long, help: ArgumentHelp("The first UTC day, for example 2026-03-01.", valueName: "day"))
    var since: UTCDay?

    @Option(name: .long, help: ArgumentHelp("The last UTC day.", valueName: "day"))
    var until: UTCDay?

    func validate() throws {
        if let since, let until, since > until {
            throw ValidationError("--since \(since) is after --until \(until) (expected the first day, then the last)")
        }
    }

    /// Whether a day is asked for.
    func contains(_ day: UTCDay) -> Bool {
        since.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
    }
}

extension UTCDay: ExpressibleByArgument {}

extension UTCTime: ExpressibleByArgument {}
