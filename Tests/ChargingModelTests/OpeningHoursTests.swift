import ChargingModel
import Testing

/// Opening hours on UTC days, also where local midnight, a clock change or an exception is near.
@Suite struct OpeningHoursTests {
    private static func time(_ text: String) throws -> UTCTime { try #require(UTCTime(text)) }

    private static func periods(_ list: [(Int, Int, Int)]) -> [OpeningHours.Period] {
        list.map { OpeningHours.Period(isoWeekday: $0.0, minutes: $0.1..<$0.2) }
    }

    /// A UTC day on which local clocks are ahead by one offset, or change it at a UTC hour.
    private static func offsets(_ day: String, _ first: Int, _ change: (hour: Int, to: Int)? = nil) throws
        -> [(time: Range<UTCTime>, seconds: Int)]
    {
        let start = try time(day + "T00:00:00Z")
        let end = start.adding(seconds: 86_400)
        guard let change else { return [(start..<end, first)] }
        let moment = start.adding(seconds: change.hour * 3_600)
        return [(start..<moment, first), (moment..<end, change.to)]
    }

    private static func seconds(_ times: [Range<UTCTime>]) -> Int {
        times.reduce(0) { $0 + $1.upperBound.seconds(since: $1.lowerBound) }
    }

    @Test func `a station that is always open is open all day, whatever the clocks do`() throws {
        let plain = OpeningHours.always.times(in: try Self.offsets("2026-03-02", 3_600))
        #expect(plain == [try Self.time("2026-03-02T00:00:00Z")..<Self.time("2026-03-03T00:00:00Z")])
        let spring = OpeningHours.always.times(in: try Self.offsets("2026-03-29", 3_600, (1, 7_200)))
        #expect(Self.seconds(spring) == 86_400 && spring.count == 1)
    }

    @Test func `local hours become UTC hours of winter and of summer`() throws {
        let hours = OpeningHours(week: Self.periods([(1, 420, 1_350)]))  // Monday 07:00 to 22:30
        let winter = hours.times(in: try Self.offsets("2026-03-02", 3_600))
        #expect(winter == [try Self.time("2026-03-02T06:00:00Z")..<Self.time("2026-03-02T21:30:00Z")])
        let summer = hours.times(in: try Self.offsets("2026-06-01", 7_200))
        #expect(summer == [try Self.time("2026-06-01T05:00:00Z")..<Self.time("2026-06-01T20:30:00Z")])
    }

    @Test func `hours across midnight are two stretches of local days and one of UTC time`() throws {
        // Friday 22:00 to Saturday 06:00.
        let night = OpeningHours(week: Self.periods([(5, 1_320, 1_440), (6, 0, 360)]))
        let friday = night.times(in: try Self.offsets("2026-03-06", 3_600))
        #expect(friday == [try Self.time("2026-03-06T21:00:00Z")..<Self.time("2026-03-07T00:00:00Z")])
        let saturday = night.times(in: try Self.offsets("2026-03-07", 3_600))
        #expect(saturday == [try Self.time("2026-03-07T00:00:00Z")..<Self.time("2026-03-07T05:00:00Z")])
    }

    @Test(arguments: [
        // Sunday 02:00 to 04:00 local: one hour where clocks skip one, three where they show one twice.
        ("2026-03-29", 3_600, 1, 7_200, 1), ("2026-10-25", 7_200, 1, 3_600, 3),
    ])
    func `a clock change takes an hour away or gives one`(
        day: String,
        first: Int,
        hour: Int,
        second: Int,
        open: Int
    ) throws {
        let hours = OpeningHours(week: Self.periods([(7, 120, 240)]))
        let times = hours.times(in: try Self.offsets(day, first, (hour, second)))
        #expect(Self.seconds(times) == open * 3_600)
    }

    @Test func `an opening adds to the week and a closing wins over both`() throws {
        let noon = try Self.time("2026-03-02T12:00:00Z")
        let hours = OpeningHours(
            week: Self.periods([(1, 600, 660)]),  // 09:00 to 10:00 UTC
            openings: [noon..<noon.adding(seconds: 7_200)],
            closings: [noon.adding(seconds: 3_600)..<noon.adding(seconds: 86_400 * 9)]
        )
        let times = hours.times(in: try Self.offsets("2026-03-02", 3_600))
        #expect(
            times == [
                try Self.time("2026-03-02T09:00:00Z")..<Self.time("2026-03-02T10:00:00Z"),
                noon..<noon.adding(seconds: 3_600),
            ]
        )
    }

    @Test func `29 February and a Monday of week 53 are days like others`() throws {
        let hours = OpeningHours(week: Self.periods([(4, 0, 60), (1, 0, 60)]))
        #expect(Self.seconds(hours.times(in: try Self.offsets("2024-02-29", 0))) == 3_600)  // a Thursday
        #expect(Self.seconds(hours.times(in: try Self.offsets("2026-12-28", 0))) == 3_600)  // Monday of 2026-W53
    }

    @Test func `hours said in another order or in pieces are the same hours`() {
        let whole = OpeningHours(week: Self.periods([(1, 60, 180), (2, 0, 1_440)]))
        let pieces = OpeningHours(week: Self.periods([(2, 0, 1_440), (1, 120, 180), (1, 60, 120), (1, 60, 61)]))
        #expect(whole == pieces && whole.text == pieces.text)
        #expect(whole.text == "1 01:00-03:00, 2 00:00-24:00")
    }
}
