public import ChargingModel

/// An HTTP answer of a simulated feed.
public struct SimulatedResponse: Hashable, Sendable {
    /// The HTTP status.
    public var status: Int
    /// `Content-Type`.
    public var contentType: String
    /// Seconds of `Retry-After`, where it is sent.
    public var retryAfterSeconds: Int?
    /// The body.
    public var body: [UInt8]
}

extension SimulatedWorld {
    /// The body that the city's feed answers when nothing goes wrong: chargecloud's surface A, compact JSON.
    ///
    /// - Throws: ``SimulationError`` for an unknown city, or a time outside the world.
    /// - Complexity: O(points of the city), near the speed of copying.
    public func answer(city slug: String, at time: UTCTime) throws(SimulationError) -> [UInt8] {
        let city = try index(of: slug)
        return body(city: city, at: time, second: try second(at: time))
    }

    /// The answer as a client meets it, planned faults included.
    ///
    /// The first request of a slot is attempt 0.
    ///
    /// - Throws: ``SimulationError`` for an unknown city, or a time outside the world.
    public func response(
        city slug: String,
        at time: UTCTime,
        attempt: Int = 0
    ) throws(SimulationError) -> SimulatedResponse {
        let city = try index(of: slug)
        let second = try second(at: time)
        guard let fault = faultPlan.fault(city: city, at: time, attempt: attempt) else {
            return SimulatedResponse(
                status: 200,
                contentType: Self.json,
                body: body(city: city, at: time, second: second)
            )
        }
        return faulty(fault, city: city, at: time, second: second)
    }

    /// The fault planned for the slot in which `slot` lies; `nil` where the answer is in order.
    ///
    /// The first request of a slot is attempt 0; a 503 is gone at the next one.
    ///
    /// - Throws: ``SimulationError`` for an unknown city.
    public func plannedOutcome(
        city slug: String,
        slot: UTCTime,
        attempt: Int = 0
    ) throws(SimulationError) -> FeedFault? {
        faultPlan.fault(city: try index(of: slug), at: slot, attempt: attempt)
    }

    /// Every planned fault of the world at a first attempt, by slot and then by city.
    public func plannedFaults() -> [PlannedFault] {
        var faults: [PlannedFault] = []
        var slot = configuration.start.slot(every: configuration.slotSeconds)
        while slot < configuration.end {
            for (index, city) in SimulatedCity.all.enumerated() {
                if let fault = faultPlan.fault(city: index, at: slot, attempt: 0) {
                    faults.append(PlannedFault(city: city.slug, slot: slot, fault: fault))
                }
            }
            slot = slot.adding(seconds: configuration.slotSeconds)
        }
        return faults
    }

    func renderer(city: Int, second: Int32) -> AnswerRenderer {
        AnswerRenderer(template: templates[city], timeline: truth.timelines[city], second: second)
    }

    func body(city: Int, at time: UTCTime, second: Int32) -> [UInt8] {
        let renderer = renderer(city: city, second: second)
        guard eventPlan.isQuiet(city: city, second: second) else {
            return body(city: city, at: time, second: second) { _ in }
        }
        return bytes(of: renderer, head: Self.head, tail: tail(at: time))
    }

    /// The answer with its records changed: after the world's events, by `edit`.
    private func body(
        city: Int,
        at time: UTCTime,
        second: Int32,
        stampedAt stamp: UTCTime? = nil,
        edit: (inout AnswerParts) -> Void
    ) -> [UInt8] {
        var parts = renderer(city: city, second: second).parts()
        eventPlan.apply(to: &parts, city: city, at: time, second: second) { earlier in
            renderer(city: city, second: earlier)
        }
        edit(&parts)
        return parts.bytes(head: Self.head, tail: tail(at: stamp ?? time))
    }

    static let json = "application/json; charset=utf-8"

    /// The envelope before the stations.
    static let head = Array(
        (#"{"languages":{"de_DE":"German (Germany)","en_GB":"English (United Kingdom)"},"#
            + #""localesLanguageMap":{"de_DE":{"flag":"de","text":"Deutsch"},"en_GB":{"flag":"gb","text":"English"}},"#
            + #""currentLocale":"de_DE","data":["#).utf8
    )

    /// The envelope after the stations.
    func tail(at time: UTCTime, code: Int = 1_000, message: String = "Success") -> [UInt8] {
        let stamp = configuration.envelopeTimestamp ? ",\"timestamp\":\"\(BerlinTime.text(time))\"" : ""
        return Array("],\"status_code\":\(code),\"status_message\":\"\(message)\"\(stamp)}".utf8)
    }

    private func bytes(of renderer: AnswerRenderer, head: [UInt8], tail: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: renderer.capacity(head: head, tail: tail)) { buffer, count in
            count = unsafe renderer.render(head: head, tail: tail, into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    func faulty(_ fault: FeedFault, city: Int, at time: UTCTime, second: Int32) -> SimulatedResponse {
        let tail = tail(at: time)
        switch fault {
        case .unavailable:
            return .page(503, "Service Temporarily Unavailable", retryAfterSeconds: 1)
        case .serverError:
            return .page(500, "Internal Server Error")
        case .outage:
            return .page(502, "Bad Gateway")
        case .html:
            return .page(200, "Wartung")
        case .truncated:
            let whole = body(city: city, at: time, second: second)
            return .json(Array(whole.prefix(whole.count / 2)))
        case .empty:
            return .json(Self.head + tail)
        case .errorEnvelope:
            return .json(Self.head + self.tail(at: time, code: 2_000, message: "Generic client error"))
        case .mostMissing:
            let count = stationsBeforeLastPoints(of: city)
            let isQuiet = eventPlan.isQuiet(city: city, second: second)
            return .json(
                body(city: city, at: time, second: second) { parts in
                    let points = parts.pointCount
                    parts.stations.removeFirst(count)
                    // Moved and repeated points may have joined the stations that are left.
                    while !isQuiet, parts.pointCount * 5 > points * 2 { parts.stations.removeFirst() }
                }
            )
        case .tooManyRequests:
            return .page(429, "Too Many Requests", retryAfterSeconds: configuration.slotSeconds)
        case .frozen:
            let earlier = faultPlan.lastSlotBeforeFreeze(city: city, at: time)
            let earlierSecond = Int32(earlier.seconds - configuration.start.seconds)
            return .json(body(city: city, at: earlier, second: earlierSecond))
        case .repeatedElements:
            return .json(body(city: city, at: time, second: second) { $0.repeatElements() })
        case .lyingTimestamps:
            return lying(city: city, at: time, second: second)
        case .schemaDrift:
            return .json(body(city: city, at: time, second: second) { $0.drift() })
        }
    }

    private func lying(city: Int, at time: UTCTime, second: Int32) -> SimulatedResponse {
        let slot = time.slot(every: configuration.slotSeconds).seconds
        var stream = RandomStream(seed: configuration.seed, .lie, UInt64(city), UInt64(bitPattern: slot))
        // From two days late to two days ahead; a minute at least.
        let lie = { (stream: inout RandomStream) in
            time.adding(seconds: (60 + stream.index(below: 172_800)) * (stream.chance(0.5) ? 1 : -1))
        }
        let stamp = lie(&stream)
        let body = body(city: city, at: time, second: second, stampedAt: stamp) { parts in
            parts.stampPoints { BerlinTime.text(lie(&stream)) }
        }
        return .json(body)
    }

    /// Leading stations that hold at least 60 % of the city's points.
    private func stationsBeforeLastPoints(of city: Int) -> Int {
        let stations = templates[city].stations
        let points = stations.last?.points.upperBound ?? 0
        return stations.prefix { $0.points.lowerBound * 5 < points * 3 }.count
    }
}

extension SimulatedResponse {
    static func json(_ body: [UInt8]) -> SimulatedResponse {
        SimulatedResponse(status: 200, contentType: SimulatedWorld.json, body: body)
    }

    static func page(_ status: Int, _ title: String, retryAfterSeconds: Int? = nil) -> SimulatedResponse {
        let html = "<!DOCTYPE html><html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>"
        return SimulatedResponse(
            status: status,
            contentType: "text/html; charset=utf-8",
            retryAfterSeconds: retryAfterSeconds,
            body: Array(html.utf8)
        )
    }
}
