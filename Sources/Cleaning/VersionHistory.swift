import ChargingModel

/// A time in which an object was seen with equal versioned attributes.
struct VersionRun<Attributes: Versioned> {
    /// As last seen in the run: volatile attributes are those of its end.
    var attributes: Shared<Attributes>
    var seenFrom: UTCTime
    var seenTo: UTCTime
}

/// The runs of equal attributes of one object within a slice.
struct VersionHistory<Attributes: Versioned> {
    private(set) var runs: [VersionRun<Attributes>]
    /// Whether the object was seen in the slice itself, not only carried in.
    private(set) var isSeen: Bool

    init(firstSeen attributes: Shared<Attributes>, at slot: UTCTime) {
        runs = [VersionRun(attributes: attributes, seenFrom: slot, seenTo: slot)]
        isSeen = true
    }

    init(carried run: VersionRun<Attributes>) {
        runs = [run]
        isSeen = false
    }

    /// Notes that the object was seen.
    ///
    /// - Returns: Whether a versioned attribute changed.
    mutating func see(_ attributes: Shared<Attributes>, at slot: UTCTime) -> Bool {
        let last = runs[runs.count - 1]
        let (old, new) = (last.attributes, attributes)
        let isSame =
            old.equals(new) || old.value.versioned == new.value.versioned && !new.value.isOther(than: old.value)
        let run = VersionRun(attributes: attributes, seenFrom: isSame && isSeen ? last.seenFrom : slot, seenTo: slot)
        if isSame || !isSeen {
            runs[runs.count - 1] = run
        } else {
            runs.append(run)
        }
        isSeen = true
        return !isSame
    }

    /// Extends the last run to the last poll in which the object was present unchanged.
    mutating func stay(until slot: UTCTime) {
        guard isSeen, slot > runs[runs.count - 1].seenTo else { return }
        runs[runs.count - 1].seenTo = slot
    }

    var last: VersionRun<Attributes> { runs[runs.count - 1] }
}
