import Foundation
import Synchronization

/// Carries the cancellation of a task to the call that runs for it, and to no other.
package final class CancellationTicket: Sendable {
    private enum Phase {
        case waiting
        case running
        /// Cancelled while running.
        case interrupted
        /// Cancelled before running.
        case cancelled
        case finished
    }

    private let phase = Mutex(Phase.waiting)

    /// Creates a ticket for one call.
    package init() {}

    /// Marks the call as running.
    ///
    /// - Throws: `CancellationError` where the task was cancelled while the call waited.
    package func begin() throws {
        try phase.withLock { phase in
            if case .cancelled = phase { throw CancellationError() }
            phase = .running
        }
    }

    /// Throws `CancellationError` where the task was cancelled.
    package func check() throws {
        try phase.withLock { phase in
            if case .interrupted = phase { throw CancellationError() }
        }
    }

    /// Ends the part that can be interrupted, before a commit.
    ///
    /// - Throws: `CancellationError` where the task was cancelled before.
    package func finish() throws {
        try phase.withLock { phase in
            if case .interrupted = phase { throw CancellationError() }
            phase = .finished
        }
    }

    /// Ends the part that can be interrupted, however it went.
    ///
    /// - Returns: Whether the task was cancelled.
    @discardableResult
    package func stop() -> Bool {
        phase.withLock { phase in
            defer { phase = .finished }
            return if case .interrupted = phase { true } else { false }
        }
    }

    /// Cancels the call.
    ///
    /// - Parameters:
    ///   - interval: seconds between two interrupts.
    ///   - interrupt: stops the statement that runs. Called while the call runs, again and again until it has stopped,
    ///     because engines forget an interrupt that comes just before a statement starts.
    package func cancel(every interval: Double, interrupt: @escaping @Sendable () -> Void) {
        let isRunning = phase.withLock { phase in
            switch phase {
            case .waiting:
                phase = .cancelled
                return false
            case .running:
                phase = .interrupted
                return true
            case .interrupted, .cancelled, .finished:
                return false
            }
        }
        guard isRunning else { return }
        Thread.detachNewThread { [self] in
            while interruptOnce(interrupt) {
                Thread.sleep(forTimeInterval: interval)
            }
        }
    }

    private func interruptOnce(_ interrupt: () -> Void) -> Bool {
        phase.withLock { phase in
            guard case .interrupted = phase else { return false }
            interrupt()
            return true
        }
    }
}
