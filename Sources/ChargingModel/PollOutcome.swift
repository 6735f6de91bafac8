/// How a poll ended.
///
/// Only `ok` makes observations; every other outcome is a missed poll.
public enum PollOutcome: String, CaseIterable, Hashable, Sendable, Codable {
    /// A usable answer, also one that the server said had not changed.
    case ok
    /// HTTP 200 with an answer that cannot be trusted: empty, an error envelope, less than half of the usual objects.
    case suspect
    /// The body is not what the feed's format says: HTML, cut JSON, invalid UTF-8, too deep.
    case malformed
    /// The server answered with another HTTP status than 200 and 304.
    case httpError
    /// Connecting or answering took longer than the deadline.
    case timeout
    /// The connection was refused, reset, or the name did not resolve.
    case connectionFailed
    /// TLS failed: the certificate is wrong or the handshake broke.
    case tlsFailed
    /// The body is larger than the cap.
    case tooLarge
    /// Too many redirects.
    case redirectLoop
    /// The poll was not sent: the circuit breaker of its host is open.
    case skipped
    /// A recorded series has no answer for the slot.
    case missing
}
