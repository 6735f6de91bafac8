/// When a station is open: a week of local time, and exceptions.
///
/// Invariant: `week`, `openings` and `closings` are sorted, and no two stretches of one list touch or overlap.
public struct OpeningHours: Hashable, Sendable {
    /// A stretch of a local weekday.
    public struct Period: Hashable, Sendable, Comparable {
        /// 1 Monday to 7 Sunday.
        public var isoWeekday: Int
        /// Minutes after local midnight, 0 to 1,440, not empty.
        public var minutes: Range<Int>

        /// Creates a stretch.
        public init(isoWeekday: Int, minutes: Range<Int>) {
            self.isoWeekday = isoWeekday
            self.minutes = minutes
        }

        /// Orders by weekday, then by time.
        public static func < (left: Period, right: Period) -> Bool {
            (left.isoWeekday, left.minutes.lowerBound) < (right.isoWeekday, right.minutes.lowerBound)
        }
    }

    /// The regular week.
    public let week: [Period]
    /// Times in which the station is open whatever the week says, UTC.
    public let openings: [Range<UTCTime>]
    /// Times in which it is closed whatever else is said, UTC.
    public let closings: [Range<UTCTime>]

    /// Creates opening hours; stretches that touch become one.
    public init(week: [Period], openings: [Range<UTCTime>] = [], closings: [Range<UTCTime>] = []) {
        self.week = (1...7).flatMap { weekday in
            week.filter { $0.isoWeekday == weekday }.map(\.minutes).merged()
                .map { Period(isoWeekday: weekday, minutes: $0) }
        }
        self.openings = openings.merged()
        self.closings = closings.merged()
    }

    /// Around the clock.
    public static let always = OpeningHours(week: (1...7).map { Period(isoWeekday: $0, minutes: 0..<1_440) })

    /// The times in which the station is open, as far as they lie in a UTC day.
    ///
    /// Wall clocks that show an hour twice (the autumn change) open it twice; an hour that they skip is not open.
    ///
    /// - Parameter offsets: the local clock of the day: stretches that tile it, with the seconds that local clocks are
    ///   ahead of UTC.
    /// - Returns: Sorted stretches that do not touch.
    public func times(in offsets: [(time: Range<UTCTime>, seconds: Int)]) -> [Range<UTCTime>] {
        var open: [Range<UTCTime>] = []
        for (time, seconds) in offsets where !time.isEmpty {
            let local = time.lowerBound.adding(seconds: seconds)..<time.upperBound.adding(seconds: seconds)
            var day = local.lowerBound.day
            while day.start < local.upperBound {
                for period in week where period.isoWeekday == day.isoWeekday {
                    let start = day.start.adding(seconds: period.minutes.lowerBound * 60)
                    let end = day.start.adding(seconds: period.minutes.upperBound * 60)
                    let part = (start..<end).clamped(to: local)
                    open.append(part.lowerBound.adding(seconds: -seconds)..<part.upperBound.adding(seconds: -seconds))
                }
                day = day.next
            }
            open += openings.map { $0.clamped(to: time) }
        }
        return closings.reduce(open.merged()) { $0.removing($1) }
    }

    /// Equal hours, equal text: `1 06:30-22:30, 7 10:00-20:00, closed 2026-12-24T00:00:00Z/2026-12-25T00:00:00Z`.
    public var text: String {
        let parts =
            week.map { "\($0.isoWeekday) \(Self.clock($0.minutes.lowerBound))-\(Self.clock($0.minutes.upperBound))" }
            + openings.map { "open \($0.lowerBound)/\($0.upperBound)" }
            + closings.map { "closed \($0.lowerBound)/\($0.upperBound)" }
        return parts.joined(separator: ", ")
    }

    private static func clock(_ minutes: Int) -> String {
        let digits = { (number: Int) in (number < 10 ? "0" : "") + "\(number)" }
        return digits(minutes / 60) + ":" + digits(minutes % 60)
    }
}

extension [Range<Int>] {
    fileprivate func merged() -> [Range<Int>] { mergedRanges(self) }
}

extension [Range<UTCTime>] {
    fileprivate func merged() -> [Range<UTCTime>] { mergedRanges(self) }

    fileprivate func removing(_ hole: Range<UTCTime>) -> [Range<UTCTime>] {
        flatMap { range -> [Range<UTCTime>] in
            guard range.overlaps(hole) else { return [range] }
            return [
                range.lowerBound..<Swift.max(range.lowerBound, hole.lowerBound),
                Swift.min(range.upperBound, hole.upperBound)..<range.upperBound,
            ].filter { !$0.isEmpty }
        }
    }
}

/// Sorted, with those that touch or overlap joined; empty ones are left out.
private func mergedRanges<Bound>(_ ranges: [Range<Bound>]) -> [Range<Bound>] {
    var merged: [Range<Bound>] = []
    for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if let last = merged.last, range.lowerBound <= last.upperBound {
            merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        } else {
            merged.append(range)
        }
    }
    return merged
}
