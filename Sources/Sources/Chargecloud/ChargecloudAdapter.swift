public import ChargingModel

/// chargecloud's surfaces (`docs/feeds/chargecloud.md`).
public enum ChargecloudSurface: String, CaseIterable, Hashable, Sendable {
    /// A: the public map, one answer a city, no parameters.
    case poi = "chargecloud-poi"
    /// B: the operators' app, in pages by offset or one bounding box.
    case app = "chargecloud-app"
    /// C: AFIR over REST, in pages by cursor, with a key.
    case afir = "chargecloud-afir"
}

/// The adapter of chargecloud's public surfaces.
public struct ChargecloudAdapter: FeedAdapter {
    /// Pages of one answer; more than this is a server that never ends.
    ///
    /// 500 × 100 stations.
    public static let mostPages = 500
    static let defaultPageSize = 100

    /// The surface that this adapter speaks to.
    public let surface: ChargecloudSurface

    /// What the status texts mean.
    public let statuses: StatusMap

    /// Creates the adapter of a surface; without a map of its own it reads statuses by the one of this version.
    public init(_ surface: ChargecloudSurface, statuses: StatusMap = StatusMaps.builtIn["chargecloud"]) {
        self.surface = surface
        self.statuses = statuses
    }

    /// The surface's name, for example `chargecloud-poi`.
    public var id: String { surface.rawValue }
    /// The same for all surfaces, since they share object ids.
    public var family: String { "chargecloud" }
    /// Raised whenever the same bytes would map to other values.
    public var mappingVersion: Int { 2 }
    /// What the status texts mean.
    public var statusMap: StatusMap? { statuses }

    /// The request of the first page.
    public func firstRequest(for feed: FeedDescriptor, credential: Secret?) throws -> FeedRequest {
        switch surface {
        case .poi:
            return FeedRequest(url: feed.url)
        case .app:
            if feed.paging == .boundingBox { return try boxRequest(for: feed) }
            return offsetRequest(for: feed, offset: 0)
        case .afir:
            return try cursorRequest(for: feed, cursor: nil, credential: credential)
        }
    }

    /// The request of the page after `page`; `nil` where there is none.
    public func nextRequest(
        after page: [UInt8],
        number: Int,
        for feed: FeedDescriptor,
        credential: Secret?
    ) throws -> FeedRequest? {
        if surface == .poi || feed.paging == .boundingBox { return nil }
        let answer = try ChargecloudAnswer(page, surface: surface)
        if number <= 1, answer.parts.elements.isEmpty { throw answer.emptyFault }
        let next: FeedRequest?
        if surface == .app {
            let size = pageSize(of: feed)
            let isLast = answer.parts.elements.count < size
            next = isLast ? nil : offsetRequest(for: feed, offset: number.multipliedReportingOverflow(by: size).0)
        } else {
            next = try answer.next.map { try cursorRequest(for: feed, cursor: $0, credential: credential) }
        }
        guard next == nil || number < Self.mostPages else {
            throw AnswerFault(
                .suspect,
                "there are more pages after page \(number) (expected at most \(Self.mostPages))"
            )
        }
        return next
    }

    /// Splits one page.
    ///
    /// Surface A must hold at least one station. On B and C a later page can be empty; an empty first one is a fault
    /// of ``nextRequest(after:number:for:credential:)``.
    public func split(_ page: [UInt8]) throws -> AnswerParts {
        let answer = try ChargecloudAnswer(page, surface: surface)
        if surface == .poi, answer.parts.elements.isEmpty { throw answer.emptyFault }
        return answer.parts
    }

    /// As ``JSONListAnswer`` splits.
    public var splitsAtBrackets: Bool { true }

    /// Maps one station element.
    public func map(_ element: ArraySlice<UInt8>, feed: FeedDescriptor) -> MappedStation {
        ChargecloudMapping.map(element, feed: feed, surface: surface, statuses: statuses)
    }

    private func pageSize(of feed: FeedDescriptor) -> Int { max(1, feed.pageSize ?? Self.defaultPageSize) }

    private func offsetRequest(for feed: FeedDescriptor, offset: Int) -> FeedRequest {
        FeedRequest(url: feed.url.addingQuery([("offset", "\(offset)"), ("limit", "\(pageSize(of: feed))")]))
    }

    private func boxRequest(for feed: FeedDescriptor) throws -> FeedRequest {
        guard let box = feed.boundingBox else {
            throw SourceError(
                .badDescriptor,
                subject: feed.id.description,
                detail: "\"bounding_box\" is missing (expected one where \"paging\" is \"bounding_box\")",
                remedy: "add \"bounding_box\" to the feed's descriptor"
            )
        }
        let corners = [("swlat", box.south), ("swlng", box.west), ("nelat", box.north), ("nelng", box.east)]
        return FeedRequest(url: feed.url.addingQuery(corners.map { ($0.0, "\($0.1)") }))
    }

    private func cursorRequest(for feed: FeedDescriptor, cursor: String?, credential: Secret?) throws -> FeedRequest {
        guard let credential, !credential.exposed.isEmpty else {
            throw SourceError(
                .missingCredential,
                subject: feed.id.description,
                detail: "there is no key (expected one for the header X-Api-Key)",
                remedy: "set the feed's credential in the configuration"
            )
        }
        let query = [("limit", "\(pageSize(of: feed))")] + (cursor.map { [("cursor", $0)] } ?? [])
        return FeedRequest(url: feed.url.addingQuery(query), headers: [(name: "X-Api-Key", value: credential)])
    }
}

extension String {
    /// This address with query items; values are percent-encoded (RFC 3986, unreserved characters stay).
    fileprivate func addingQuery(_ items: [(name: String, value: String)]) -> String {
        var text = self
        for item in items {
            text += text.contains("?") ? "&" : "?"
            text += item.name + "=" + item.value.percentEncoded
        }
        return text
    }

    private var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
