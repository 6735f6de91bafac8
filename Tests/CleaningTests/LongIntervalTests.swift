import ChargingModel
import Cleaning
import TestSupport
import Testing

/// Feeds that are polled once a day or once a week: the same rules over days without a poll.
@Suite struct LongIntervalTests {
    private static let day = 86_400
    private static let week = 604_800

    /// One letter a day; the statuses of the days, each of which is one interval.
    private func statuses(_ letters: String, interval: Int) async throws -> [String] {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder, interval: interval)
            try feed.poll(letters, step: Self.day)
            let found = try await feed.clean().map { try feed.intervals(of: $0) }
            #expect(found.allSatisfy { $0.count <= 1 && $0.first?.hasPrefix("00:00-00:00 ") ?? true })
            return found.map { intervals in
                intervals.first.map { String($0.split(separator: " ")[1]) } ?? "nothing"
            }
        }
    }

    private func days(_ count: Int, _ status: String) -> [String] { Array(repeating: status, count: count) }

    private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

    @Test func `a state holds over the days between two weekly polls, also late ones`() async throws {
        #expect(
            try await statuses("C" + blanks(8) + "A" + blanks(20) + "O", interval: Self.week)
                == days(9, "charging") + days(21, "available") + days(1, "outOfOrder")
        )
    }

    @Test func `after more than three weeks without a poll the state ends one week after the last`() async throws {
        #expect(
            try await statuses("C" + blanks(21) + "A", interval: Self.week)
                == days(7, "charging") + days(15, "unobserved") + days(1, "available")
        )
    }

    @Test func `a daily feed holds its state over two missed days and not over three`() async throws {
        #expect(try await statuses("C--A", interval: Self.day) == days(3, "charging") + days(1, "available"))
        #expect(
            try await statuses("C---A", interval: Self.day)
                == days(1, "charging") + days(3, "unobserved") + days(1, "available")
        )
    }

    @Test func `after a silence of 31 days nothing is known any more`() async throws {
        #expect(
            try await statuses("C" + blanks(41) + "A", interval: Self.week)
                == days(7, "charging") + days(25, "unobserved") + days(10, "nothing") + days(1, "available")
        )
    }

    @Test(arguments: [
        "C        A                    O", "C                     A  C", "C                                         A",
        "C                              A", "C                               A      .        C",
    ])
    func `days cleaned one by one in any order give the files of one walk`(letters: String) async throws {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder, interval: Self.week)
            try feed.poll(letters, step: Self.day)
            let walk = try await feed.clean()
            let cleaner = Cleaner(
                archive: feed.archive,
                store: SliceStore(root: folder + "/other"),
                rules: CleaningRules()
            )
            var random = SeededGenerator(seed: 7)
            var alone: [SliceManifest] = []
            for day in walk.map(\.day).shuffled(using: &random) { alone += try await feed.clean([day], with: cleaner) }
            #expect(alone.sorted { $0.day < $1.day } == walk)
        }
    }
}
