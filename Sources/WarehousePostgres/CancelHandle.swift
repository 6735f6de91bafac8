import CPostgres
import Synchronization

/// What a connection's running statement can be cancelled with, from any thread.
///
/// Invariant: libpq's `PQcancel` only reads the handle, which lives as long as this value.
@safe
final class CancelHandle: @unchecked Sendable {
    private let api: cpostgres_api
    private let handle: cpostgres_cancel

    init?(_ connection: cpostgres_connection, _ api: cpostgres_api) {
        guard let handle = unsafe api.get_cancel(connection) else { return nil }
        unsafe self.handle = handle
        self.api = api
    }

    deinit {
        unsafe api.free_cancel(handle)
    }

    /// Asks the server to stop what runs; blocks for a connection of its own.
    ///
    /// A server that cannot be reached has nothing that could be stopped: the answer is not looked at, and the ticket
    /// asks again.
    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        _ = unsafe api.cancel(handle, &message, Int32(message.count))
    }
}

/// The handle of the present connection, shared with the thread that cancels.
final class CancelSlot: Sendable {
    private let handle = Mutex<CancelHandle?>(nil)

    func set(_ new: CancelHandle?) {
        handle.withLock { $0 = new }
    }

    func cancel() {
        handle.withLock { $0 }?.cancel()
    }
}
