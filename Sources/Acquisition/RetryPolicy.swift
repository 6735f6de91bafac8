package import ChargingModel

/// When and how often a failed request is repeated: exponential backoff with full jitter, inside the slot's budget.
///
/// - SeeAlso: Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015; RFC 9110, section 10.2.3.
public struct RetryPolicy: Hashable, Sendable {
    /// Most requests for one page, the first included.
    public var maximumAttempts = 4
    /// The longest first wait; each further one may be twice as long.
    public var base: Duration = .seconds(2)
    /// The longest wait that we choose.
    public var ceiling: Duration = .seconds(60)
    /// The longest wait that a server may ask for with `Retry-After`.
    public var retryAfterCeiling: Duration = .seconds(600)
    /// The part of a slot's interval in which its poll may send requests.
    public var budgetShare = 0.8

    /// Creates the documented defaults.
    public init() {}

    package enum Decision: Hashable, Sendable {
        case again(at: UTCTime)
        /// With the reason, where it is not simply that the attempts are used up.
        case giveUp(reason: String?)
    }

    /// Decides after a transient failure.
    ///
    /// `attempt` counts the requests sent so far, at least 1; `retryAfter` is the wait that the server asked for;
    /// `unit` is a number in `0..<1`.
    package func decide(attempt: Int, retryAfter: Duration?, now: UTCTime, deadline: UTCTime, unit: Double) -> Decision
    {
        guard attempt < maximumAttempts else { return .giveUp(reason: nil) }
        let left = deadline.duration(since: now)
        if let retryAfter {
            let wait = max(.zero, retryAfter)
            guard wait <= retryAfterCeiling else {
                return .giveUp(
                    reason: "Retry-After of \(wait.spokenText) is over the cap of \(retryAfterCeiling.spokenText)"
                )
            }
            guard wait < left else {
                return .giveUp(
                    reason: "Retry-After of \(wait.spokenText) exceeds the \(left.spokenText) left in the slot"
                )
            }
            return .again(at: now.advanced(by: wait))
        }
        let window = min(ceiling, base * (1 << min(attempt - 1, 20)))
        let wait = window * unit
        guard wait < left else { return .giveUp(reason: "no time left in the slot for another try") }
        return .again(at: now.advanced(by: wait))
    }

    /// When a poll of a slot must be over.
    ///
    /// The slot's budget, or the capture deadline where that is earlier. A poll that starts late (a single poll by hand)
    /// still gets the rest share of the interval, so that it can send one request.
    package func deadline(slot: UTCTime, interval: Int, start: UTCTime, captureDeadline: Duration) -> UTCTime {
        let whole = Duration.seconds(interval)
        let budgetEnd = slot.advanced(by: whole * budgetShare)
        let least = start.advanced(by: whole * (1 - budgetShare))
        return min(max(budgetEnd, least), start.advanced(by: captureDeadline))
    }
}

/// Reads `Retry-After`: seconds, or a date in the form that RFC 9110 (5.6.7) prefers.
package enum RetryAfter {
    /// The wait from `now`; `nil` where the field has another form.
    package static func wait(_ field: String, now: UTCTime) -> Duration? {
        let text = field.trimmingBlanks
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return .seconds(Int64(text.prefix(10)) ?? .max)
        }
        return date(text).map { max(.zero, $0.duration(since: now)) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func date(_ text: Substring) -> UTCTime? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[0].hasSuffix(","),
            let dayOfMonth = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])),
            let year = Int(parts[3]), let day = UTCDay(year: year, month: month + 1, day: dayOfMonth),
            let time = UTCTime("\(day)T\(parts[4])Z")
        else { return nil }
        return time
    }
}

extension StringProtocol {
    /// The text without blanks and tabs at its ends.
    var trimmingBlanks: Substring {
        var rest = Substring(self)
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
