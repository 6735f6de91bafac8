import Synchronization

/// Carries the cancellation of a task to the call that runs for it, and to no other.
final class CancellationTicket: Sendable {
    private enum Phase {
        case waiting
        case running
        case cancelled
        case finished
    }

    private let phase = Mutex(Phase.waiting)

    /// Marks the call as running.
    ///
    /// - Throws: `CancellationError` where the task was cancelled while the call waited.
    func begin() throws {
        try phase.withLock { phase in
            if case .cancelled = phase { throw CancellationError() }
            phase = .running
        }
    }

    /// Throws `CancellationError` where the task was cancelled.
    func check() throws {
        try phase.withLock { phase in
            if case .cancelled = phase { throw CancellationError() }
        }
    }

    /// Ends the part that can be interrupted, before a commit or at the end.
    ///
    /// - Throws: `CancellationError` where the task was cancelled before.
    func finish() throws {
        try phase.withLock { phase in
            if case .cancelled = phase { throw CancellationError() }
            phase = .finished
        }
    }

    /// Says that the call is over, however it ended.
    func end() {
        phase.withLock { $0 = .finished }
    }

    /// Cancels the call; `interrupt` is called if it runs, and runs still while `interrupt` does.
    func cancel(interrupt: () -> Void) {
        phase.withLock { phase in
            switch phase {
            case .waiting:
                phase = .cancelled
            case .running:
                phase = .cancelled
                interrupt()
            case .cancelled, .finished:
                break
            }
        }
    }
}
