import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A TCP server on loopback that answers byte for byte what a test scripts.
final class ScriptedServer: Sendable {
    struct Request: Sendable {
        var path: String
        /// Names in lower case.
        var headers: [String: String]
        /// 1 for the first request on its connection.
        var number: Int
    }

    enum Step: Sendable {
        case send([UInt8])
        case pause(milliseconds: Int64)
        /// Sends one byte, again and again, until the client goes.
        case drip(everyMilliseconds: Int64)
        /// Sends this many bytes of blanks, as fast as the client takes them.
        case flood(bytes: Int)
        case close
        case reset
        /// Says nothing more, and keeps the connection open.
        case silence
    }

    typealias Script = @Sendable (Request) -> [Step]

    struct Record: Sendable {
        var connections = 0
        var requests: [Request] = []
        var active = 0
        var mostActive = 0
        var bytesSent = 0
    }

    let record = Mutex(Record())
    private let channel: any Channel

    private init(channel: any Channel, script: ScriptBox) {
        self.channel = channel
        script.server.withLock { $0 = self }
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }
    var requests: [Request] { record.withLock { $0.requests } }

    static func with<Result>(
        tls: NIOSSLContext? = nil,
        _ script: @escaping Script,
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let box = ScriptBox(script)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(box))
                }
            }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let server = ScriptedServer(channel: channel, script: box)
        let result: Result
        do {
            result = try await body(server)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
        return result
    }
}

/// Ties handlers to their script and server.
final class ScriptBox: Sendable {
    let script: ScriptedServer.Script
    let server = Mutex<ScriptedServer?>(nil)

    init(_ script: @escaping ScriptedServer.Script) {
        self.script = script
    }

    func note(_ change: (inout ScriptedServer.Record) -> Void) {
        server.withLock { $0 }?.record.withLock { change(&$0) }
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let box: ScriptBox
    private var received: [UInt8] = []
    private var count = 0
    private var isAnswering = false

    init(_ box: ScriptBox) {
        self.box = box
    }

    func channelActive(context: ChannelHandlerContext) {
        box.note { $0.connections += 1 }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        answerNext(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func finish() {
        guard isAnswering else { return }
        isAnswering = false
        box.note { $0.active -= 1 }
    }

    private func answerNext(_ context: ChannelHandlerContext) {
        guard !isAnswering, let end = received.endOfHead else { return }
        let head = String(decoding: received[..<end], as: UTF8.self)
        received.removeSubrange(..<end)
        count += 1
        isAnswering = true
        let request = ScriptedServer.Request(head: head, number: count)
        box.note {
            $0.requests.append(request)
            $0.active += 1
            $0.mostActive = max($0.mostActive, $0.active)
        }
        run(box.script(request)[...], context)
    }

    private func run(_ steps: ArraySlice<ScriptedServer.Step>, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        guard let step = steps.first else {
            finish()
            answerNext(context)
            return
        }
        let rest = steps.dropFirst()
        switch step {
        case .send(let bytes):
            write(bytes, context)
            run(rest, context)
        case .pause(let milliseconds):
            later(milliseconds, context) { $0.run(rest, $1) }
        case .drip(let milliseconds):
            write([0x20], context)
            later(milliseconds, context) { $0.run(steps, $1) }
        case .flood(let bytes):
            flood(bytes, rest, context)
        case .close:
            context.close(promise: nil)
        case .reset:
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            let isSet = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            isSet?.whenComplete { _ in bound.value.close(promise: nil) }
        case .silence:
            break
        }
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func flood(_ bytes: Int, _ rest: ArraySlice<ScriptedServer.Step>, _ context: ChannelHandlerContext) {
        guard bytes > 0 else { return run(rest, context) }
        let size = min(bytes, 65_536)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let box = box
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(repeating: 0x20, count: size))).whenSuccess {
            box.note { $0.bytesSent += size }
            bound.value.0.flood(bytes - size, rest, bound.value.1)
        }
    }

    private func later(
        _ milliseconds: Int64,
        _ context: ChannelHandlerContext,
        _ body: @escaping @Sendable (ScriptHandler, ChannelHandlerContext) -> Void
    ) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) { body(bound.value.0, bound.value.1) }
    }
}

extension [UInt8] {
    fileprivate var endOfHead: Int? {
        guard count >= 4 else { return nil }
        return (0...(count - 4)).first { self[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10]) }.map { $0 + 4 }
    }
}

extension ScriptedServer.Request {
    fileprivate init(head: String, number: Int) {
        let lines = head.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        path = words.count > 1 ? String(words[1]) : ""
        self.number = number
        headers = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...]
            headers[line[..<colon].lowercased()] = String(value.drop { $0 == " " })
        }
    }
}
