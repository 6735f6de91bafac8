import ChargingModel
import Cleaning
import EngineTestSupport
import RawArchive
import Sources
import Warehouse

/// A month of two feeds that tell of the same points, cleaned before and after late answers of one day came.
struct CorrectedMonth {
    /// As it was first loaded.
    let former: Version
    /// With all answers.
    let corrected: Version
    let feeds: [FeedDescriptor]

    /// The flat files of a month.
    struct Version {
        let workshop: Workshop
        let manifests: [SliceManifest]

        /// Loads the slices.
        ///
        /// - Returns: The number of those that were not loaded with the same input.
        @discardableResult
        func load(into engine: any WarehouseEngine) async throws -> Int {
            try await workshop.load(manifests, through: engine)
        }

        /// Loads the slices into a place whose tables are made where they are missing.
        @discardableResult
        func load(into place: WarehousePlace) async throws -> Int {
            try await place.withEngine(hasTables: true) { try await load(into: $0) }
        }
    }

    private static let first = UTCDay(number: 20_513)  // 2026-03-01: the clocks change on the 29th
    private static let correctedDay = 14
    private static let interval = 3_600

    /// Writes both archives and cleans them.
    ///
    /// A test to which the number of days does not matter takes fewer; then the last one is corrected.
    init(in folder: String, days: Int = 31) async throws {
        let scripts = try (0..<2).map { number in
            try ScriptedFeed(
                "test/m\(number)",
                first: Self.first,
                days: days,
                seed: 40 + UInt64(number),
                stations: 2 + number,
                ids: "7",
                interval: Self.interval
            )
        }
        feeds = scripts.map(\.feed)
        former = try await Self.version(of: scripts, in: folder + "/former") { feed, slot in
            feed == 0 && slot.day == min(Self.correctedDay, days - 1) && slot.hour >= 5
        }
        corrected = try await Self.version(of: scripts, in: folder + "/corrected") { _, _ in false }
    }

    /// An archive without the answers that are missing, and its flat files.
    private static func version(
        of scripts: [ScriptedFeed],
        in folder: String,
        isMissing: (Int, Slot) -> Bool
    ) async throws -> Version {
        // The command knows the built-in cities.
        let workshop = Workshop(folder, places: try PlaceCatalog.builtIn())
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for (number, script) in scripts.enumerated() {
            for capture in script.captures where !isMissing(number, Slot(capture)) { _ = try writer.append(capture) }
        }
        try writer.close()
        return Version(workshop: workshop, manifests: try await workshop.clean(scripts.map(\.feed)).map(\.manifest))
    }

    private struct Slot {
        /// Of the month, from 0.
        let day: Int
        let hour: Int

        init(_ capture: Capture) {
            day = Int(capture.poll.slot.day.number - CorrectedMonth.first.number)
            hour = Int((capture.poll.slot.microseconds / 3_600_000_000) % 24)
        }
    }
}
