import ChargingModel
import Warehouse

/// What a server said when it refused something.
struct ServerRefusal: Sendable, Hashable {
    /// Five characters; `nil` where libpq itself speaks.
    var sqlState: String?
    /// The message with its detail and hint.
    var message: String
    /// Where in the data: `COPY t, line 7, column note`.
    var place: String?

    /// Whether the connection is gone, or the server is about to cut it.
    var isLost: Bool {
        guard let sqlState else { return true }
        return sqlState.hasPrefix("08") || ["57P01", "57P02", "57P03"].contains(sqlState)
    }

    /// The message, where in the data, and the code, on one line.
    var text: String {
        let place = place.map { " [\($0)]" } ?? ""
        let state = sqlState.map { " (SQLSTATE \($0))" } ?? ""
        return WarehouseError.oneLine(message + place) + state
    }
}

/// Makes errors of a server's refusals.
struct PostgresFailure: Sendable {
    /// The address without password, as the configuration writes it.
    let subject: String
    /// The address as psql takes it.
    let clientAddress: String
    /// The table of the configuration that has the settings: `postgres`.
    let settings: String

    /// A server that does not let us in, or is not there.
    func connect(_ message: String) -> WarehouseError {
        let text = WarehouseError.oneLine(message)
        // libpq gives no code for a failed connection; these words are the server's in every language setting of libpq
        // that it was built with, English by default.
        let denials = [
            "password authentication failed", "no password supplied", "does not exist", "pg_hba.conf", "not permitted",
        ]
        let isDenied = denials.contains { text.contains($0) }
        let isUnencrypted = text.contains("server does not support SSL")
        return WarehouseError(
            isDenied ? .denied : .unreachable,
            subject: subject,
            detail: "no connection: \(text)",
            kept: "nothing was changed",
            remedy: isUnencrypted
                ? "let the server encrypt (ssl = on), or set sslmode in the address where the network is trusted"
                : isDenied
                    ? "check user, database and password (PGPASSWORD, ~/.pgpass or \(settings).password_file)"
                    : "check that the server runs and takes connections from here: psql \"\(clientAddress)\""
        )
    }

    /// A connection that was lost.
    func lost(_ message: String, kept: String = "nothing was changed: the server rolls back what was not committed")
        -> WarehouseError
    {
        WarehouseError(
            .unreachable,
            subject: subject,
            detail: "the connection was lost: \(WarehouseError.oneLine(message))",
            kept: kept,
            remedy: "the same command again, when the server is back"
        )
    }

    /// A commit whose answer did not come.
    func lostCommit(_ message: String) -> WarehouseError {
        lost(
            message,
            kept: "all of the transaction or nothing of it, the server knows which; loading again does no harm"
        )
    }

    /// Another writer.
    func locked(by holder: String) -> WarehouseError {
        WarehouseError(
            .locked,
            subject: subject,
            detail: "\(holder) writes this warehouse (expected one writer at a time)",
            kept: "nothing was changed",
            remedy: "wait for it to end, then the same command again"
        )
    }

    /// A statement that the server refuses.
    func statement(_ sql: String, _ refusal: ServerRefusal) -> WarehouseError {
        if refusal.isLost { return lost(refusal.message) }
        let isOfRows = refusal.sqlState?.hasPrefix("23") ?? false
        let cause = cause(refusal) ?? (isOfRows ? .checkFailed : .statementFailed, nil)
        return WarehouseError(
            cause.kind,
            subject: WarehouseError.shortened(sql),
            detail: refusal.text,
            kept: "nothing was changed",
            remedy: cause.remedy,
            sqlState: refusal.sqlState
        )
    }

    /// A cause outside of statement and data, and what to do about it.
    private func cause(_ refusal: ServerRefusal) -> (kind: WarehouseError.Code, remedy: String?)? {
        switch refusal.sqlState {
        case "42501": (.denied, "GRANT the user what the message names, or come as the owner of the schema")
        case "53100": (.exhausted, "give the server's disk room, then the same command again")
        case "57014": (.exhausted, "raise \(settings).statement_timeout_s, or ask for less")
        default: nil
        }
    }

    /// A flat file that the server refuses, or that is no flat file.
    func load(_ table: String, from file: String, _ refusal: ServerRefusal) -> WarehouseError {
        if refusal.sqlState != nil, refusal.isLost { return lost(refusal.message) }
        let cause = cause(refusal) ?? (.loadFailed, nil)
        return WarehouseError(
            cause.kind,
            subject: "\(table) from \(file)",
            detail: refusal.text,
            kept: "nothing was changed",
            remedy: cause.remedy,
            sqlState: refusal.sqlState
        )
    }
}
