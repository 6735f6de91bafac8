/// How feeds are asked: identity, limits, patience and politeness.
///
/// ## Configuration keys
/// `acquisition.contact`, `acquisition.request_deadline_s`, `acquisition.max_page_bytes`, `acquisition.host_limit` and
/// so on; `docs/guide/acquisition.md` lists them with their defaults.
public struct AcquisitionConfiguration: Hashable, Sendable {
    /// The version of Chargehouse that the server is told: `0.1.0`.
    public var version: String
    /// Where an operator of a server reaches the collector: an address or a page.
    public var contact: String
    /// Who polls, for the poll log: host name and process.
    public var collector: String
    /// What bounds one request and one capture.
    public var limits = RequestLimits()
    /// When and how often a failed request is repeated.
    public var retry = RetryPolicy()
    /// How hard hosts may be asked.
    public var politeness = Politeness()
    /// A PEM file of certificates that are trusted beside the system's; `nil` for the system's only.
    public var trustRootsFile: String?

    /// Creates a configuration with the documented defaults.
    public init(version: String, contact: String, collector: String) {
        self.version = version
        self.contact = contact
        self.collector = collector
    }

    /// The `User-Agent` of every request: `chargehouse/0.1.0 (+https://example.org)`.
    public var userAgent: String { "chargehouse/\(version) (+\(contact))" }
}

/// Bounds of one request and of one capture.
public struct RequestLimits: Hashable, Sendable {
    /// From sending the request to the last byte of its body, redirects included.
    public var requestDeadline: Duration = .seconds(30)
    /// From opening a connection until it can be used.
    public var connectDeadline: Duration = .seconds(10)
    /// From the first request of a poll to the last byte of its last page, repetitions included.
    public var captureDeadline: Duration = .seconds(300)
    /// Largest body of a page after content decoding.
    public var maximumPageBytes = 16 << 20  // 20 times the largest known answer (0.7 MB)
    /// Largest sum of the pages of a capture.
    public var maximumCaptureBytes = 32 << 20
    /// Most of an error answer's body that is kept; the rest is not read.
    public var maximumErrorBytes = 64 << 10
    /// Most pages of a capture.
    public var maximumPages = 200
    /// Most redirects of a request.
    public var maximumRedirects = 5

    /// Creates the documented defaults.
    public init() {}
}

/// How hard hosts may be asked.
public struct Politeness: Hashable, Sendable {
    /// Most requests at once to one host.
    public var hostLimit = 2
    /// Least time between the starts of two requests to one host.
    public var hostSpacing: Duration = .milliseconds(100)
    /// Most requests at once.
    public var overallLimit = 8
    /// Failures to connect or answer in a row after which a host is left alone.
    public var breakerThreshold = 5
    /// How long a host is left alone.
    public var breakerCoolDown: Duration = .seconds(300)  // half of the common interval: each round tries once

    /// Creates the documented defaults.
    public init() {}
}
