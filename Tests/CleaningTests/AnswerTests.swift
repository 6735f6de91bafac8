import ChargingModel
import Cleaning
import TestSupport
import Testing

/// Which answers count, and what becomes of records that do not.
@Suite struct AnswerTests {
    private let day = SmallFeed.day

    private func slot(_ number: Int) -> UTCTime { day.start.adding(seconds: number * 600) }

    private func stations(_ count: Int) -> [UInt8] {
        SmallFeed.envelope((0..<count).map { SmallFeed.station("\($0)", points: [("\($0)1", "AVAILABLE")]) })
    }

    @Test func `an answer with half of the stations gone is suspect and changes nothing`() async throws {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder)
            try feed.poll([
                (slot(0), stations(20)), (slot(1), stations(20)), (slot(2), stations(9)), (slot(3), stations(20)),
            ])
            let manifest = try await feed.clean()[0]
            let polls = try feed.rows(of: manifest, .polls)
            #expect(polls.map { $0["outcome"] } == ["ok", "ok", "suspect", "ok"])
            #expect(polls[2]["is_chosen"] == "false")
            #expect(polls[2]["error"]?.contains("9 charging points (expected at least 10") == true)
            let absent = try feed.rows(of: manifest, .pointStatus).filter { $0["status"] == "absent" }
            #expect(absent.isEmpty)
            #expect(manifest.read.stations == 60 && manifest.kept.stations == 60)
        }
    }

    @Test func `after half a day of smaller answers the smaller size is the usual one`() async throws {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder)
            try feed.poll((0..<40).map { (slot($0), stations(20)) } + (40..<144).map { (slot($0), stations(9)) })
            let polls = try await feed.rows(of: feed.clean()[0], .polls)
            let suspects = polls.filter { $0["outcome"] == "suspect" }.count
            #expect((40..<80).contains(suspects))
            #expect(polls.last?["outcome"] == "ok")
        }
    }

    @Test func `a repeated id is rejected and what only the second record tells is kept`() async throws {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder)
            let body = SmallFeed.envelope([
                SmallFeed.station("1", points: [("11", "AVAILABLE"), ("11", "CHARGING")]),
                SmallFeed.station("1", points: [("12", "CHARGING")]),
            ])
            try feed.poll([(slot(0), body), (slot(1), body)])
            let manifest = try await feed.clean()[0]
            #expect(manifest.read.total == manifest.kept.total + manifest.rejected.total)
            #expect(manifest.read.stations == 4 && manifest.kept.stations == 2 && manifest.rejected.stations == 2)
            #expect(manifest.kept.points == 4 && manifest.rejected.points == 2)
            let rejects = try feed.rows(of: manifest, .rejects).filter { $0["severity"] == "reject" }
            #expect(rejects.compactMap { Int($0["occurrences", default: ""]) }.reduce(0, +) == manifest.rejected.total)
            #expect(Set(rejects.compactMap { $0["rule_id"] }) == ["duplicate_id"])
            #expect(rejects.contains { $0["entity"] == "point" && $0["json_pointer"] == "/data/0/evses/1" })
            let statuses = try feed.rows(of: manifest, .pointStatus).filter { $0["status"] != "unobserved" }
            #expect(statuses.map { $0["status"] } == ["available", "charging"])
        }
    }

    @Test(arguments: [
        "a,b", "say \"hi\"", "back\\slash", "\\N", "Süd ü €", "'; DROP TABLE x; --", "semi;colon", "=1+1",
        "emoji 🔌", "tab\there",
    ])
    func `a name that a stranger wrote comes back from the flat file as it was`(name: String) async throws {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder)
            let escaped = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
            try feed.poll([
                (slot(0), SmallFeed.envelope([SmallFeed.station("1", name: escaped, points: [("11", "AVAILABLE")])]))
            ])
            let row = try await #require(try feed.rows(of: feed.clean()[0], .chargingStations).first)
            #expect(row["name"] == name)
        }
    }

    @Test func `cleaning again writes nothing, and late raw only what it touches`() async throws {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder)
            let letters = String(repeating: "A", count: 144 * 3)
            try feed.poll(letters)
            let first = try await feed.clean()
            #expect(try await feed.clean() == first)
            try feed.poll([(first[2].day.start.adding(seconds: 300), stations(2))])
            let second = try await feed.clean()
            #expect(second[0] == first[0] && second[1] == first[1])
            #expect(second[2] != first[2])
        }
    }

    @Test func `the manifest tells every file's rows, size and digest`() async throws {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder)
            try feed.poll("AC-O")
            let manifest = try await feed.clean()[0]
            #expect(manifest.files.map(\.kind) == FlatFileKind.allCases)
            for file in manifest.files {
                #expect(try feed.rows(of: manifest, file.kind).count == file.rows)
            }
            #expect(manifest.polls == 4 && manifest.goodPolls == 3)
        }
    }
}
