import ChargingModel
import NIOCore
import NIOHTTP1
import Synchronization

/// Decides what is answered, and counts attempts.
final class FeedServer: Sendable {
    private struct Attempts {
        var slot: Int64 = .min
        var count = 0
    }

    struct Answer {
        var status: HTTPResponseStatus
        var headers: HTTPHeaders
        var body: ByteBuffer
    }

    private let world: SimulatedWorld
    private let now: @Sendable () -> UTCTime
    private let cities: [String: Int]
    private let attempts: Mutex<[Attempts]>

    init(world: SimulatedWorld, now: @escaping @Sendable () -> UTCTime) {
        self.world = world
        self.now = now
        cities = Dictionary(uniqueKeysWithValues: SimulatedCity.all.enumerated().map { ("/" + $1.slug, $0) })
        attempts = Mutex(Array(repeating: Attempts(), count: SimulatedCity.all.count))
    }

    /// The answer to a request.
    func answer(_ request: HTTPRequestHead, allocator: ByteBufferAllocator) -> Answer {
        let path = request.uri.prefix { $0 != "?" }
        guard let city = cities[String(path)] else {
            return problem(.notFound, "no such feed (expected /<city>, for example /koeln)", allocator)
        }
        guard request.method == .GET || request.method == .HEAD else {
            return problem(.methodNotAllowed, "found \(request.method) (expected GET)", allocator)
        }
        let time = now()
        let second: Int32
        do {
            second = try world.second(at: time)
        } catch {
            return problem(.serviceUnavailable, "\(error.subject): \(error.detail)", allocator)
        }
        if let fault = world.faultPlan.fault(city: city, at: time, attempt: attempt(city: city, at: time)) {
            return plain(world.faulty(fault, city: city, at: time, second: second), allocator)
        }
        guard world.eventPlan.isQuiet(city: city, second: second) else {
            return plain(.json(world.body(city: city, at: time, second: second)), allocator)
        }
        return inOrder(request, city: city, at: time, second: second, allocator: allocator)
    }

    private func inOrder(
        _ request: HTTPRequestHead,
        city: Int,
        at time: UTCTime,
        second: Int32,
        allocator: ByteBufferAllocator
    ) -> Answer {
        let renderer = world.renderer(city: city, second: second)
        var headers = HTTPHeaders([("Content-Type", SimulatedWorld.json)])
        if !world.configuration.envelopeTimestamp {
            let tag = "\"" + String(renderer.fingerprint(), radix: 16) + "\""
            headers.add(name: "ETag", value: tag)
            if request.headers[canonicalForm: "If-None-Match"].contains(where: { $0 == tag || $0 == "*" }) {
                return Answer(status: .notModified, headers: headers, body: ByteBuffer())
            }
        }
        let tail = world.tail(at: time)
        let capacity = renderer.capacity(head: SimulatedWorld.head, tail: tail)
        var body = allocator.buffer(capacity: capacity)
        unsafe body.writeWithUnsafeMutableBytes(minimumWritableBytes: capacity) { buffer in
            unsafe renderer.render(head: SimulatedWorld.head, tail: tail, into: buffer)
        }
        return Answer(status: .ok, headers: headers, body: body)
    }

    /// How many requests the slot has had before this one.
    private func attempt(city: Int, at time: UTCTime) -> Int {
        let slot = time.slot(every: world.configuration.slotSeconds).seconds
        return attempts.withLock { attempts in
            if attempts[city].slot != slot { attempts[city] = Attempts(slot: slot) }
            attempts[city].count += 1
            return attempts[city].count - 1
        }
    }

    private func plain(_ response: SimulatedResponse, _ allocator: ByteBufferAllocator) -> Answer {
        var headers = HTTPHeaders([("Content-Type", response.contentType)])
        if let seconds = response.retryAfterSeconds {
            headers.add(name: "Retry-After", value: String(seconds))
        }
        return Answer(
            status: HTTPResponseStatus(statusCode: response.status),
            headers: headers,
            body: allocator.buffer(bytes: response.body)
        )
    }

    private func problem(_ status: HTTPResponseStatus, _ text: String, _ allocator: ByteBufferAllocator) -> Answer {
        let body = "{\"status_code\":\(status.code),\"status_message\":\(StationText.quoted(text)),\"data\":[]}"
        return Answer(
            status: status,
            headers: HTTPHeaders([("Content-Type", SimulatedWorld.json)]),
            body: allocator.buffer(string: body)
        )
    }
}

/// Answers the requests of one connection, in order.
final class FeedRequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let server: FeedServer
    private var head: HTTPRequestHead?

    init(server: FeedServer) {
        self.server = server
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break  // a GET has none; whatever comes is read and dropped
        case .end:
            guard let request = head else { return }
            head = nil
            respond(to: request, context: context)
        }
    }

    private func respond(to request: HTTPRequestHead, context: ChannelHandlerContext) {
        var answer = server.answer(request, allocator: context.channel.allocator)
        if answer.status != .notModified {
            answer.headers.add(name: "Content-Length", value: String(answer.body.readableBytes))
        }
        let head = HTTPResponseHead(version: request.version, status: answer.status, headers: answer.headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request.method != .HEAD, answer.body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(answer.body))), promise: nil)
        }
        let end = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if !request.isKeepAlive {
            let channel = context.channel
            end.whenComplete { _ in channel.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A client that went away in the middle of an answer: nothing can be said to it any more.
        context.close(promise: nil)
    }
}
