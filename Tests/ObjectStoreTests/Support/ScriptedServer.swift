import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A TCP server on loopback that answers each request byte for byte as a test scripts.
final class ScriptedServer: Sendable {
    struct Request: Sendable {
        var method: String
        /// With the query, as it came.
        var target: String
        /// Names in lower case.
        var headers: [String: String]
        var body: [UInt8]
        /// 1 for the first request of the server.
        var number: Int

        var query: Substring { target.split(separator: "?", maxSplits: 1).dropFirst().first ?? "" }
    }

    enum Step: Sendable {
        case send([UInt8])
        /// Sends one byte, again and again, until the client goes.
        case drip(everyMilliseconds: Int64)
        case close
        case reset
        /// Says nothing more, and keeps the connection open.
        case silence
    }

    typealias Script = @Sendable (Request) -> [Step]

    private let script: Script
    private let received = Mutex<[Request]>([])
    private let bound = Mutex<(any Channel)?>(nil)

    var requests: [Request] { received.withLock { $0 } }
    var port: Int { bound.withLock { $0?.localAddress?.port ?? 0 } }
    var url: String { "http://127.0.0.1:\(port)" }

    private init(script: @escaping Script) {
        self.script = script
    }

    static func with<Result>(
        tls: NIOSSLContext? = nil,
        _ script: @escaping Script,
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let server = ScriptedServer(script: script)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server.bound.withLock { $0 = channel }
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

    fileprivate func steps(for request: Request) -> [Step] {
        let numbered = received.withLock { list in
            var request = request
            request.number = list.count + 1
            list.append(request)
            return request
        }
        return script(numbered)
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: ScriptedServer
    private var received: [UInt8] = []

    init(_ server: ScriptedServer) {
        self.server = server
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        while let request = takeRequest() { run(server.steps(for: request)[...], context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func takeRequest() -> ScriptedServer.Request? {
        let end = Array("\r\n\r\n".utf8)
        guard let split = received.firstRange(of: end) else { return nil }
        let lines = String(decoding: received[..<split.lowerBound], as: UTF8.self).split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard received.count >= split.upperBound + length else { return nil }
        let body = Array(received[split.upperBound..<split.upperBound + length])
        received.removeSubrange(..<(split.upperBound + length))
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count == 3 else { return nil }
        return ScriptedServer.Request(
            method: String(words[0]),
            target: String(words[1]),
            headers: headers,
            body: body,
            number: 0
        )
    }

    private func run(_ steps: ArraySlice<ScriptedServer.Step>, _ context: ChannelHandlerContext) {
        guard context.channel.isActive, let step = steps.first else { return }
        switch step {
        case .send(let bytes):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            run(steps.dropFirst(), context)
        case .drip(let milliseconds):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [0x20])), promise: nil)
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) {
                bound.value.0.run(steps, bound.value.1)
            }
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
}

/// Scripts of whole and broken HTTP answers.
enum Reply {
    static func answer(_ status: String, _ body: String = "", headers: [String] = []) -> [ScriptedServer.Step] {
        [.send(head(status, ["Content-Length: \(body.utf8.count)"] + headers) + Array(body.utf8))]
    }

    static func error(_ status: String, _ code: String, _ more: String = "", headers: [String] = []) -> [ScriptedServer
        .Step]
    {
        let body = "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>said \(code)</Message>\(more)</Error>"
        return answer(status, body, headers: headers)
    }

    static func head(_ status: String, _ headers: [String]) -> [UInt8] {
        Array((["HTTP/1.1 \(status)"] + headers + ["", ""]).joined(separator: "\r\n").utf8)
    }
}
