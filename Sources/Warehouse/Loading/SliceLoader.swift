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

    /// Slices and rows a transaction: few enough that a crash costs little and memory is bounded, many enough that
    /// statements, and deriving the history of objects again, cost little.
    static var batchLimit: (slices: Int, rows: Int) { (1_000, 400_000) }

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
        try await due(manifests).map(\.manifest)
    }

    /// The slices among `manifests` that a load would write, by day and feed, and why: `nil` for a first load.
    public func due(_ manifests: [SliceManifest]) async throws -> [(manifest: SliceManifest, reason: String?)] {
        let rows = try await engine.query("SELECT feed_key, slice_date, input_hash, inputs FROM etl_load", []).rows
        var loaded: [StableKey: [UTCDay: (hash: String, inputs: SliceInputs?)]] = [:]
        for row in rows {
            guard case .integer(let feed) = row[0], case .date(let day) = row[1], case .text(let hash) = row[2] else {
                continue
            }
            let inputs: SliceInputs? = if case .text(let text) = row[3] { SliceInputs(text) } else { nil }
            loaded[StableKey(value: feed), default: [:]][day] = (hash, inputs)
        }
        return manifests.compactMap { manifest in
            guard let former = loaded[manifest.feed.id.key]?[manifest.day] else { return (manifest, nil) }
            guard former.hash != manifest.inputHash.description else { return nil }
            return (manifest, manifest.inputs?.reason(after: former.inputs) ?? "inputs changed")
        }
        .sorted { ($0.manifest.day, $0.manifest.feed.id) < ($1.manifest.day, $1.manifest.feed.id) }
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
        try await Rulebooks.current.refresh(engine)
        let waiting = try await due(manifests)
        let due = waiting.map(\.manifest)
        let reasons = Dictionary(waiting.map { ($0.manifest.loadID, $0.reason) }) { first, _ in first }
        var done = 0
        while done < due.count {
            try Task.checkCancellation()
            let batch = Self.batch(of: due[done...])
            try await load(batch: batch, reasons: reasons.compactMapValues(\.self))
            done += batch.count
            try progress(done, due.count)
        }
        // A changed number of inhabitants makes no slice stale.
        if due.isEmpty {
            try await engine.transact(placeTables.replace.map(TransactionStep.statement) + PlaceTables.checks)
        }
        let hashes = Set(due.map(\.inputHash))
        return Summary(loaded: due, unchanged: manifests.filter { !hashes.contains($0.inputHash) })
    }

    /// The first slices, as many as one transaction takes, at least one.
    private static func batch(of due: ArraySlice<SliceManifest>) -> [SliceManifest] {
        var rows = 0
        let more = due.dropFirst().prefix(batchLimit.slices - 1).prefix { manifest in
            rows += manifest.files.reduce(0) { $0 + $1.rows }
            return rows <= batchLimit.rows
        }
        return Array(due.prefix(1) + more)
    }

    private var placeTables: PlaceTables { PlaceTables(places: places, dialect: engine.dialect) }

    private func load(batch: [SliceManifest], reasons: [Int64: String]) async throws {
        if engine.dialect.readsBuckets, let bucket = store.inBucket {
            return try await load(batch: batch, from: bucket, reasons: reasons)
        }
        try await store.withLocalFiles(of: batch) { try await load(batch: batch, from: $0, reasons: reasons) }
    }

    private func load(batch: [SliceManifest], from store: SliceStore, reasons: [Int64: String]) async throws {
        let transaction = LoadTransaction(
            batch: batch,
            store: store,
            run: run,
            placeTables: placeTables,
            dialect: engine.dialect,
            reasons: reasons
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
