public import ChargingModel
public import Cleaning

/// Loads slices into a warehouse: flat files in, star schema out, one transaction a batch.
///
/// Loading is idempotent by slice. Deleting and inserting the slice, deriving the touched dimensions, moving other
/// slices' facts to changed versions, aggregating and the commit marker are one transaction, so that a loader that
/// dies leaves the old state. The tables are a function of the set of loaded slices, never of their order.
public struct SliceLoader: Sendable {
    /// What a load wrote.
    public struct Summary: Sendable, Hashable {
        /// Slices that were loaded.
        public var loaded: [SliceManifest]
        /// Slices that stayed as they were.
        public var unchanged: [SliceManifest]
    }

    /// Facts about the run, for the load log.
    public struct Run: Sendable {
        /// The run's id; `nil` where it has none.
        public var id: String?
        /// The version of the code that loads.
        public var codeVersion: String
        /// The machine that loads.
        public var host: String
        /// Gives the present time, UTC.
        public var now: @Sendable () -> UTCTime

        /// Describes a run.
        public init(id: String?, codeVersion: String, host: String, now: @escaping @Sendable () -> UTCTime) {
            self.id = id
            self.codeVersion = codeVersion
            self.host = host
            self.now = now
        }
    }

    /// Slices a transaction: few enough that a crash costs little, many enough that statements cost nothing.
    static let batchSize = 200

    let engine: any WarehouseEngine
    let store: SliceStore
    let run: Run
    let places: PlaceCatalog

    /// Creates a loader for a warehouse whose schema is up to date.
    ///
    /// `places` are those that the slices were cleaned with.
    public init(engine: any WarehouseEngine, store: SliceStore, run: Run, places: PlaceCatalog = PlaceCatalog()) {
        self.engine = engine
        self.store = store
        self.run = run
        self.places = places
    }

    /// The slices among `manifests` whose input hash differs from what is loaded.
    public func stale(_ manifests: [SliceManifest]) async throws -> [SliceManifest] {
        let rows = try await engine.query("SELECT feed_key, slice_date, input_hash FROM etl_load", []).rows
        var loaded: [StableKey: [UTCDay: String]] = [:]
        for row in rows {
            guard case .integer(let feed) = row[0], case .date(let day) = row[1], case .text(let hash) = row[2] else {
                continue
            }
            loaded[StableKey(value: feed), default: [:]][day] = hash
        }
        return manifests.filter { loaded[$0.feed.id.key]?[$0.day] != $0.inputHash.description }
    }

    /// Loads slices; those that are loaded already with the same input stay as they are.
    ///
    /// `progress` is called after each transaction with the number of slices done and of all.
    ///
    /// - Throws: ``WarehouseError``; transactions that were committed before stay.
    public func load(
        _ manifests: [SliceManifest],
        progress: (Int, Int) throws -> Void = { _, _ in }
    ) async throws -> Summary {
        let stale = try await stale(manifests)
        let due = stale.sorted { ($0.day, $0.feed.id) < ($1.day, $1.feed.id) }
        for start in stride(from: 0, to: due.count, by: Self.batchSize) {
            try Task.checkCancellation()
            let batch = Array(due[start..<min(start + Self.batchSize, due.count)])
            try await load(batch: batch)
            try progress(start + batch.count, due.count)
        }
        // A changed number of inhabitants makes no slice stale.
        if due.isEmpty {
            try await engine.transact(placeTables.replace.map(TransactionStep.statement) + PlaceTables.checks)
        }
        let hashes = Set(due.map(\.inputHash))
        return Summary(loaded: due, unchanged: manifests.filter { !hashes.contains($0.inputHash) })
    }

    private var placeTables: PlaceTables { PlaceTables(places: places, dialect: engine.dialect) }

    private func load(batch: [SliceManifest]) async throws {
        let transaction = LoadTransaction(
            batch: batch,
            store: store,
            run: run,
            placeTables: placeTables,
            dialect: engine.dialect
        )
        try await engine.transact(Partitions.steps(for: batch.map(\.day), in: engine.dialect))
        try await engine.transact(calendar(of: batch) + transaction.steps(startedAt: run.now()))
    }

    /// Hours, dates and holidays of the days of a batch, zone by zone: of those days and no others, so that the
    /// calendar too is a function of the set of loaded slices.
    private func calendar(of batch: [SliceManifest]) throws -> [TransactionStep] {
        let slices = Dictionary(grouping: batch, by: \.feed.timeZone).sorted { $0.key < $1.key }
        return try slices.flatMap { zone, slices in
            try Self.runs(of: Set(slices.map(\.day))).flatMap { days in
                try WarehouseCalendar.steps(toCover: days, zones: [zone], in: engine.dialect)
            }
        }
    }

    /// Days without a gap between them, together.
    private static func runs(of days: Set<UTCDay>) -> [ClosedRange<UTCDay>] {
        days.sorted().reduce(into: []) { runs, day in
            if let last = runs.last, last.upperBound.next == day {
                runs[runs.count - 1] = last.lowerBound...day
            } else {
                runs.append(day...day)
            }
        }
    }
}
