import ChargingModel
import Cleaning
import Foundation
import Warehouse

/// The summary line of `run` for schedulers: one JSON object.
struct RunSummaryJSON: Encodable {
    struct SliceLine: Encodable {
        let feed: FeedID
        let day: UTCDay
        let loadID: String
        let status: String

        enum CodingKeys: String, CodingKey {
            case feed, day, status
            case loadID = "load_id"
        }
    }

    let schema = "chargehouse.run/1"
    let runID: String?
    let recordsRead: Int
    let recordsKept: Int
    let recordsRejected: Int
    let slicesUnchanged: Int
    /// Only slices that were loaded: an idle run is a short line.
    let slices: [SliceLine]

    enum CodingKeys: String, CodingKey {
        case schema, slices
        case runID = "run_id"
        case recordsRead = "records_read"
        case recordsKept = "records_kept"
        case recordsRejected = "records_rejected"
        case slicesUnchanged = "slices_unchanged"
    }

    init(runID: String?, verdict: RunVerdict, summary: SliceLoader.Summary) {
        self.runID = runID
        recordsRead = verdict.read
        recordsKept = verdict.kept
        recordsRejected = verdict.rejected
        slicesUnchanged = summary.unchanged.count
        slices = summary.loaded.map {
            SliceLine(feed: $0.feed.id, day: $0.day, loadID: "\($0.loadID)", status: "loaded")
        }
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
