import ChargingModel
import Foundation
import Synchronization
import TestSupport
import Warehouse

/// An engine that counts the statements that go through it, and cuts the connection before one of them.
final class CuttingEngine: WarehouseEngine {
    private let base: any WarehouseEngine
    private let limit: Int
    private let passed = Mutex(0)

    /// - Parameters:
    ///   - base: a server's engine.
    ///   - limit: statements that go through, over all transactions; none is cut by default.
    init(_ base: any WarehouseEngine, after limit: Int = .max) {
        self.base = base
        self.limit = limit
    }

    var dialect: SQLDialect { base.dialect }
    /// Statements so far.
    var count: Int { passed.withLock { $0 } }

    func transact(_ steps: [TransactionStep]) async throws {
        let before = passed.withLock { passed in
            defer { passed += steps.count }
            return passed
        }
        guard (before...before + steps.count).contains(limit) else { return try await base.transact(steps) }
        let cut = TransactionStep.statement("SELECT pg_terminate_backend(pg_backend_pid())")
        try await base.transact(steps.prefix(limit - before) + [cut] + steps.dropFirst(limit - before))
    }

    func query(_ sql: String, _ parameters: [SQLValue]) async throws -> ResultTable {
        try await base.query(sql, parameters)
    }

    func close() async throws {
        try await base.close()
    }
}

/// An engine that stops before each statement, until it is let go on.
final class StoppingEngine: WarehouseEngine {
    private let base: any WarehouseEngine
    private let gates: Gates

    init(_ base: any WarehouseEngine, _ gates: Gates) {
        self.base = base
        self.gates = gates
    }

    var dialect: SQLDialect { base.dialect }

    func transact(_ steps: [TransactionStep]) async throws {
        var stopped: [TransactionStep] = []
        for step in steps { stopped += [try gates.make(), step] }
        try await base.transact(stopped + [try gates.make()])
    }

    func query(_ sql: String, _ parameters: [SQLValue]) async throws -> ResultTable {
        try await base.query(sql, parameters)
    }

    func close() async throws {
        try await base.close()
    }
}

/// Flat files without rows that are pipes: a load that reads one waits until somebody writes it.
final class Gates: Sendable {
    private let folder: String
    private let made = Mutex<[String]>([])
    private let isOver = Mutex(false)

    init(in folder: String) {
        self.folder = folder
    }

    private static let column = ColumnDefinition("load_id", .bigint)

    /// A step that waits.
    fileprivate func make() throws -> TransactionStep {
        let path = try made.withLock { paths in
            let path = "\(folder)/gate\(paths.count).csv.gz"
            guard unsafe mkfifo(path, 0o600) == 0 else { throw MissingValue(name: path) }
            paths.append(path)
            return path
        }
        return .bulkLoad(BulkLoad(table: "etl_load", columns: [Self.column], files: [path]))
    }

    /// Says that no load will come any more.
    func end() { isOver.withLock { $0 = true } }

    /// Waits until the load stands before a gate.
    ///
    /// - Returns: What lets it go on; `nil` where it has ended.
    func next(_ number: Int) async throws -> FileHandle? {
        while !isOver.withLock({ $0 }) {
            let path = made.withLock { number < $0.count ? $0[number] : nil }
            // Refused as long as nobody reads.
            let descriptor = path.map { unsafe open($0, O_WRONLY | O_NONBLOCK) } ?? -1
            if descriptor >= 0 { return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true) }
            await Task.yield()
        }
        return nil
    }

    /// The content of a gate: a header and no row.
    func content() throws -> Data {
        let path = folder + "/open.csv.gz"
        try GzipFile.write(Self.column.name + "\n", to: path)
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }
}
