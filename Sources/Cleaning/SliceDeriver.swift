import ChargingModel
import RawArchive
import Sources

/// Derives one slice from the polls of a day, in the order of slots.
///
/// A pure state machine over good polls. An unchanged station costs one pointer comparison a poll; only what changed
/// is looked at.
struct SliceDeriver {
    let midnight: UTCTime
    let interval: Int
    let maximumGap: Int

    private(set) var stations: [String: VersionHistory<ChargingStation>]
    private(set) var operators: [String: VersionHistory<ChargingOperator>]
    private(set) var points: TrackedObjects<PlacedPoint>
    private(set) var connectors: TrackedObjects<PlacedConnector>
    private(set) var rejects = RejectLog()
    private(set) var read = RecordCounts()
    private(set) var kept = RecordCounts()
    private(set) var rejected = RecordCounts()
    /// Good polls of the day.
    private(set) var goodPolls = 0
    /// The last good poll, of this day or carried in.
    private(set) var lastGoodPoll: UTCTime?

    /// The timeline of an object that is in no answer.
    private var unseen: ObjectTimeline
    private var previous: [Answer.Element] = []
    private var present = PresentObjects()
    /// Whether the next answer has to be looked at whole: after a start, a gap, an answer with repetitions.
    private var needsFullLook = true

    init(day: UTCDay, feed: FeedDescriptor, rules: CleaningRules, carry: Carry?) {
        midnight = day.start
        interval = feed.intervalSeconds
        maximumGap = rules.maximumGapIntervals * feed.intervalSeconds
        stations = (carry?.stations ?? [:]).mapValues(VersionHistory.init(carried:))
        operators = (carry?.operators ?? [:]).mapValues(VersionHistory.init(carried:))
        points = TrackedObjects(carried: carry?.points ?? [:], midnight: day.start)
        connectors = TrackedObjects(carried: carry?.connectors ?? [:], midnight: day.start)
        lastGoodPoll = carry?.lastGoodPoll
        unseen = ObjectTimeline(
            midnight: day.start,
            state: ObservedState(status: carry == nil ? .unobserved : .absent)
        )
    }

    /// Takes the answer of a good poll.
    mutating func observe(_ answer: Answer, at slot: UTCTime) {
        bridgeOrBreak(until: slot)
        if needsFullLook || !isSameStructure(answer.elements) {
            lookAtAll(answer, at: slot)
        } else {
            for (index, element) in answer.elements.enumerated() where element.occurrence != previous[index].occurrence
            {
                if let station = element.content.station { see(station, at: slot, answer.sourceTime) }
            }
        }
        count(answer, at: slot)
        previous = answer.elements
        goodPolls += 1
        lastGoodPoll = slot
    }

    /// Ends the day.
    mutating func finish(_ tail: SliceTail) {
        let end = midnight.adding(seconds: 86_400)
        if tail != .complete, tail != .continued, let lastGoodPoll {
            loseSight(at: max(midnight, lastGoodPoll.adding(seconds: interval)))
        }
        let boundary: IntervalBoundary = tail == .open ? .open : .midnight
        let ownLast = goodPolls > 0 ? lastGoodPoll : nil
        points.finish(at: end, polls: goodPolls, by: boundary, lastGoodPoll: ownLast)
        connectors.finish(at: end, polls: goodPolls, by: boundary, lastGoodPoll: ownLast)
        guard let ownLast else { return }
        for id in present.stations { stations[id]?.stay(until: ownLast) }
        for id in present.operators { operators[id]?.stay(until: ownLast) }
    }

    /// What the next day takes over; `nil` where nothing was ever seen.
    var carry: Carry? {
        guard let lastGoodPoll else { return nil }
        let isDayObserved = goodPolls > 0
        return Carry(
            lastGoodPoll: lastGoodPoll,
            stations: stations.compactMapValues { $0.isSeen || !isDayObserved ? $0.last : nil },
            operators: operators.compactMapValues { $0.isSeen || !isDayObserved ? $0.last : nil },
            points: points.carry(isDayObserved: isDayObserved),
            connectors: connectors.carry(isDayObserved: isDayObserved)
        )
    }
}

extension SliceDeriver {
    /// A short gap is bridged: the state holds.
    ///
    /// A long one ends it one interval after the last sighting.
    private mutating func bridgeOrBreak(until slot: UTCTime) {
        guard let lastGoodPoll, slot.seconds(since: lastGoodPoll) > maximumGap else { return }
        loseSight(at: max(midnight, lastGoodPoll.adding(seconds: interval)))
        needsFullLook = true
    }

    private mutating func loseSight(at time: UTCTime) {
        points.loseSight(at: time, polls: goodPolls)
        connectors.loseSight(at: time, polls: goodPolls)
        unseen.turn(to: ObservedState(status: .unobserved), at: time, polls: goodPolls)
    }

    private func isSameStructure(_ elements: [Answer.Element]) -> Bool {
        elements.count == previous.count
            && zip(elements, previous).allSatisfy { now, before in
                now.occurrence == before.occurrence || now.content.hasSameObjects(as: before.content)
            }
    }

    /// Looks at every station of the answer, and finds repetitions and what is missing.
    private mutating func lookAtAll(_ answer: Answer, at slot: UTCTime) {
        var now = PresentObjects(answer.elements.lazy.map(\.content.mapped.record))
        for (index, element) in answer.elements.enumerated() {
            guard let record = element.content.mapped.record, let whole = element.content.station else { continue }
            let admission = now.admit(record, element: index)
            for repetition in admission.repetitions {
                let place = answer.place(of: index)
                rejects.add(repetition, elementPointer: place.pointer, slot: slot, digest: place.digest)
                rejected += RecordCounts(one: repetition.kind)
                kept -= RecordCounts(one: repetition.kind)
            }
            if let owner = record.station.operator, now.operators.insert(owner.sourceID).inserted {
                let wasPresent = present.operators.contains(owner.sourceID)
                _ = note(Shared(owner), owner.sourceID, in: \.operators, wasPresent: wasPresent, at: slot)
            }
            let station = admission.isWhole ? whole : SeenStation(of: admission.record)
            see(station, at: slot, answer.sourceTime, isRepeatedStation: admission.isRepeatedStation)
        }
        points.markAbsent(except: now.points, at: slot, polls: goodPolls, lastGoodPoll: lastGoodPoll)
        connectors.markAbsent(except: now.connectors, at: slot, polls: goodPolls, lastGoodPoll: lastGoodPoll)
        if unseen.state.status != .absent {
            unseen.turn(to: ObservedState(status: .absent), at: slot, polls: goodPolls)
        }
        if let lastGoodPoll {
            for id in present.stations.subtracting(now.stations) { stations[id]?.stay(until: lastGoodPoll) }
            for id in present.operators.subtracting(now.operators) { operators[id]?.stay(until: lastGoodPoll) }
        }
        present = now
        needsFullLook = now.hadRepetition
    }

    private mutating func see(
        _ seen: SeenStation,
        at slot: UTCTime,
        _ sourceTime: UTCTime?,
        isRepeatedStation: Bool = false
    ) {
        let id = seen.attributes.value.sourceID
        let wasPresent = present.stations.contains(id)
        let isNewVersion =
            !isRepeatedStation && note(seen.attributes, id, in: \.stations, wasPresent: wasPresent, at: slot)
        let moment = TrackingMoment(slot: slot, polls: goodPolls, lastGoodPoll: lastGoodPoll, isCut: isNewVersion)
        for item in seen.points {
            let parkingSensor = item.attributes.value.point.parkingSensorStatus
            let state = ObservedState(item.status, sourceTime, parkingSensor: parkingSensor)
            points.see(item.id, item.attributes, state, moment, unseen: unseen)
            for plug in item.connectors {
                let state = ObservedState(plug.status, sourceTime)
                connectors.see(plug.id, plug.attributes, state, moment, unseen: unseen)
            }
        }
    }

    /// Notes the attributes of a station or operator.
    ///
    /// - Returns: Whether they are a new version.
    private mutating func note<Attributes: Versioned>(
        _ attributes: Shared<Attributes>,
        _ id: String,
        in histories: WritableKeyPath<SliceDeriver, [String: VersionHistory<Attributes>]>,
        wasPresent: Bool,
        at slot: UTCTime
    ) -> Bool {
        if wasPresent, let lastGoodPoll { self[keyPath: histories][id]?.stay(until: lastGoodPoll) }
        if let isNew = self[keyPath: histories][id]?.see(attributes, at: slot) { return isNew }
        self[keyPath: histories][id] = VersionHistory(firstSeen: attributes, at: slot)
        return false
    }

    /// Read = kept + rejected, record by record, over every good poll.
    private mutating func count(_ answer: Answer, at slot: UTCTime) {
        for name in answer.unknownFields {
            let finding = QualityFinding(rule: "unknown_envelope_field", kind: .station, subject: name)
            rejects.add(finding, elementPointer: "/\(name)", slot: slot, digest: answer.pages[0].digest)
        }
        read += answer.read
        kept += answer.kept
        for index in answer.noted {
            let mapped = answer.elements[index].content.mapped
            let place = answer.place(of: index)
            for reject in mapped.rejects {
                rejects.add(reject, elementPointer: place.pointer, slot: slot, digest: place.digest)
                rejected += RecordCounts(one: reject.kind)
            }
            for finding in mapped.findings {
                rejects.add(finding, elementPointer: place.pointer, slot: slot, digest: place.digest)
            }
        }
    }
}
