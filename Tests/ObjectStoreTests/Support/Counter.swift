import Synchronization

/// Counts from 0.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    /// The number of earlier calls.
    func next() -> Int {
        count.add(1, ordering: .relaxed).oldValue
    }
}
