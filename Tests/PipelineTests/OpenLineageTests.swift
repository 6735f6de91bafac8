import ChargingModel
import Foundation
import RawArchive
import Sources
import TestSupport
import Testing

/// Events have the fields that OpenLineage 2-0-2 and its facets require.
///
/// - SeeAlso: https://openlineage.io/spec/2-0-2/OpenLineage.json and https://openlineage.io/spec/facets
@Suite(.enabled(if: Command.newest != nil, "the command is not built"))
struct OpenLineageTests {
    @Test func `a run appends START and COMPLETE of clean and load, a failure START and FAIL`() throws {
        try withTemporaryFolder { folder in
            let spelled = try SpelledFeed("test/spelled")
            try Command.writeDescriptors([spelled.feed], to: folder)
            let archive = Workshop(folder + "/data")
            let polls = SpelledFeed.polls(from: SpelledFeed.day.start, ["AVAILABLE", "CHARGING"])
            try spelled.archive(polls, in: archive)
            let log = folder + "/events.ndjson"
            #expect(try run(["run", "--openlineage", log], folder) == 0)
            let pack = "\(folder)/data/raw/" + RawArchive.packName(spelled.feed.id, SpelledFeed.day)
            try Data("no zstd".utf8).write(to: URL(fileURLWithPath: pack))
            #expect(try run(["clean", "--openlineage", log], folder) != 0)
            let events = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            }
            let told = try events.map { "\(try text($0["eventType"])) \(try text(object($0["job"])["name"]))" }
            #expect(
                told == [
                    "START clean", "COMPLETE clean", "START load", "COMPLETE load", "START clean", "FAIL clean",
                ]
            )
            for event in events { try checkEvent(event) }
            let runs = try events.map { try text(object($0["run"])["runId"]) }
            #expect(runs[0] == runs[1] && runs[2] == runs[3] && runs[4] == runs[5] && Set(runs).count == 3)
            let cleaned = try datasets(events[1], "inputs")
            #expect(try text(cleaned[0]["name"]) == pack)
            let quality = try object(object(cleaned[0]["inputFacets"])["dataQualityMetrics"])
            #expect(quality["rowCount"] as? Int == 2)
            let counts = try object(quality["columnMetrics"])
            // Two polls of two stations with two points and two connectors each.
            #expect(try object(counts["read"])["count"] as? Int == 2 * (2 + 4 + 4))
            let facts = try #require(
                try datasets(events[3], "outputs").first {
                    $0["name"] as? String == "main.fact_point_status"
                }
            )
            #expect(try object(object(facts["outputFacets"])["outputStatistics"])["rowCount"] as? Int ?? 0 > 4)
            let failure = try object(object(object(events[5]["run"])["facets"])["errorMessage"])
            #expect(try text(failure["programmingLanguage"]) == "Swift" && text(failure["message"]).contains("CHG04"))
        }
    }

    private func run(_ arguments: [String], _ folder: String) throws -> Int32 {
        let binary = try Command.newest.orThrow("chargehouse")
        return try Command.output(
            arguments + ["--config", folder + "/chargehouse.toml", "--quiet"],
            binary: binary
        ).status
    }

    private func object(_ value: Any?) throws -> [String: Any] { try #require(value as? [String: Any]) }

    private func text(_ value: Any?) throws -> String { try #require(value as? String) }

    private func datasets(_ event: [String: Any], _ side: String) throws -> [[String: Any]] {
        try #require(event[side] as? [[String: Any]])
    }

    private func checkEvent(_ event: [String: Any]) throws {
        for name in ["eventTime", "producer", "schemaURL"] { _ = try text(event[name]) }
        #expect(UTCTime(try text(event["eventTime"])) != nil)
        #expect(try text(event["producer"]).contains(":"), "a URI")
        #expect(try text(event["schemaURL"]) == "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent")
        #expect(UUID(uuidString: try text(object(event["run"])["runId"])) != nil)
        try checkFacets(object(event["run"])["facets"])
        for name in ["namespace", "name"] { _ = try text(object(event["job"])[name]) }
        for dataset in try datasets(event, "inputs") + datasets(event, "outputs") {
            for name in ["namespace", "name"] { _ = try text(dataset[name]) }
            for group in ["facets", "inputFacets", "outputFacets"] { try checkFacets(dataset[group]) }
        }
    }

    private func checkFacets(_ value: Any?) throws {
        guard let value else { return }
        for (name, facet) in try object(value) {
            let fields = try object(facet)
            #expect(try text(fields["_producer"]).contains(":"))
            #expect(try text(fields["_schemaURL"]).hasPrefix("https://openlineage.io/spec/facets/"))
            switch name {
            case "schema":
                let list = try #require(fields["fields"] as? [[String: Any]])
                #expect(!list.isEmpty && list.allSatisfy { $0["name"] is String })
            case "dataQualityMetrics": _ = try object(fields["columnMetrics"])
            case "outputStatistics": #expect(fields["rowCount"] is Int)
            case "errorMessage": _ = (try text(fields["message"]), try text(fields["programmingLanguage"]))
            default: Issue.record("an unexpected facet \(name)")
            }
        }
    }
}
