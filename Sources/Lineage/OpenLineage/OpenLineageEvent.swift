import ChargingModel

/// A run event of OpenLineage 2-0-2.
///
/// - SeeAlso: https://openlineage.io/spec/2-0-2/OpenLineage.json
public struct OpenLineageEvent: Sendable, Encodable {
    /// What happened to the run.
    public enum Kind: String, Sendable, Encodable {
        case start = "START"
        case complete = "COMPLETE"
        case fail = "FAIL"
        /// A signal ended it.
        case abort = "ABORT"
    }

    let eventType: Kind
    let eventTime: UTCTime
    let producer: String
    let schemaURL = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
    let run: Run
    let job: Job
    let inputs: [Dataset]
    let outputs: [Dataset]

    struct Run: Sendable, Encodable {
        let runId: String
        var facets: [String: Facet] = [:]
    }

    struct Job: Sendable, Encodable {
        let namespace: String
        let name: String
        var facets: [String: Facet] = [:]
    }

    /// A data set that a run reads or writes.
    public struct Dataset: Sendable, Encodable {
        let namespace: String
        let name: String
        var facets: [String: Facet] = [:]
        var inputFacets: [String: Facet]?
        var outputFacets: [String: Facet]?
    }

    /// A named group of facts, with the address of its schema.
    struct Facet: Sendable, Encodable {
        let schemaURL: String
        let producer: String
        var values: [String: Value]

        indirect enum Value: Sendable, Encodable {
            case text(String)
            case number(Int)
            case list([[String: Value]])
            case object([String: Value])

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .text(let text): try container.encode(text)
                case .number(let number): try container.encode(number)
                case .list(let items): try container.encode(items)
                case .object(let members): try container.encode(members)
                }
            }
        }

        func encode(to encoder: any Encoder) throws {
            var all = values
            all["_producer"] = .text(producer)
            all["_schemaURL"] = .text(schemaURL)
            try Value.object(all).encode(to: encoder)
        }
    }
}
