import Analytics
import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// The rules of data quality hold on a clean world, and each one notices its fault.
@Suite struct QualityTests {
    @Test func `every rule holds on a clean world, and the results are stored once`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            try await CleanWorld.build(in: workshop)
            let report = try await Self.store(QualityCheck(now: CleanWorld.now), in: workshop)
            for result in report.offences(at: .warn) { Issue.record("\(result)") }
            // Days without three days before them are skipped, and nothing else but too small samples.
            let judged = Set(report.results.filter { $0.status == .ok }.map(\.rule))
            let expected = Set(QualityCatalogue.rules.map(\.id)).subtracting(["CHECK_HISTORY_OPERATOR_FLAPPING"])
            #expect(judged == expected, "\(expected.subtracting(judged).sorted())")
            let stored = try await workshop.count("SELECT COUNT(*) FROM etl_quality_result")
            #expect(stored == Int64(report.results.count))
            try report.check(.warn)
        }
    }

    @Test func `each rule has a planted fault, and its fault makes it fail and no other`() async throws {
        #expect(Set(PlantedFault.all.map(\.rule)) == Set(QualityCatalogue.rules.map(\.id)))
        try await withTemporaryFolder { folder in
            try await CleanWorld.build(in: Workshop(folder))
            try await withThrowingTaskGroup(of: Void.self) { group in
                var waiting = PlantedFault.all.makeIterator()
                for _ in 0..<2 {
                    if let fault = waiting.next() { group.addTask { try await Self.plant(fault, folder) } }
                }
                while try await group.next() != nil {
                    if let fault = waiting.next() { group.addTask { try await Self.plant(fault, folder) } }
                }
            }
        }
    }

    private static func plant(_ fault: PlantedFault, _ folder: String) async throws {
        let name = "\(fault.rule).duckdb"
        let (clean, copy) = ("\(folder)/warehouse.duckdb", "\(folder)/\(name)")
        try FileManager.default.copyItem(atPath: clean, toPath: copy)
        let report = try await Workshop(folder).withWarehouse(name) { engine in
            try await engine.transact(fault.statements.map(TransactionStep.statement))
            return try await QualityCheck(now: CleanWorld.now).run(on: engine)
        }
        try FileManager.default.removeItem(atPath: copy)
        let failed = Set(report.offences(at: .warn).map(\.rule))
        #expect(failed == fault.expected, "\(fault.rule): \(failed.symmetricDifference(fault.expected).sorted())")
        let severity = QualityCatalogue.rules.first { $0.id == fault.rule }?.severity
        let status = report.results.first { $0.rule == fault.rule && [.warning, .failed].contains($0.status) }?.status
        #expect(status == (severity == .error ? .failed : .warning), "\(fault.rule)")
    }

    @Test func `a check of some slices judges those, and keeps the results of others`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            try await CleanWorld.build(in: workshop)
            let feed = try #require(FeedID("test/b"))
            let selection = QualityCheck.Selection(feeds: [feed], since: CleanWorld.last, until: CleanWorld.last)
            let whole = try await Self.store(QualityCheck(now: CleanWorld.now), in: workshop)
            let check = QualityCheck(suite: .content, selection: selection, now: CleanWorld.now)
            let report = try await Self.store(check, in: workshop)
            let stored = try await workshop.count("SELECT COUNT(*) FROM etl_quality_result")
            #expect(
                report.results.allSatisfy { $0.day == CleanWorld.last && [feed.key.value, 0].contains($0.feedKey) }
            )
            // The past of the day counts, although only the day is checked.
            let shift = report.results.filter { $0.rule == "CHECK_STATUS_DISTRIBUTION" }
            #expect(shift.map(\.status) == [.ok])
            let expected = whole.results.filter { $0.rule == "CHECK_STATUS_DISTRIBUTION" && $0.day == CleanWorld.last }
            #expect(expected.filter { $0.feedKey == feed.key.value } == shift)
            #expect(stored == Int64(whole.results.count))
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `what loading must get right holds on random worlds with faults`(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let scripts = try [("test/a", "7"), ("test/b", "7"), ("test/c", "8")].enumerated().map { index, feed in
                try ScriptedFeed(
                    feed.0,
                    first: RebuildTests.first,
                    days: 4,
                    seed: seed * 10 + UInt64(index),
                    ids: feed.1,
                    interval: 1_800
                )
            }
            let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
            for script in scripts {
                for capture in script.captures { _ = try writer.append(capture) }
            }
            try writer.close()
            try await workshop.load(try workshop.clean(scripts.map(\.feed)).map(\.manifest))
            let report = try await workshop.withWarehouse { engine in
                try await QualityCheck(suite: .structure, now: CleanWorld.now).run(on: engine)
            }
            for result in report.offences(at: .warn) { Issue.record("seed \(seed): \(result)") }
        }
    }

    private static func store(_ check: QualityCheck, in workshop: Workshop) async throws -> QualityReport {
        try await workshop.withWarehouse { engine in
            let report = try await check.run(on: engine)
            try await engine.transact(report.storingSteps(in: engine.dialect))
            return report
        }
    }

    @Test func `the gate fails at its level, and says what does not hold`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            try await CleanWorld.build(in: workshop)
            let report = try await workshop.withWarehouse { engine in
                try await engine.transact([
                    .statement("UPDATE etl_reject SET rule_id = 'unknown_status' WHERE severity = 'finding'")
                ])
                return try await QualityCheck(now: CleanWorld.now).run(on: engine)
            }
            try report.check(.error)
            let error = #expect(throws: AnalyticsError.self) { try report.check(.warn) }
            #expect(error?.code == "CHG064" && error?.exitCode == .qualityGateFailed)
            #expect(error?.detail.contains("CHECK_UNKNOWN_STATUS on test/") == true)
        }
    }

    @Test func `an empty warehouse has nothing wrong`() async throws {
        try await withTemporaryFolder { folder in
            let report = try await Workshop(folder).withWarehouse {
                try await QualityCheck(now: CleanWorld.now).run(on: $0)
            }
            #expect(report.offences(at: .warn).isEmpty)
        }
    }

    @Test func `the stability index is that of the formula`() {
        let day = UTCDay(number: 0)
        let before = FeedDay(day: day, amounts: ["a": 50, "b": 50])
        let after = FeedDay(day: day, amounts: ["a": 60, "b": 40])
        // 0.1·ln(1.2) + 0.1·ln(1.25)
        #expect(abs(PopulationStability.index(before, after) - 0.040_546_51) < 1e-8)
        #expect(PopulationStability.index(before, before) == 0)
        // 0.5·ln(2) + 0.49·ln(50): a part that is gone counts as 1 %.
        let gone = PopulationStability.index(before, FeedDay(day: day, amounts: ["a": 100]))
        #expect(abs(gone - 2.263_464_87) < 1e-8)
    }

    @Test func `rule ids never change`() throws {
        try Golden.check(QualityCatalogue.rules.map { $0.id + "\n" }.joined(), file: "quality-rules.txt")
        let ids = QualityCatalogue.rules.map(\.id)
        #expect(Set(ids).count == ids.count && ids.allSatisfy { $0.count <= 64 })
    }

    @Test func `the documents have every rule and every threshold`() throws {
        let path = PackageRoot.appending("docs/methods/quality.md")
        let marks = (begin: "<!-- made of the code: begin -->\n", end: "<!-- end -->")
        var text = try String(contentsOfFile: path, encoding: .utf8)
        let begin = try #require(text.range(of: marks.begin)?.upperBound)
        let end = try #require(text.range(of: marks.end)?.lowerBound)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            text.replaceSubrange(begin..<end, with: QualityCatalogue.markdown())
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } else if let difference = Golden.firstDifference(
            found: QualityCatalogue.markdown(),
            expected: String(text[begin..<end])
        ) {
            Issue.record("docs/methods/quality.md: \(difference); next: UPDATE_GOLDEN=1 swift test")
        }
        let reference = try String(
            contentsOfFile: PackageRoot.appending("docs/reference/configuration.md"),
            encoding: .utf8
        )
        for threshold in QualityThreshold.allCases {
            let row =
                "| `check.\(threshold.rawValue)` | \(threshold.defaultValue.formatted(.number.grouping(.never))) | | \(threshold.meaning) |"
            #expect(reference.contains(row), "\(row)")
        }
    }
}
