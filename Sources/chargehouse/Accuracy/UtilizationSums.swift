/// Measured and true seconds of a set of points, and what their difference may be.
///
/// Sums add up: those of a world are the sums of its cities.
struct UtilizationSums {
    /// Occupied, as the warehouse measured it.
    var occupied = 0.0
    /// Observed, as the warehouse counts it.
    var observed = 0.0
    /// Without a usable poll.
    var unobserved = 0.0
    /// In any category.
    var known = 0.0
    var points = 0
    /// Occupied in truth, in the observed time.
    var trulyOccupied = 0.0
    /// Observed time with each point of the world counted once.
    var distinct = 0.0
    /// How much later ends were seen than beginnings, on average; half of the difference between the gaps in which
    /// occupied runs ended and those in which they began.
    var meanDelay = 0.0
    /// Variance of the occupied seconds, in s²: each change lies anywhere in the gap before the poll that saw it.
    var variance = 0.0
    /// In a status whose word the mapping does not know.
    var unmapped = 0.0
    /// In the status of another time, as a fault makes it and the warehouse cannot know it.
    var displaced = 0.0
    /// Sum over the points of the squares of their ``displaced`` seconds, s².
    var displacedSquares = 0.0
    /// Utilization of the busiest hour less that of the quietest, as measured.
    var hourlySpread = 0.0
    /// Absent, as the warehouse says, of points that were not absent for a second of that stretch.
    var falselyAbsent = 0.0

    var measured: Double { ratio(occupied, observed) }
    var truth: Double { ratio(trulyOccupied, distinct) }
    var error: Double { measured - truth }
    var coverage: Double { ratio(observed, observed + unobserved) }
    /// Seconds that the warehouse counts and that no point of the world had: points counted twice, or invented.
    var countedTwice: Double { observed - distinct }

    /// Three standard errors of polling, and what else may be wrong.
    var bound: Double {
        ratio(abs(meanDelay) + 3 * variance.squareRoot() + unmapped + displacement, observed)
    }

    /// What the displaced time may change: as much as the hours differ, and three standard errors of which points are
    /// occupied at either time; never more than itself.
    private var displacement: Double {
        let chance = 2 * measured * (1 - measured) * displacedSquares
        return min(displaced, displaced * hourlySpread + 3 * chance.squareRoot())
    }

    /// The error lies within the bound, no second is counted twice or lost, and no absence is invented.
    var isWithinBound: Bool { abs(error) <= bound && countedTwice == 0 && falselyAbsent == 0 }

    static func + (left: UtilizationSums, right: UtilizationSums) -> UtilizationSums {
        UtilizationSums(
            occupied: left.occupied + right.occupied,
            observed: left.observed + right.observed,
            unobserved: left.unobserved + right.unobserved,
            known: left.known + right.known,
            points: left.points + right.points,
            trulyOccupied: left.trulyOccupied + right.trulyOccupied,
            distinct: left.distinct + right.distinct,
            meanDelay: left.meanDelay + right.meanDelay,
            variance: left.variance + right.variance,
            unmapped: left.unmapped + right.unmapped,
            displaced: left.displaced + right.displaced,
            displacedSquares: left.displacedSquares + right.displacedSquares,
            hourlySpread: max(left.hourlySpread, right.hourlySpread),
            falselyAbsent: left.falselyAbsent + right.falselyAbsent
        )
    }

    private func ratio(_ part: Double, _ whole: Double) -> Double { whole > 0 ? part / whole : 0 }
}
