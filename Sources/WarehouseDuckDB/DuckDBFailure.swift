import ChargingModel
package import Warehouse

/// Makes errors of DuckDB's messages.
package enum DuckDBFailure {
    /// A database that does not open: held by another process, or anything else.
    package static func open(path: String, message: String) -> WarehouseError {
        guard message.contains("Conflicting lock") else {
            return WarehouseError(.openFailed, subject: path, detail: WarehouseError.oneLine(message))
        }
        // "Conflicting lock is held in /usr/bin/x (PID 4711). See also …"
        guard let holder = message.firstMatch(of: /held in (.+) \(PID (\d+)\)/) else {
            return locked(path: path, by: "another process")
        }
        return locked(path: path, by: "process \(holder.output.2) (\(holder.output.1))")
    }

    /// A database that another process, or another engine of this one, holds.
    static func locked(path: String, by holder: String) -> WarehouseError {
        WarehouseError(
            .locked,
            subject: path,
            detail: "\(holder) holds the database (expected free: DuckDB lets one process write or read at a time)",
            kept: "nothing was changed",
            remedy: "wait for it to end, or read a published snapshot"
        )
    }

    /// A statement that DuckDB refuses.
    static func statement(_ sql: String, message: String) -> WarehouseError {
        let isFull = isOfFullDisk(message)
        return WarehouseError(
            isFull ? .exhausted : .statementFailed,
            subject: WarehouseError.shortened(sql),
            detail: WarehouseError.oneLine(message),
            kept: "nothing was changed",
            remedy: isFull ? room : nil
        )
    }

    private static let room = "free space on the disk of the warehouse, then the same command again"

    /// Whether the operating system refused to write: no room left, a quota, or a limit of the size of files.
    private static func isOfFullDisk(_ message: String) -> Bool {
        ["No space left on device", "File too large", "Disk quota exceeded"].contains { message.contains($0) }
    }

    /// A flat file that DuckDB refuses.
    static func load(_ table: String, from file: String, message: String) -> WarehouseError {
        WarehouseError(
            isOfFullDisk(message) ? .exhausted : .loadFailed,
            subject: "\(table) from \(file)",
            detail: WarehouseError.oneLine(message),
            kept: "nothing was changed",
            remedy: isOfFullDisk(message) ? room : nil
        )
    }
}
