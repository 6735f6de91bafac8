public import ChargingModel
public import Cleaning

/// Loads slices into a warehouse: flat files in, star schema out, one transaction a batch.
///
/// Loading is idempotent by slice. Deleting and inserting the slice, deriving the touched dimensions, moving other
/// slices' facts to changed versions, aggregating and the commit marker are one transaction, so that a loader that
/// dies leaves the old state. The tables are a function of the set of loaded slices, never of their order.
public struct SliceLoader<Engine: WarehouseEngine>: Sendable {
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
    static var batchSize: Int { 200 }

    let engine: Engine
    let store: SliceStore
    let run: Run

    /// Creates a loader for a warehouse whose schema is up to date.
    public init(engine: Engine, store: SliceStore, run: Run) {
        self.engine = engine
        self.store = store
        self.run = run
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
        for start in stride(from: 0, to: due.count, by: Self.batchSize) {
            try Task.checkCancellation()
            let batch = Array(due[start..<min(start + Self.batchSize, due.count)])
            try await load(batch: batch, reasons: reasons.compactMapValues(\.self))
            try progress(start + batch.count, due.count)
        }
        let hashes = Set(due.map(\.inputHash))
        return Summary(loaded: due, unchanged: manifests.filter { !hashes.contains($0.inputHash) })
    }

    private func load(batch: [SliceManifest], reasons: [Int64: String]) async throws {
        let transaction = LoadTransaction(
            batch: batch,
            store: store,
            run: run,
            dialect: engine.dialect,
            reasons: reasons
        )
        try await engine.transact(calendar(of: batch) + transaction.steps(startedAt: run.now()))
    }

    /// The calendar of just the days that are loaded, in the zones of their feeds: no matter how slices are batched.
    private func calendar(of batch: [SliceManifest]) throws -> [TransactionStep] {
        var steps: [TransactionStep] = []
        for (zone, slices) in Dictionary(grouping: batch, by: \.feed.timeZone).sorted(by: { $0.key < $1.key }) {
            var ranges: [ClosedRange<UTCDay>] = []
            for day in Set(slices.map(\.day)).sorted() {
                if let last = ranges.last, last.upperBound.next == day {
                    ranges[ranges.count - 1] = last.lowerBound...day
                } else {
                    ranges.append(day...day)
                }
            }
            for days in ranges {
                steps += try WarehouseCalendar.steps(toCover: days, zones: [zone], in: engine.dialect)
            }
        }
        return steps
    }
}
