public import ChargingModel
public import Cleaning
import Foundation
import RawArchive
import Warehouse

/// Appends OpenLineage events of one run to a file, one JSON object a line.
///
/// A run has a START and then a COMPLETE, FAIL or ABORT event.
public struct OpenLineageLog: Sendable {
    /// The stage that a run belongs to.
    public enum Stage: String, Sendable {
        /// Raw packs to flat files.
        case clean
        /// Flat files to tables.
        case load
    }

    private let path: String
    private let stage: Stage
    private let runID: String
    private let producer: String
    private let now: @Sendable () -> UTCTime

    /// Describes the run.
    ///
    /// `runID` is a UUID; `producer` is the address of this program and its version.
    public init(
        path: String,
        stage: Stage,
        runID: String,
        producer: String,
        now: @escaping @Sendable () -> UTCTime
    ) {
        self.path = path
        self.stage = stage
        self.runID = runID
        self.producer = producer
        self.now = now
    }

    /// Runs a stage between a START and a COMPLETE, FAIL or ABORT event.
    ///
    /// - Parameters:
    ///   - run: the stage.
    ///   - datasets: what the stage read and wrote, from its result.
    /// - Returns: What the stage returns.
    /// - Throws: what the stage throws, after the FAIL event; ``LineageError`` `CHG104` where the file cannot be
    ///   written.
    public func record<Value>(
        _ run: () async throws -> Value,
        datasets: (Value, OpenLineageDatasets) -> (
            inputs: [OpenLineageEvent.Dataset], outputs: [OpenLineageEvent.Dataset]
        )
    ) async throws -> Value {
        try append(event(.start))
        let value: Value
        do {
            value = try await run()
        } catch let error as CancellationError {
            try append(event(.abort))
            throw error
        } catch {
            try append(event(.fail, failure: String(describing: error)))
            throw error
        }
        let found = datasets(value, OpenLineageDatasets(producer: producer))
        try append(event(.complete, found.inputs, found.outputs))
        return value
    }

    private func event(
        _ kind: OpenLineageEvent.Kind,
        _ inputs: [OpenLineageEvent.Dataset] = [],
        _ outputs: [OpenLineageEvent.Dataset] = [],
        failure: String? = nil
    ) -> OpenLineageEvent {
        var run = OpenLineageEvent.Run(runId: runID)
        if let failure {
            run.facets["errorMessage"] = OpenLineageEvent.Facet(
                schemaURL: "https://openlineage.io/spec/facets/1-0-0/ErrorMessageRunFacet.json"
                    + "#/$defs/ErrorMessageRunFacet",
                producer: producer,
                values: ["message": .text(failure), "programmingLanguage": .text("Swift")]
            )
        }
        return OpenLineageEvent(
            eventType: kind,
            eventTime: now(),
            producer: producer,
            run: run,
            job: OpenLineageEvent.Job(namespace: "chargehouse", name: stage.rawValue),
            inputs: inputs,
            outputs: outputs
        )
    }

    private func append(_ event: OpenLineageEvent) throws {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let line = try encoder.encode(event) + [10]
            if !FileManager.default.fileExists(atPath: path) {
                try Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
            }
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: line)
            try file.close()
        } catch {
            throw LineageError.cannotAppend(path, String(describing: error))
        }
    }
}

/// Makes the data sets of events.
public struct OpenLineageDatasets: Sendable {
    let producer: String

    /// The raw packs behind slices.
    public func packs(of manifests: [SliceManifest], in root: String) -> [OpenLineageEvent.Dataset] {
        manifests.sorted { ($0.feed.id, $0.day) < ($1.feed.id, $1.day) }.map { manifest in
            var pack = OpenLineageEvent.Dataset(
                namespace: "file",
                name: "\(root)/\(RawArchive.packName(manifest.feed.id, manifest.day))"
            )
            pack.inputFacets = ["dataQualityMetrics": quality(rows: manifest.polls, read: manifest)]
            return pack
        }
    }

    /// The flat files of slices, a kind at a time; as inputs with quality metrics, as outputs with statistics.
    public func flatFiles(
        of manifests: [SliceManifest],
        in root: String,
        areInputs: Bool
    ) -> [OpenLineageEvent.Dataset] {
        FlatFileKind.allCases.map { kind in
            let files = manifests.flatMap { $0.files.filter { $0.kind == kind } }
            let rows = files.reduce(0) { $0 + $1.rows }
            let bytes = files.reduce(0) { $0 + $1.bytes }
            var dataset = OpenLineageEvent.Dataset(namespace: "file", name: "\(root)/*/*/\(kind.rawValue).csv.gz")
            dataset.facets["schema"] = schema(kind.columns.map { ($0.name, $0.kind.rawValue, nil) })
            if areInputs {
                dataset.inputFacets = [
                    "dataQualityMetrics": facet(
                        "1-0-2/DataQualityMetricsInputDatasetFacet",
                        [
                            "rowCount": .number(rows), "bytes": .number(bytes), "fileCount": .number(files.count),
                            "columnMetrics": .object([:]),
                        ]
                    )
                ]
            } else {
                dataset.outputFacets = ["outputStatistics": statistics(rows: rows, bytes: bytes)]
            }
            return dataset
        }
    }

    /// The tables of a warehouse, with the rows that each holds.
    public func tables(_ rows: [String: Int], in path: String) -> [OpenLineageEvent.Dataset] {
        Schema.tables.filter { rows[$0.name] != nil }.map { table in
            var dataset = OpenLineageEvent.Dataset(namespace: "duckdb:\(path)", name: "main.\(table.name)")
            dataset.facets["schema"] = schema(table.columns.map { ($0.name, "\($0.type)", $0.meaning) })
            dataset.outputFacets = ["outputStatistics": statistics(rows: rows[table.name] ?? 0, bytes: nil)]
            return dataset
        }
    }

    private func schema(_ fields: [(name: String, type: String, meaning: String?)]) -> OpenLineageEvent.Facet {
        let list = fields.map { field in
            var values: [String: OpenLineageEvent.Facet.Value] = ["name": .text(field.name), "type": .text(field.type)]
            if let meaning = field.meaning { values["description"] = .text(meaning) }
            return values
        }
        return facet("1-0-0/SchemaDatasetFacet", ["fields": .list(list)])
    }

    /// Records read, kept and rejected stand as counts of three columns.
    private func quality(rows: Int, read manifest: SliceManifest) -> OpenLineageEvent.Facet {
        let counts = [
            ("read", manifest.read.total), ("kept", manifest.kept.total), ("rejected", manifest.rejected.total),
        ]
        let metrics = Dictionary(
            uniqueKeysWithValues: counts.map { name, count in
                (name, OpenLineageEvent.Facet.Value.object(["count": .number(count)]))
            }
        )
        return facet(
            "1-0-2/DataQualityMetricsInputDatasetFacet",
            ["rowCount": .number(rows), "columnMetrics": .object(metrics)]
        )
    }

    private func statistics(rows: Int, bytes: Int?) -> OpenLineageEvent.Facet {
        var values: [String: OpenLineageEvent.Facet.Value] = ["rowCount": .number(rows)]
        if let bytes { values["size"] = .number(bytes) }
        return facet("1-0-2/OutputStatisticsOutputDatasetFacet", values)
    }

    private func facet(_ name: String, _ values: [String: OpenLineageEvent.Facet.Value]) -> OpenLineageEvent.Facet {
        let definition = name.split(separator: "/").last.map(String.init) ?? name
        return OpenLineageEvent.Facet(
            schemaURL: "https://openlineage.io/spec/facets/\(name).json#/$defs/\(definition)",
            producer: producer,
            values: values
        )
    }
}
