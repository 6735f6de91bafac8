/// A value that never prints: an API key, a password.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The value itself.
    ///
    /// Only for the place that sends it.
    public let exposed: String

    /// Wraps a secret.
    public init(_ value: String) {
        exposed = value
    }

    /// A fixed text that does not show the value.
    public var description: String { "<redacted>" }
    /// A fixed text that does not show the value.
    public var debugDescription: String { "<redacted>" }
    /// A mirror without children, so that no dump shows the value.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
