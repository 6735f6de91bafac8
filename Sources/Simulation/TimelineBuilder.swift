import ChargingModel

/// A stretch of one status, in seconds since the start of the world.
struct Stretch: Hashable, Sendable {
    var from: Int64
    var to: Int64
    var status: ChargingStatus
}

/// Draws the life of one point: obstacles (absence, planning, outages, lost communication) first, sessions between.
struct TimelineBuilder {
    /// Lives begin two days before the world, so that its first hour is as busy as any other.
    static let warmUpSeconds: Int64 = 172_800

    let seed: UInt64
    let length: Int64
    /// Local hour of the week by UTC hour since the beginning of the warm-up.
    let hoursOfWeek: [UInt8]

    init(configuration: WorldConfiguration) {
        seed = configuration.seed
        length = Int64(configuration.days) * 86_400
        let begin = configuration.start.seconds - Self.warmUpSeconds
        hoursOfWeek = (0..<Int((length + Self.warmUpSeconds) / 3_600)).map { hour in
            UInt8(BerlinTime.hourOfWeek(at: UTCTime(seconds: begin + Int64(hour) * 3_600)))
        }
    }

    /// The statuses of the point from 0 to `length`, without hole, overlap or equal neighbours.
    func timeline(of point: PointBlueprint, in station: StationBlueprint) -> [Stretch] {
        let begin = -Self.warmUpSeconds
        let obstacles = obstacles(of: point, in: station)
        var sessions = SessionWalk(point: point, station: station, builder: self)
        var stretches: [Stretch] = []
        var free = begin
        for obstacle in obstacles + [Stretch(from: length, to: length, status: .available)] {
            if point.role == .normal, obstacle.from > free {
                sessions.walk(from: free, to: obstacle.from, into: &stretches)
            }
            if obstacle.from < obstacle.to { stretches.append(obstacle) }
            free = obstacle.to
        }
        return tiled(stretches)
    }

    func hourOfWeek(at second: Int64) -> Int {
        Int(hoursOfWeek[min(max(Int((second + Self.warmUpSeconds) / 3_600), 0), hoursOfWeek.count - 1)])
    }

    private func tiled(_ stretches: [Stretch]) -> [Stretch] {
        var result: [Stretch] = []
        func append(_ from: Int64, _ to: Int64, _ status: ChargingStatus) {
            guard from < to else { return }
            if let last = result.last, last.status == status {
                result[result.count - 1].to = to
            } else {
                result.append(Stretch(from: from, to: to, status: status))
            }
        }
        var reached: Int64 = 0
        for stretch in stretches where stretch.to > 0 && stretch.from < length {
            append(reached, max(stretch.from, 0), .available)
            append(max(stretch.from, 0), min(stretch.to, length), stretch.status)
            reached = min(stretch.to, length)
        }
        append(reached, length, .available)
        return result
    }

    /// Disruptions with the absences laid over them, in order and without overlap.
    private func obstacles(of point: PointBlueprint, in station: StationBlueprint) -> [Stretch] {
        var result = disruptions(of: point)
        for absence in [station.absence, point.absence].compactMap(\.self) {
            let from = max(absence.lowerBound, -Self.warmUpSeconds)
            let to = min(absence.upperBound, length)
            guard from < to else { continue }
            result = result.flatMap { stretch in
                [
                    Stretch(from: stretch.from, to: min(stretch.to, from), status: stretch.status),
                    Stretch(from: max(stretch.from, to), to: stretch.to, status: stretch.status),
                ].filter { $0.from < $0.to }
            }
            result.append(Stretch(from: from, to: to, status: .absent))
            result.sort { $0.from < $1.from }
        }
        return result
    }

    private func disruptions(of point: PointBlueprint) -> [Stretch] {
        let down = point.reportsOutOfOrder ? ChargingStatus.outOfOrder : .inoperative
        switch point.role {
        case .faulty: return [Stretch(from: -Self.warmUpSeconds, to: length, status: down)]
        case .planned: return [Stretch(from: -Self.warmUpSeconds, to: length, status: .planned)]
        case .normal, .neverUsed: break
        }
        var stream = RandomStream(seed: seed, .disruptions, UInt64(point.uid))
        var result: [Stretch] = []
        var second = -Self.warmUpSeconds
        while true {
            second += 60 + Int64(stream.exponential(mean: Self.secondsBetweenDisruptions))
            guard second < length else { return result }
            let isOutage = stream.chance(Self.outageShare)
            let mean = isOutage ? Self.meanOutageSeconds : Self.meanSilenceSeconds
            let end = second + 60 + Int64(stream.exponential(mean: mean))
            result.append(Stretch(from: second, to: min(end, length), status: isOutage ? down : .unknown))
            second = end
        }
    }

    /// One disruption in twelve days; three of ten are outages of 16 h on average, the others 50 min of silence.
    private static let secondsBetweenDisruptions = 1_036_800.0
    private static let outageShare = 0.3
    private static let meanOutageSeconds = 57_600.0
    private static let meanSilenceSeconds = 3_000.0
}

/// Draws the sessions of one point, one after the other.
private struct SessionWalk {
    let point: PointBlueprint
    let builder: TimelineBuilder
    let profile: DemandProfile
    /// Mean seconds between two proposed arrivals at the busiest hour.
    let meanProposal: Double
    var stream: RandomStream

    init(point: PointBlueprint, station: StationBlueprint, builder: TimelineBuilder) {
        self.point = point
        self.builder = builder
        profile = station.kind == .direct ? .direct : .alternating
        let meanGap = profile.meanDuration * (1 - point.demand) / point.demand
        meanProposal = meanGap / profile.largestWeight
        stream = RandomStream(seed: builder.seed, .sessions, UInt64(point.uid))
    }

    /// A Poisson process by thinning (Lewis, Shedler 1979) that pauses while the point is occupied.
    mutating func walk(from begin: Int64, to end: Int64, into stretches: inout [Stretch]) {
        var free = begin
        var second = Double(begin)
        while true {
            second += stream.exponential(mean: meanProposal)
            let start = Int64(second.rounded(.down))
            guard start < end else { return }
            let hour = builder.hourOfWeek(at: start)
            guard stream.uniform() * profile.largestWeight < profile.weights[hour] else { continue }
            let arrival = max(start, free + Self.turnAroundSeconds)
            let stop = min(arrival + profile.duration(hourOfWeek: hour, &stream), end)
            guard arrival < stop else { return }
            reserve(before: arrival, after: free, into: &stretches)
            occupy(from: arrival, to: stop, into: &stretches)
            free = stop
            second = Double(stop)
        }
    }

    private static let turnAroundSeconds: Int64 = 45
    private static let reservedShare = 0.02
    private static let longestReservation = 1_800.0

    private mutating func reserve(before arrival: Int64, after free: Int64, into stretches: inout [Stretch]) {
        guard point.reservability != .never, stream.chance(Self.reservedShare) else { return }
        let from = max(arrival - Int64(stream.uniform(300, Self.longestReservation)), free + Self.turnAroundSeconds)
        if from < arrival { stretches.append(Stretch(from: from, to: arrival, status: .reserved)) }
    }

    private func occupy(from: Int64, to: Int64, into stretches: inout [Stretch]) {
        let fourHours: Int64 = 14_400
        guard point.reportsBlocked, to - from > fourHours else {
            stretches.append(Stretch(from: from, to: to, status: .charging))
            return
        }
        stretches.append(Stretch(from: from, to: from + fourHours, status: .charging))
        stretches.append(Stretch(from: from + fourHours, to: to, status: .blocked))
    }
}
