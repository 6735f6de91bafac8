import ChargingModel
import Testing

@Suite struct StatusTests {
    @Test func `the numbers in facts never change`() {
        let keys = Dictionary(uniqueKeysWithValues: ChargingStatus.allCases.map { ($0.rawValue, $0.key) })
        #expect(
            keys == [
                "available": 1, "charging": 2, "blocked": 3, "reserved": 4, "inoperative": 5, "outOfOrder": 6,
                "planned": 7, "removed": 8, "unknown": 9, "absent": 10, "unobserved": 11,
            ]
        )
    }

    @Test func `only what a feed said of a working object counts as observed`() {
        let observed = ChargingStatus.allCases.filter(\.category.isObserved)
        #expect(observed == [.available, .charging, .blocked, .reserved, .inoperative, .outOfOrder, .unknown])
    }

    @Test func `counts add up by kind`() {
        var counts = RecordCounts(stations: 1, points: 2, connectors: 3)
        counts += RecordCounts(points: 5)
        #expect(counts == RecordCounts(stations: 1) + RecordCounts(points: 7) + RecordCounts(connectors: 3))
        #expect(counts.total == 11)
    }
}
