import Synchronization

/// The largest number noted.
final class LongestCount: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }

    func note(_ value: Int) {
        number.withLock { $0 = max($0, value) }
    }
}
