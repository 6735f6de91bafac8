import ChargingModel

/// Reads OCPI's opening times (OCPI 2.3.0, `types`, Hours), as far as strangers write them alike.
///
/// What is not understood is a finding, and the feed's JSON stays beside it.
struct OpeningHoursReader {
    /// More stretches than this are no opening hours: 7 days of 24.
    private static let mostPeriods = 168
    private static let mostExceptions = 400

    /// What was not understood: the names of the fields.
    private(set) var problems: [String] = []

    /// Reads the object; `nil` where it does not tell when the station is open.
    mutating func read(_ node: JSONNode, isAroundTheClock: Bool?) -> OpeningHours? {
        let openings = exceptions(node["exceptional_openings"], "exceptional_openings")
        let closings = exceptions(node["exceptional_closings"], "exceptional_closings")
        if isAroundTheClock == true {
            return OpeningHours(week: OpeningHours.always.week, openings: openings, closings: closings)
        }
        let week = periods(node["regular_hours"])
        guard !week.isEmpty || !openings.isEmpty else { return nil }
        return OpeningHours(week: week, openings: openings, closings: closings)
    }

    private mutating func periods(_ node: JSONNode?) -> [OpeningHours.Period] {
        guard let node, !node.isBlank else { return [] }
        guard node.kind == .array else { return note("regular_hours") }
        return node.elements.prefix(Self.mostPeriods).flatMap { element -> [OpeningHours.Period] in
            guard element.kind == .object, let weekday = weekday(element["weekday"]),
                let begin = minutes(element["period_begin"]), let end = minutes(element["period_end"]), begin < 1_440
            else { return note("regular_hours") }
            return Self.stretch(weekday, begin, end)
        }
    }

    /// From begin to end; an end that is not later is on the next day, `00:00` to `00:00` a whole one.
    private static func stretch(_ weekday: Int, _ begin: Int, _ end: Int) -> [OpeningHours.Period] {
        if begin < end { return [OpeningHours.Period(isoWeekday: weekday, minutes: begin..<end)] }
        return [
            OpeningHours.Period(isoWeekday: weekday, minutes: begin..<1_440),
            OpeningHours.Period(isoWeekday: weekday % 7 + 1, minutes: 0..<end),
        ]
    }

    private func weekday(_ node: JSONNode?) -> Int? {
        guard let text = node?.numberText ?? node?.string, let number = Int(text), (1...7).contains(number) else {
            return nil
        }
        return number
    }

    /// `07:30`, `7:30`, `07:30:00` or `24:00`, in minutes.
    private func minutes(_ node: JSONNode?) -> Int? {
        let parts = (node?.string ?? "").split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), (0...24).contains(hour), (0...59).contains(minute),
            hour < 24 || minute == 0
        else { return nil }
        return hour * 60 + minute
    }

    private mutating func exceptions(_ node: JSONNode?, _ name: String) -> [Range<UTCTime>] {
        guard let node, !node.isBlank else { return [] }
        guard node.kind == .array else { return note(name) }
        return node.elements.prefix(Self.mostExceptions).flatMap { element -> [Range<UTCTime>] in
            guard element.kind == .object, let begin = element["period_begin"]?.string.flatMap(UTCTime.init),
                let end = element["period_end"]?.string.flatMap(UTCTime.init), begin < end
            else { return note(name) }
            return [begin..<end]
        }
    }

    private mutating func note<Element>(_ name: String) -> [Element] {
        if !problems.contains(name) { problems.append(name) }
        return []
    }
}
