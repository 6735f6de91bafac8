import Foundation
import Synchronization
import Warehouse

/// A database file held by one engine of this process, until it is released or forgotten.
///
/// The lock that DuckDB takes belongs to the process (`fcntl`), so it does not keep a second engine of the same process
/// out, and two would write over each other. This does.
final class HeldFile: Sendable {
    private static let heldPaths = Mutex<Set<String>>([])

    /// `nil` for a database in memory, and after the release.
    private let path: Mutex<String?>

    /// Takes a file.
    ///
    /// - Throws: ``WarehouseError`` with `locked` where another engine of this process holds it.
    init(_ path: String) throws(WarehouseError) {
        guard path != ":memory:" else {
            self.path = Mutex(nil)
            return
        }
        let resolved = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
        guard Self.heldPaths.withLock({ $0.insert(resolved).inserted }) else {
            self.path = Mutex(nil)
            throw DuckDBFailure.locked(path: path, by: "another engine of this process")
        }
        self.path = Mutex(resolved)
    }

    deinit {
        release()
    }

    /// Gives the file back, once.
    func release() {
        let held = path.withLock { path in
            defer { path = nil }
            return path
        }
        guard let held else { return }
        Self.heldPaths.withLock { _ = $0.remove(held) }
    }
}
