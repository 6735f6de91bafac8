import ArgumentParser
import ChargingModel
import RawArchive

/// `chargehouse archive seal`.
struct ArchiveSealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Rewrite packs of days that are over as small as can be, with a manifest, and store them.",
        discussion: """
            Where archive.store is set, sealed packs that are not in the store are put there.

            Examples:
              chargehouse archive seal
              chargehouse archive seal --feed chargecloud/bonn --until 2026-03-01
              chargehouse archive seal --until 2026-03-01 --remove-local
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection

    @Flag(name: .long, help: "Where the store has another pack of a day, put this one in its place.")
    var replace = false

    @Flag(name: .long, help: "Remove packs here that the store has; they are read from there.")
    var removeLocal = false

    func run() async throws {
        let settings = try options.settings()
        if removeLocal, settings.stores.archive == nil {
            throw ValidationError("--remove-local needs archive.store in chargehouse.toml (expected a store)")
        }
        try seal(settings.archive)
        guard settings.stores.archive != nil else { return }
        let refused = try await settings.withArchive { try await store($0) }
        if refused > 0 { throw ArgumentParser.ExitCode(ChargingModel.ExitCode.badInput.rawValue) }
    }

    private func seal(_ archive: RawArchive) throws {
        let today = systemTime().day
        let packs = try archive.packs().filter { !$0.isSealed && $0.day < today && selection.contains($0) }
        let progress = ProgressLine("seal", isQuiet: options.quiet)
        var bytes = (before: 0, after: 0)
        for (index, pack) in packs.enumerated() {
            try Task.checkCancellation()
            let manifest = try archive.seal(pack.feed, pack.day, at: systemTime())
            bytes.before += pack.bytes
            bytes.after += manifest.bytes
            progress.update(index + 1, of: packs.count, "\(pack.feed) \(pack.day)")
        }
        Console.output("seal: \(packs.count) packs, \(bytes.before) bytes before, \(bytes.after) after")
    }

    /// Puts packs into the store; tells how many it refused because it has others.
    private func store(_ archive: RawArchive) async throws -> Int {
        let packs = try archive.packs().filter { $0.isSealed && $0.isLocal && selection.contains($0) }
        let progress = ProgressLine("store", isQuiet: options.quiet)
        var (put, refused, removed) = (0, 0, 0)
        for (index, pack) in packs.enumerated() {
            try Task.checkCancellation()
            do {
                if try await archive.push(pack.feed, pack.day, replacing: replace) != .wasStored { put += 1 }
                if removeLocal {
                    try await archive.removeLocal(pack.feed, pack.day)
                    removed += 1
                }
            } catch let error as ArchiveError where error.errorCode == .storedOther {
                // The packs of other days have nothing to do with it.
                Console.note(error.description)
                refused += 1
            }
            progress.update(index + 1, of: packs.count, "\(pack.feed) \(pack.day)")
        }
        Console.output("store: \(put) packs put, \(removed) removed here, \(refused) refused")
        return refused
    }
}

/// `chargehouse archive pull`.
struct ArchivePullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Copy packs of the store into the archive's folder.",
        discussion: """
            Needed only before something is added to a day that is in the store; whatever reads, fetches by itself.

            Examples:
              chargehouse archive pull --feed chargecloud/bonn --since 2026-03-01 --until 2026-03-01
              chargehouse archive pull
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection

    func run() async throws {
        let settings = try options.settings()
        guard settings.stores.archive != nil else {
            throw ConfigurationError(
                code: "CHG113",
                subject: "archive.store",
                detail: "none (expected s3://bucket/prefix, or a folder)",
                remedy: "set archive.store in chargehouse.toml (docs/reference/object-store.md)"
            )
        }
        try await settings.withArchive { archive in
            let packs = try archive.packs().filter { !$0.isLocal && selection.contains($0) }
            let progress = ProgressLine("pull", isQuiet: options.quiet)
            var pulled = (packs: 0, bytes: 0)
            for (index, pack) in packs.enumerated() where try await archive.pull(pack.feed, pack.day) {
                pulled.packs += 1
                pulled.bytes += pack.bytes
                progress.update(index + 1, of: packs.count, "\(pack.feed) \(pack.day)")
            }
            Console.output("pull: \(pulled.packs) packs, \(pulled.bytes) bytes")
        }
    }
}

extension SliceSelection {
    /// Whether a pack is asked for.
    func contains(_ pack: PackSummary) -> Bool {
        contains(pack.day) && (feed.isEmpty || feed.contains(pack.feed.description))
    }
}
