import ChargingModel
import Cleaning
import TestSupport
import Testing

/// What a row of polls becomes: the rules of `docs/decisions/0004-status-intervals.md`, one by one.
@Suite struct IntervalTests {
    private func intervals(_ letters: String, days: Int = 1) async throws -> [[String]] {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder)
            try feed.poll(letters)
            let manifests = try await feed.clean()
            #expect(manifests.count == days)
            return try manifests.map(feed.intervals)
        }
    }

    @Test func `equal polls make one interval, a change ends it at the slot that shows it`() async throws {
        #expect(
            try await intervals("AACCC") == [
                ["00:00-00:20 available 2", "00:20-00:50 charging 3", "00:50-00:00 unobserved 0"]
            ]
        )
    }

    @Test func `a state holds over missed polls up to the largest gap`() async throws {
        #expect(
            try await intervals("CC--C") == [["00:00-00:50 charging 3", "00:50-00:00 unobserved 0"]]
        )
    }

    @Test func `a longer silence ends the state one interval after the last sighting`() async throws {
        #expect(
            try await intervals("CC----C") == [
                [
                    "00:00-00:20 charging 2", "00:20-01:00 unobserved 0", "01:00-01:10 charging 1",
                    "01:10-00:00 unobserved 0",
                ]
            ]
        )
    }

    @Test func `an HTML page is a missed poll`() async throws {
        #expect(try await intervals("CChhC") == intervals("CC--C"))
        #expect(try await intervals("CChhhhC") == intervals("CC----C"))
    }

    @Test func `a station that is not in a good answer is absent`() async throws {
        let found = try await intervals("AA..A")[0]
        #expect(found.contains("00:00-00:20 available 2"))
        #expect(found.contains("00:20-00:40 absent 2"))
        #expect(found.contains("00:40-00:50 available 1"))
    }

    @Test func `midnight cuts a state and the next day takes it over`() async throws {
        let day = String(repeating: "C", count: 144)
        #expect(
            try await intervals(day + "CA", days: 2) == [
                ["00:00-00:00 charging 144"],
                ["00:00-00:10 charging 1", "00:10-00:20 available 1", "00:20-00:00 unobserved 0"],
            ]
        )
    }

    @Test func `a gap over midnight is bridged where the next day's first poll is near enough`() async throws {
        let before = String(repeating: "C", count: 143)
        #expect(
            try await intervals(before + "--C", days: 2) == [
                ["00:00-00:00 charging 143"],
                ["00:00-00:20 charging 1", "00:20-00:00 unobserved 0"],
            ]
        )
        #expect(
            try await intervals(before + "-----C", days: 2) == [
                ["00:00-23:50 charging 143", "23:50-00:00 unobserved 0"],
                ["00:00-00:40 unobserved 0", "00:40-00:50 charging 1", "00:50-00:00 unobserved 0"],
            ]
        )
    }

    @Test func `a day without any answer is unobserved throughout`() async throws {
        let silent = String(repeating: "-", count: 144)
        let found = try await intervals("C" + silent.dropFirst() + silent + "C", days: 3)
        #expect(found[1] == ["00:00-00:00 unobserved 0"])
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func `whatever the polls, the intervals of a day tile it`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let letters = (0..<300).map { _ in "AACCCO..--h ".randomElement(using: &random) ?? "A" }
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder)
            try feed.poll(String(letters))
            for manifest in try await feed.clean() {
                var openFrom: [String: String] = [:]
                for row in try feed.rows(of: manifest, .pointStatus) {
                    let point = row["point_id", default: ""]
                    let expected = openFrom[point] ?? manifest.day.start.sqlText
                    #expect(row["valid_from"] == expected)
                    openFrom[point] = row["valid_to"]
                }
                #expect(openFrom.values.allSatisfy { $0 == manifest.day.end.sqlText })
            }
        }
    }
}
