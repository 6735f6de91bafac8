/// A value that never prints: an API key, a password.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The value itself. Only for the place that sends it.
    public let exposed: String

    /// Wraps a secret.
    public init(_ value: String) {
        exposed = value
    }

    public var description: String { "<redacted>" }
    public var debugDescription: String { "<redacted>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
