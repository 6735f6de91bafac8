import Dispatch
import Foundation
import Synchronization

/// A thread of our own on which blocking calls run, one after another.
///
/// Keeps calls that block for seconds off the cooperative pool. The stack is as large as a main thread's, because
/// engines' parsers and planners recurse.
package final class BlockingThread: Sendable {
    private struct Work: Sendable {
        var jobs: [@Sendable () -> Void] = []
    }

    private final class Queue: Sendable {
        let work = Mutex(Work())
        let available = DispatchSemaphore(value: 0)

        /// Takes the next job; `nil` where the thread is to end.
        func next() -> (@Sendable () -> Void)? {
            available.wait()
            return work.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
        }
    }

    private let queue = Queue()

    /// Starts the thread.
    package init(name: String) {
        let queue = queue
        let thread = Thread {
            while let job = queue.next() {
                job()
            }
        }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }

    deinit {
        // What was asked for before is done; then the thread finds no job and ends.
        queue.available.signal()
    }

    /// Runs a body on the thread, after all that were asked for before it.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.work.withLock { work in
                work.jobs.append { continuation.resume(with: Result { try body() }) }
            }
            queue.available.signal()
        }
    }
}
