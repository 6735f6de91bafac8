import ChargingModel
import Foundation
import RawArchive
import Sources
import TestSupport

/// A feed of one station whose polls a test spells out: the status text of each point, or `nil` for a missed poll.
///
/// An empty list of points gives an answer without the station, but with another one.
struct SpelledFeed {
    typealias Poll = (slot: UTCTime, texts: [String: String]?)

    let feed: FeedDescriptor
    static let day = UTCDay(number: 20_530)  // 2026-03-18

    init(_ name: String) throws {
        feed = try Workshop.feed(name)
    }

    /// Polls ten minutes apart, each with the same texts of points `11` and `12`.
    static func polls(from start: UTCTime, _ texts: [String?]) -> [Poll] {
        texts.enumerated().map { index, text in
            (start.adding(seconds: index * 600), text.map { $0.isEmpty ? [:] : ["11": $0, "12": "AVAILABLE"] })
        }
    }

    func archive(_ polls: [Poll], in workshop: Workshop) throws {
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for poll in polls { _ = try writer.append(capture(poll)) }
        try writer.close()
    }

    private func capture(_ poll: Poll) -> Capture {
        let record = PollRecord(
            feed: feed.id,
            slot: poll.slot,
            requestedAt: poll.slot.adding(seconds: 3),
            finishedAt: poll.slot.adding(seconds: 4),
            outcome: poll.texts == nil ? .timeout : .ok,
            httpStatus: poll.texts == nil ? nil : 200,
            attempts: 1,
            collector: "test"
        )
        let pages = poll.texts.map { texts in
            CapturedPage(
                url: feed.url,
                requestedAt: record.requestedAt,
                receivedAt: record.finishedAt,
                httpStatus: 200,
                headers: [HeaderField("Content-Type", "application/json")],
                body: Self.body(texts)
            )
        }
        return Capture(poll: record, pages: pages.map { [$0] } ?? [])
    }

    /// Bodies of equal texts are equal, so that the archive keeps them once.
    private static func body(_ texts: [String: String]) -> [UInt8] {
        var stations = [station("9", ["91": "AVAILABLE", "92": "AVAILABLE"])]
        if !texts.isEmpty { stations.append(station("1", texts)) }
        return Array("{ \"data\": [\(stations.joined(separator: " , "))], \"status_code\": 1000 }".utf8)
    }

    private static func station(_ id: String, _ texts: [String: String]) -> String {
        let points = texts.sorted { $0.key < $1.key }.map { uid, text in
            """
            {"note":"a ] \\" } trap","uid":"\(uid)","id":"DE*TST*E\(uid)", "status" : "\(text)","connectors":\
            [{"id":"7\(uid)","status":"\(text)","standard":"IEC_62196_T2","power_type":"AC_3_PHASE","max_power":22}]}
            """
        }
        return """
            {"id":"\(id)","name":"Platz \(id)","address":"Weg \(id)","city":"Testheim","country":"DE",\
            "coordinates":{"latitude":"50.1","longitude":"8.\(id)"},"evses":[\(points.joined(separator: ","))]}
            """
    }
}
