public import ChargingModel
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Serves a simulated world over HTTP/1.1 on the loopback interface: `GET /<slug>` answers at the virtual time.
///
/// Planned faults are served as planned; requests of a city within one slot are counted as attempts. Anything else
/// than a city is answered with 404, a time outside the world with 503, both as JSON.
public final class SimulationServer: Sendable {
    private enum State {
        case idle
        case running(group: MultiThreadedEventLoopGroup, channel: any Channel)
        case stopped
    }

    private let feedServer: FeedServer
    private let threads: Int
    private let state = Mutex(State.idle)

    /// Creates a server that asks `now` for the virtual time at each request.
    ///
    /// `threads` is the number of event loops, 1 to 64.
    public init(world: SimulatedWorld, threads: Int = 1, now: @escaping @Sendable () -> UTCTime) {
        feedServer = FeedServer(world: world, now: now)
        self.threads = min(max(threads, 1), 64)
    }

    /// Creates a server that answers at the time of a clock that the caller sets.
    public convenience init(world: SimulatedWorld, clock: VirtualClock, threads: Int = 1) {
        self.init(world: world, threads: threads) { clock.now }
    }

    /// Starts to listen on 127.0.0.1.
    ///
    /// - Parameter port: 0 lets the system choose.
    /// - Returns: The port.
    /// - Throws: ``SimulationError`` where the port cannot be had, or the server was started before.
    public func start(port: Int = 0) async throws -> Int {
        let isIdle = state.withLock { state in
            if case .idle = state { true } else { false }
        }
        guard isIdle else { throw SimulationError.server("started twice (expected one start)") }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let feedServer = feedServer
        do {
            let channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1_024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                        try channel.pipeline.syncOperations.addHandler(FeedRequestHandler(server: feedServer))
                    }
                }
                .bind(host: "127.0.0.1", port: port)
                .get()
            guard let bound = channel.localAddress?.port else {
                throw SimulationError.server("bound to no port (expected a TCP port on 127.0.0.1)")
            }
            state.withLock { $0 = .running(group: group, channel: channel) }
            return bound
        } catch {
            try await group.shutdownGracefully()
            throw SimulationError.server("cannot listen on 127.0.0.1:\(port): \(error)")
        }
    }

    /// Closes the port and every connection.
    ///
    /// A second call does nothing.
    ///
    /// - Throws: what the network library reports.
    public func stop() async throws {
        let running = state.withLock { state -> (MultiThreadedEventLoopGroup, any Channel)? in
            defer { state = .stopped }
            guard case .running(let group, let channel) = state else { return nil }
            return (group, channel)
        }
        guard let (group, channel) = running else { return }
        try await channel.close()
        try await group.shutdownGracefully()
    }
}
