import Analytics
import ChargingModel
import Cleaning
import Foundation
import Lineage
import RawArchive
import Sources
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// Every row of an explanation is checked against the raw bytes, by a reading of its own.
@Suite struct ExplainTests {
    private static let first = UTCDay(number: 20_539)

    /// What the status texts of the worlds mean, written down once more.
    private static let meanings = [
        "AVAILABLE": "available", "CHARGING": "charging", "OUTOFORDER": "outOfOrder", "UNKNOWN": "unknown",
        "Charging ": "charging", "RESERVED": "reserved", "KAPUTT": "unknown",
    ]

    /// The decoded WARC of each pack, as `archive export` gives it.
    private final class PlainPacks {
        private let workshop: Workshop
        private var packs: [String: [UInt8]] = [:]

        init(_ workshop: Workshop) {
            self.workshop = workshop
        }

        func bytes(_ feed: FeedID, _ slot: UTCTime) async throws -> [UInt8] {
            let name = "\(feed) \(slot.day)".replacing("/", with: "-")
            if let known = packs[name] { return known }
            let path = "\(workshop.folder)/\(name).warc"
            _ = try await workshop.archive.exportWARC(feed, slot.day, to: path)
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            packs[name] = bytes
            return bytes
        }
    }

    private func withExplainer<Value>(
        _ workshop: Workshop,
        _ feeds: [FeedDescriptor],
        limit: Int = 1_000_000,
        _ body: (Explainer) async throws -> Value
    ) async throws -> Value {
        let catalog = try FeedCatalog(feeds)
        return try await workshop.withWarehouse { engine in
            let library = RawLibrary(archive: workshop.archive, catalog: catalog, adapters: .builtIn)
            return try await body(Explainer(engine: engine, library: library, limit: limit, fragmentBytes: 1_000_000))
        }
    }

    @Test func `every poll behind a figure says in its raw bytes what the interval says`() async throws {
        var met = Met()
        for seed in [61, 62, 63] as [UInt64] { try await check(world: seed, &met) }
        #expect(met.supports > 600 && met.absent > 0 && met.intervals > 60, "\(met)")
    }

    /// Two days of a random feed, explained without a limit.
    private func check(world seed: UInt64, _ met: inout Met) async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let script = try ScriptedFeed(
                "test/a",
                first: Self.first,
                days: 2,
                seed: seed,
                stations: 4,
                interval: 1_800
            )
            let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
            for capture in script.captures { _ = try writer.append(capture) }
            try writer.close()
            try await workshop.load(workshop.clean([script.feed]).map(\.manifest))
            let question = FigureQuestion(
                from: Self.first.start,
                to: Self.first.advanced(by: 2).start,
                filters: UtilizationFilters()
            )
            let figure = try await withExplainer(workshop, [script.feed]) { try await $0.explain(question) }
            #expect(figure.points.count > 3 && figure.pointsLeftOut == 0, "seed \(seed)")
            try checkSums(of: figure)
            let packs = PlainPacks(workshop)
            for point in figure.points {
                for interval in point.intervals { try await check(interval, of: point, script, packs, &met) }
            }
        }
    }

    private struct Met {
        var intervals = 0
        var supports = 0
        var absent = 0
    }

    private func checkSums(of figure: FigureExplanation) throws {
        var points: [String: Int] = [:]
        for point in figure.points {
            points.merge(point.seconds, uniquingKeysWith: +)
            var hours: [String: Int] = [:]
            var intervals: [String: Int] = [:]
            for hour in point.hours { hours.merge(hour.seconds, uniquingKeysWith: +) }
            for interval in point.intervals {
                intervals[interval.category, default: 0] += interval.secondsInPeriod ?? 0
            }
            #expect(hours == point.seconds && intervals == point.seconds)
        }
        #expect(points == figure.seconds)
        let observed = ["free", "occupied", "reserved", "down", "unknown"].reduce(0) { $0 + (points[$1] ?? 0) }
        #expect(try #require(figure.value) == Double(points["occupied"] ?? 0) / Double(observed))
    }

    private func check(
        _ interval: IntervalExplanation,
        of point: PointExplanation,
        _ script: ScriptedFeed,
        _ packs: PlainPacks,
        _ met: inout Met
    ) async throws {
        met.intervals += 1
        let supports = interval.polls.filter { $0.role == .supports }
        #expect(supports.count == (interval.status == "unobserved" ? 0 : interval.observations))
        #expect(interval.load?.adapter == "chargecloud-poi" && interval.load?.rulesVersion == CleaningRules.version)
        if let text = interval.rawStatus { #expect(Self.meanings[text] == interval.status) }
        for poll in supports {
            let raw = try #require(poll.raw)
            let body = try await self.body(raw, packs.bytes(point.feed, poll.slot))
            #expect(raw.agrees == true && poll.digest == raw.digest)
            if interval.status == "absent" {
                met.absent += 1
                #expect(raw.pointer == nil)
                #expect(!String(decoding: body, as: UTF8.self).contains("\"uid\":\"\(point.sourceID)\""))
                continue
            }
            met.supports += 1
            let pointer = try #require(raw.pointer)
            let object = try #require(Self.value(at: pointer, in: body) as? [String: Any])
            #expect(object["uid"] as? String == point.sourceID)
            let status = try Self.value(at: try #require(raw.statusPointer), in: body) as? String
            #expect(status == interval.rawStatus)
            #expect(raw.statusText == interval.rawStatus && raw.mappedStatus == interval.status)
            #expect(script.seen[poll.slot]?[point.sourceID] == interval.rawStatus)
            let start = try #require(raw.byteOffset)
            let bytes = Array(body[start..<start + (raw.byteLength ?? 0)])
            #expect(String(decoding: bytes, as: UTF8.self) == raw.bytes)
            let alone = try JSONSerialization.jsonObject(with: Data(bytes)) as? NSDictionary
            #expect(alone == object as NSDictionary)
        }
    }

    /// The body that a record's place names, hashed.
    private func body(_ raw: RawEvidence, _ pack: [UInt8]) throws -> [UInt8] {
        #expect(pack[raw.recordOffset...].starts(with: "WARC/1.1\r\nWARC-Type: \(raw.recordType)\r\n".utf8))
        let end = raw.recordOffset + raw.recordLength
        #expect(Array(pack[end - 4..<end]) == Array("\r\n\r\n".utf8))
        let start = try #require(raw.bodyOffset)
        let body = Array(pack[start..<start + raw.bodyLength])
        #expect(ContentDigest(of: body).description == raw.digest)
        return body
    }

    /// The value at an RFC 6901 pointer, by Foundation's parser.
    private static func value(at pointer: String, in body: [UInt8]) throws -> Any? {
        var value: Any? = try JSONSerialization.jsonObject(with: Data(body))
        for token in pointer.split(separator: "/") {
            if let list = value as? [Any], let index = Int(token), list.indices.contains(index) {
                value = list[index]
            } else {
                value = (value as? [String: Any])?[String(token)]
            }
        }
        return value
    }

    /// Two hours: available twice, charging, missed, charging; then gone, and back with an unknown text.
    private func spelled(_ workshop: Workshop) async throws -> SpelledFeed {
        let spelled = try SpelledFeed("test/spelled")
        let texts = ["AVAILABLE", "AVAILABLE", "CHARGING", nil, "CHARGING", "", "", "KAPUTT", "KAPUTT", "RESERVED"]
        let polls = SpelledFeed.polls(from: SpelledFeed.day.start, texts)
        try spelled.archive(polls, in: workshop)
        try await workshop.load(workshop.clean([spelled.feed]).map(\.manifest))
        return spelled
    }

    @Test(arguments: [false, true])
    func `bounds, missed polls, absence and revisits are told, in live and in sealed packs`(
        isSealed: Bool
    ) async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let spelled = try await spelled(workshop)
            let start = SpelledFeed.day.start
            if isSealed {
                _ = try workshop.archive.seal(spelled.feed.id, SpelledFeed.day, at: start.adding(seconds: 90_000))
            }
            let question = FigureQuestion(
                from: start,
                to: start.adding(seconds: 7_200),
                filters: UtilizationFilters(station: "1"),
                point: "DE*TST*E11"
            )
            let figure = try await withExplainer(workshop, [spelled.feed]) { try await $0.explain(question) }
            let point = try #require(figure.points.first)
            #expect(figure.points.count == 1 && point.sourceID == "11")
            let told = point.intervals.map { interval in
                "\(interval.status) \(interval.polls.map { "\($0.role.rawValue)" }.joined(separator: " "))"
            }
            #expect(
                told == [
                    "available supports supports after", "charging before supports missed supports after",
                    "absent before supports supports after", "unknown before supports supports after",
                    "reserved before supports", "unobserved before",
                ]
            )
            #expect(
                point.intervals.map(\.startReason) == ["midnight", "change", "presence", "presence", "change", "gap"]
            )
            let missed = try #require(point.intervals[1].polls.first { $0.role == .missed })
            #expect(missed.raw == nil && missed.outcome == "timeout" && missed.note == "the poll has no answer")
            let packs = PlainPacks(workshop)
            var types: Set<String> = []
            for poll in point.intervals.flatMap(\.polls) {
                guard let raw = poll.raw else { continue }
                types.insert(raw.recordType)
                _ = try await body(raw, packs.bytes(spelled.feed.id, poll.slot))
            }
            #expect(types == ["response", "revisit"])
            let unknown = try #require(point.intervals[3].polls.first { $0.role == .supports }?.raw)
            #expect(unknown.statusText == "KAPUTT" && unknown.mappedBy == "no row of chargecloud 1")
            #expect(ExplanationText.tree(figure).contains("\"KAPUTT\" → unknown by no row of chargecloud 1"))
        }
    }

    @Test func `a limit bounds every level and says what is left out`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let spelled = try await spelled(workshop)
            let start = SpelledFeed.day.start
            let question = FigureQuestion(from: start, to: start.adding(seconds: 7_200), filters: UtilizationFilters())
            let figure = try await withExplainer(workshop, [spelled.feed], limit: 1) { try await $0.explain(question) }
            #expect(figure.points.count == 1 && figure.pointsLeftOut == 3)
            let point = try #require(figure.points.first)
            #expect(point.hours.count == 1 && point.hoursLeftOut == 1 && point.intervals.count == 1)
            let all = try await withExplainer(workshop, [spelled.feed]) { try await $0.explain(question) }
            #expect(all.seconds == figure.seconds && all.value == figure.value)
        }
    }

    @Test func `rows of facts, versions, polls and hours lead to their raw bytes`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let spelled = try await spelled(workshop)
            try await withExplainer(workshop, [spelled.feed]) { explainer in
                for (table, sql, texts) in Self.rowQuestions {
                    let values = try await explainer.keys(sql)
                    let row = try await explainer.explain(row: table, key: values)
                    #expect(row.table == table)
                    let polls = row.polls + (row.interval?.polls ?? [])
                    let raws = polls.compactMap(\.raw)
                    #expect(!raws.isEmpty, "\(table)")
                    for text in texts {
                        #expect(raws.contains { $0.bytes?.contains(text) ?? false }, "\(table) \(text)")
                    }
                    if table.hasPrefix("dim_") { #expect(!row.runs.isEmpty && row.load != nil) }
                    if table.hasPrefix("fact_") { #expect(row.interval?.load != nil) }
                    #expect(ExplanationText.tree(row).hasPrefix(table))
                }
                await #expect(throws: LineageError.self) {
                    try await explainer.explain(row: "dim_status", key: [("status_key", "1")])
                }
                await #expect(throws: LineageError.self) {
                    try await explainer.explain(row: "fact_point_status", key: [("valid_from", "yesterday")])
                }
            }
        }
    }

    private static let rowQuestions: [(table: String, sql: String, texts: [String])] = [
        (
            "fact_point_status",
            "SELECT feed_key, point_id, valid_from FROM fact_point_status WHERE status_key = 9",
            ["\"status\" : \"KAPUTT\"", "\"uid\":\"11\""]
        ),
        (
            "fact_connector_status",
            "SELECT feed_key, connector_id, valid_from FROM fact_connector_status WHERE status_key = 9",
            ["\"status\":\"KAPUTT\""]
        ),
        (
            "agg_point_hour",
            "SELECT a.feed_key, a.point_id, a.hour_utc FROM agg_point_hour a WHERE a.occupied_s > 0",
            ["\"status\" : \"CHARGING\""]
        ),
        (
            "dim_charging_station",
            "SELECT station_sk FROM dim_charging_station WHERE source_station_id = '1'", ["\"name\":\"Platz 1\""]
        ),
        ("dim_charging_point", "SELECT point_sk FROM dim_charging_point WHERE source_point_id = '11'", ["DE*TST*E11"]),
        (
            "dim_connector", "SELECT connector_sk FROM dim_connector WHERE source_connector_id = '711'",
            ["\"id\":\"711\""]
        ),
    ]
}

extension Explainer {
    /// The first row of a query, as a key.
    fileprivate func keys(_ sql: String) async throws -> [(column: String, value: String)] {
        let table = try await engine.query(sql, [])
        let row = try table.rows.first.orThrow(sql)
        return zip(table.columns, row).map { column, value in
            switch value {
            case .integer(let number): (column, "\(number)")
            case .timestamp(let time): (column, "\(time)")
            case .text(let text): (column, text)
            default: (column, "\(value)")
            }
        }
    }
}
