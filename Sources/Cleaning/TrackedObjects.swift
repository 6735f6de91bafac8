import ChargingModel

/// A charging point or connector within a slice: its attributes over time and its status over time.
struct TrackedObject<Attributes: Versioned> {
    var history: VersionHistory<Attributes>
    var timeline: ObjectTimeline
    /// The last state seen at a good poll; differs from the timeline's where a gap follows.
    var lastSeen: ObservedState
    var isPresent: Bool

    /// The object stands in an answer again.
    fileprivate mutating func see(_ attributes: Shared<Attributes>, _ state: ObservedState, _ moment: TrackingMoment) {
        if isPresent, let lastGoodPoll = moment.lastGoodPoll { history.stay(until: lastGoodPoll) }
        let isNewVersion = history.see(attributes, at: moment.slot)
        if timeline.state.status != state.status {
            timeline.turn(to: state, at: moment.slot, polls: moment.polls)
        } else if isNewVersion || moment.isCut {
            timeline.turn(to: state, at: moment.slot, polls: moment.polls, by: .version)
        } else if !timeline.state.readsLike(state) {
            timeline.turn(to: state, at: moment.slot, polls: moment.polls, by: .text)
        }
        lastSeen = state
        isPresent = true
    }
}

/// The poll at which objects are looked at.
struct TrackingMoment {
    let slot: UTCTime
    /// Good polls of the day before this one.
    let polls: Int
    let lastGoodPoll: UTCTime?
    /// Whether something else cuts the intervals: a new version of the station.
    let isCut: Bool
}

/// All charging points, or all connectors, of a slice.
struct TrackedObjects<Attributes: Versioned> {
    private(set) var objects: [String: TrackedObject<Attributes>] = [:]

    init(carried: [String: CarriedObject<Attributes>], midnight: UTCTime) {
        objects = carried.mapValues { object in
            TrackedObject(
                history: VersionHistory(carried: object.run),
                timeline: ObjectTimeline(midnight: midnight, state: object.state),
                lastSeen: object.state,
                isPresent: object.state.status != .absent
            )
        }
    }

    /// An object stands in an answer.
    ///
    /// `unseen` is the timeline of an object that was in no answer so far.
    mutating func see(
        _ id: String,
        _ attributes: Shared<Attributes>,
        _ state: ObservedState,
        _ moment: TrackingMoment,
        unseen: ObjectTimeline
    ) {
        guard let index = objects.index(forKey: id) else {
            var timeline = unseen
            timeline.turn(to: state, at: moment.slot, polls: moment.polls)
            objects[id] = TrackedObject(
                history: VersionHistory(firstSeen: attributes, at: moment.slot),
                timeline: timeline,
                lastSeen: state,
                isPresent: true
            )
            return
        }
        objects.values[index].see(attributes, state, moment)
    }

    /// Every object that is not in `present` is missing from the answer at `slot`.
    mutating func markAbsent(except present: Set<String>, at slot: UTCTime, polls: Int, lastGoodPoll: UTCTime?) {
        let absent = ObservedState(status: .absent)
        for index in objects.values.indices where !present.contains(objects.keys[index]) {
            if objects.values[index].isPresent, let lastGoodPoll {
                objects.values[index].history.stay(until: lastGoodPoll)
            }
            objects.values[index].isPresent = false
            objects.values[index].lastSeen = absent
            if objects.values[index].timeline.state.status != .absent {
                objects.values[index].timeline.turn(to: absent, at: slot, polls: polls)
            }
        }
    }

    /// The observation breaks off at `time`.
    mutating func loseSight(at time: UTCTime, polls: Int) {
        for index in objects.values.indices {
            objects.values[index].timeline.turn(to: ObservedState(status: .unobserved), at: time, polls: polls)
        }
    }

    /// Ends the day.
    mutating func finish(at midnight: UTCTime, polls: Int, by boundary: IntervalBoundary, lastGoodPoll: UTCTime?) {
        for index in objects.values.indices {
            objects.values[index].timeline.finish(at: midnight, polls: polls, by: boundary)
            if let lastGoodPoll, objects.values[index].isPresent {
                objects.values[index].history.stay(until: lastGoodPoll)
            }
        }
    }

    /// What the next day takes over.
    ///
    /// `isDayObserved` tells whether the day had a good poll. Then an object that was not seen all day is forgotten;
    /// else all is handed on unchanged.
    func carry(isDayObserved: Bool) -> [String: CarriedObject<Attributes>] {
        objects.compactMapValues { object in
            guard object.history.isSeen || !isDayObserved else { return nil }
            return CarriedObject(run: object.history.last, state: object.lastSeen)
        }
    }
}
