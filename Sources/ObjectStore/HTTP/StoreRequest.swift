/// One request to a store or to a source of credentials.
package struct StoreRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// `GET`, `PUT`, `POST`, `DELETE`, `HEAD`.
    package var method: String
    package var address: StoreAddress
    /// Names in lower case; the host, which the address has, is not among them.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(_ method: String, _ address: StoreAddress, headers: [String: String] = [:], body: [UInt8] = []) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
    }

    /// Method and address, without header fields, which hold credentials.
    package var description: String { "\(method) \(address.url)" }
    /// A mirror without children, so that no dump shows a header field.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// An address in the parts that are signed.
package struct StoreAddress: Hashable, Sendable {
    /// `http` or `https`.
    package var scheme: String
    /// As the `Host` field has it: `127.0.0.1:5000`; the usual port of the scheme is left out.
    package var host: String
    /// Begins with a slash.
    package var encodedPath: String
    /// `name=value` joined by `&`, in the order of the encoded text; empty without a query.
    package var encodedQuery: String

    /// Encodes path and query.
    package init(scheme: String, host: String, path: String, query: [(name: String, value: String)] = []) {
        self.scheme = scheme
        self.host = host
        encodedPath = AddressEncoding.path(path)
        let items = query.map { (AddressEncoding.component($0.name), AddressEncoding.component($0.value)) }
        encodedQuery = items.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    /// Takes over what is encoded already.
    init(scheme: String, host: String, encodedPath: String, encodedQuery: String) {
        self.scheme = scheme
        self.host = host
        self.encodedPath = encodedPath
        self.encodedQuery = encodedQuery
    }

    /// The whole address.
    package var url: String {
        "\(scheme)://\(host)\(encodedPath)" + (encodedQuery.isEmpty ? "" : "?\(encodedQuery)")
    }
}

/// A whole answer.
package struct StoreAnswer: Hashable, Sendable {
    package var status: Int
    /// Names in lower case; the last value of a name that came several times.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Bounds of one request.
package struct ExchangeLimits: Hashable, Sendable {
    /// From the call to the last byte of the body, before the time for the announced bytes is added.
    package var deadline: Duration
    /// Adds to the deadline: the bytes that the answer announces, at this speed.
    package var slowestBytesPerSecond: Int
    /// Largest body of an answer with a status of 200 to 299.
    package var maximumBytes: Int
    /// Largest body of any other answer.
    package var maximumErrorBytes: Int

    package init(
        deadline: Duration,
        slowestBytesPerSecond: Int = 65_536,
        maximumBytes: Int,
        maximumErrorBytes: Int = 65_536
    ) {
        self.deadline = deadline
        self.slowestBytesPerSecond = slowestBytesPerSecond
        self.maximumBytes = maximumBytes
        self.maximumErrorBytes = maximumErrorBytes
    }
}

/// Why a request has no answer; its text holds no credential.
package struct ExchangeFault: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case timeout
        case connectionFailed
        case tlsFailed
        case tooLarge
        case malformed
        /// The task was cancelled: no finding about the server.
        case cancelled
    }

    package var kind: Kind
    /// Found and expected.
    package var detail: String

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    /// Whether the same request may succeed a moment later.
    package var isTransient: Bool {
        switch kind {
        case .timeout, .connectionFailed: true
        case .tlsFailed, .tooLarge, .malformed, .cancelled: false
        }
    }
}

/// The way to a server: sends one request and returns the whole answer, of whatever status; follows no redirect.
package struct StoreTransport: Sendable {
    package var send: @Sendable (StoreRequest, ExchangeLimits) async throws(ExchangeFault) -> StoreAnswer

    package init(
        send: @escaping @Sendable (StoreRequest, ExchangeLimits) async throws(ExchangeFault) -> StoreAnswer
    ) {
        self.send = send
    }
}
