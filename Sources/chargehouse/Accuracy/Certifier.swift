import ArgumentParser
import ChargingModel
package import Cleaning
import Foundation
import RawArchive
import Simulation
import Sources
import Warehouse
import WarehouseDuckDB

/// Puts one fault after the other through the real pipeline, and compares the result with the truth.
///
/// A small world is captured into a real archive, cleaned, and loaded into a real warehouse, in folders that are removed
/// afterwards.
package struct Certifier: Sendable {
    /// The seed of the worlds.
    package var seed: UInt64
    /// Days of a world.
    package var days: Int
    /// 1 is 2,423 points.
    package var scale: Double
    /// The largest so many cities.
    package var cities: Int
    /// The rules of cleaning; the bounds hold for the documented ones.
    package var rules: CleaningRules
    /// The seed of the world that tells the truth: another one than ``seed`` makes the certificate fail.
    package var truthSeed: UInt64

    private static let interval = 600

    /// Creates a certifier.
    package init(
        seed: UInt64,
        days: Int = 3,
        scale: Double = 0.05,
        cities: Int = 38,
        rules: CleaningRules = CleaningRules()
    ) {
        self.seed = seed
        self.days = days
        self.scale = scale
        self.cities = cities
        self.rules = rules
        truthSeed = seed
    }

    /// Certifies faults; `report` is called before each.
    ///
    /// - Throws: the errors of the stages.
    package func certify(
        _ faults: [CertifiedFault],
        report: (CertifiedFault) -> Void = { _ in }
    ) async throws -> AccuracyCertificate {
        var rows: [AccuracyCertificate.Row] = []
        for fault in faults {
            try Task.checkCancellation()
            report(fault)
            rows.append(try await certify(fault))
        }
        return AccuracyCertificate(rows: rows)
    }

    private func certify(_ fault: CertifiedFault) async throws -> AccuracyCertificate.Row {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("chargehouse-certify-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let row: AccuracyCertificate.Row
        do {
            row = try await certify(fault, in: folder)
        } catch {
            try FileManager.default.removeItem(atPath: folder)
            throw error
        }
        try FileManager.default.removeItem(atPath: folder)
        return row
    }

    private func certify(_ fault: CertifiedFault, in folder: String) async throws -> AccuracyCertificate.Row {
        let world = try SimulatedWorld(
            configuration: fault.configuration(seed: seed, days: days, scale: scale)
        )
        var settings = Settings()
        settings.dataFolder = folder
        settings.rules = rules
        let feeds = Array(DemoWorld.feeds(at: "http://127.0.0.1:1").prefix(cities))
        let counts = try await collect(world, feeds, fault, into: settings.archive)
        let catalog = try FeedCatalog.builtIn()
            .merging(contentsOfFile: Array(JSONEncoder().encode(feeds)), named: "certify")
        let pipeline = Pipeline(settings: settings, catalog: catalog, isQuiet: true)
        _ = try await pipeline.clean(SliceSelection.parse([]))
        _ = try await pipeline.load(SliceSelection.parse([]), runID: "certify")
        let truth =
            try truthSeed == seed
            ? world
            : SimulatedWorld(configuration: fault.configuration(seed: truthSeed, days: days, scale: scale))
        let period = fault.localDay.map { ComparedPeriod.localDay($0) } ?? .whole(of: truth)
        let comparison = try await pipeline.withWarehouse(readOnly: true) { engine in
            try await TruthComparison(
                world: truth,
                engine: engine,
                interval: Self.interval,
                period: period,
                clockError: fault.clockError
            )
        }
        let share = Double(period.seconds) / Double(world.configuration.days * 86_400)
        return AccuracyCertificate.Row(
            fault: fault,
            polls: Int((Double(counts.polls) * share).rounded()),
            affected: fault.localDay == nil ? counts.affected : Int((Double(counts.polls) * share).rounded()),
            sums: total(of: comparison, world, fault)
        )
    }

    private func collect(
        _ world: SimulatedWorld,
        _ feeds: [FeedDescriptor],
        _ fault: CertifiedFault,
        into archive: RawArchive
    ) async throws -> SimulatedCollector.Counts {
        let writer = try archive.openWriter(
            WriterOptions(durability: .operatingSystem, software: "chargehouse/\(Version.text)")
        )
        let collector = SimulatedCollector(world: world, faults: fault.collectorFaults)
        var counts = SimulatedCollector.Counts()
        do {
            for (feed, city) in zip(feeds, world.cities) {
                try Task.checkCancellation()
                let some = try collector.collect(feed, city: city.slug, into: writer)
                counts.polls += some.polls
                counts.affected += some.affected
            }
        } catch {
            try writer.close()
            throw error
        }
        try writer.close()
        return counts
    }

    /// All cities as one sum, with the time that the fault displaces.
    private func total(
        of comparison: TruthComparison,
        _ world: SimulatedWorld,
        _ fault: CertifiedFault
    ) -> UtilizationSums {
        let frozen = Dictionary(grouping: world.plannedFaults().filter { $0.fault == .frozen }, by: \.city)
        var total = comparison.total
        for city in comparison.cities {
            let polls = frozen[city.slug]?.count ?? 0
            let seconds = Double(fault.displacedSeconds(frozenPolls: polls, interval: Self.interval))
            total.displaced += seconds * Double(city.points)
            total.displacedSquares += seconds * seconds * Double(city.points)
        }
        return total
    }
}
