import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport

/// A feed of one station that a test spells out, one letter a poll:
/// `A` available, `C` charging, `O` out of order, `.` the station is not in the answer, `-` a failed poll,
/// `h` an HTML page with status 200.
struct SmallFeed {
    static let day = UTCDay(number: 20_530)  // 2026-03-18

    let descriptor: FeedDescriptor
    let folder: String
    let archive: RawArchive
    let store: SliceStore
    let cleaner: Cleaner

    init(
        _ folder: String,
        id: String = "test/small",
        interval: Int = 600,
        places: PlaceCatalog = PlaceCatalog()
    ) throws {
        guard let feed = FeedID(id) else { throw MissingFile(path: id) }
        self.folder = folder
        descriptor = FeedDescriptor(
            id: feed,
            name: "Testheim",
            adapter: "chargecloud-poi",
            url: "http://127.0.0.1/test",
            intervalSeconds: interval,
            timeZone: "Europe/Berlin"
        )
        archive = RawArchive(root: folder + "/raw")
        store = SliceStore(root: folder + "/flat")
        cleaner = Cleaner(
            archive: archive,
            store: store,
            rules: CleaningRules(),
            places: places
        )
    }

    /// Archives one poll a letter, ten minutes or another `step` apart; blanks are no polls at all.
    func poll(_ letters: String, from start: UTCTime = day.start, step: Int = 600) throws {
        var slot = start
        var bodies: [(UTCTime, [UInt8]?)] = []
        for letter in letters {
            switch letter {
            case " ": break
            case "-": bodies.append((slot, nil))
            case "h": bodies.append((slot, Array("<html>maintenance</html>".utf8)))
            default: bodies.append((slot, Self.answer(Self.texts[letter])))
            }
            slot = slot.adding(seconds: step)
        }
        try poll(bodies)
    }

    /// Archives answers; `nil` is a poll without one.
    func poll(_ bodies: [(slot: UTCTime, body: [UInt8]?)]) throws {
        let writer = try archive.openWriter(WriterOptions(durability: .operatingSystem))
        for (slot, body) in bodies { _ = try writer.append(capture(slot, body)) }
        try writer.close()
    }

    /// Cleans all archived days.
    func clean() async throws -> [SliceManifest] { try await clean(cleaner.days(of: descriptor.id), with: cleaner) }

    /// Cleans days with a cleaner that may write elsewhere.
    func clean(_ days: [UTCDay], with cleaner: Cleaner) async throws -> [SliceManifest] {
        var manifests: [SliceManifest] = []
        let adapter = try AdapterRegistry.builtIn.adapter(for: descriptor)
        try await cleaner.clean(descriptor, adapter: adapter, days: days) { manifests.append($0.manifest) }
        return manifests
    }

    /// The status intervals of the only point: `00:00-00:20 available 2`.
    func intervals(of manifest: SliceManifest) throws -> [String] {
        try rows(of: manifest, .pointStatus).map { row in
            let from = row["valid_from", default: ""].dropFirst(11).prefix(5)
            let to = row["valid_to", default: ""].dropFirst(11).prefix(5)
            return "\(from)-\(to) \(row["status", default: ""]) \(row["observations", default: ""])"
        }
    }

    /// The rows of a flat file, by column.
    func rows(of manifest: SliceManifest, _ kind: FlatFileKind) throws -> [[String: String]] {
        guard let file = manifest.files.first(where: { $0.kind == kind }) else {
            throw MissingFile(path: kind.rawValue)
        }
        let path = store.path(of: file, in: manifest)
        let lines = try CSVText.parse(Self.unzip(path))
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    }

    private func capture(_ slot: UTCTime, _ body: [UInt8]?) -> Capture {
        let poll = PollRecord(
            feed: descriptor.id,
            slot: slot,
            requestedAt: slot.adding(seconds: 3),
            finishedAt: slot.adding(seconds: 4),
            outcome: body == nil ? .timeout : .ok,
            httpStatus: body == nil ? nil : 200,
            attempts: 1,
            collector: "test"
        )
        let pages = body.map {
            [
                CapturedPage(
                    url: descriptor.url,
                    requestedAt: poll.requestedAt,
                    receivedAt: poll.finishedAt,
                    httpStatus: 200,
                    headers: [HeaderField("Content-Type", "application/json")],
                    body: $0
                )
            ]
        }
        return Capture(poll: poll, pages: pages ?? [])
    }

    private static let texts: [Character: String] = ["A": "AVAILABLE", "C": "CHARGING", "O": "OUTOFORDER"]

    /// An answer with one station; without a status it holds another station, so that it is not empty.
    private static func answer(_ status: String?) -> [UInt8] {
        guard let status else { return envelope([station("2", points: [("21", "AVAILABLE")])]) }
        return envelope([station("1", points: [("11", status)])])
    }

    /// The envelope of the chargecloud answer around stations.
    static func envelope(_ stations: [String]) -> [UInt8] {
        let list = stations.joined(separator: ",")
        return Array(#"{"data":[\#(list)],"status_code":1000}"#.utf8)
    }

    /// One station as JSON.
    static func station(
        _ id: String,
        name: String = "Platz",
        city: String = "Testheim",
        points: [(uid: String, status: String)]
    ) -> String {
        let evses = points.map { point -> String in
            """
            {"uid":"\(point.uid)","id":"DE*TST*E\(point.uid)","status":"\(point.status)","capabilities":[],\
            "connectors":[{"id":"9\(point.uid)","status":"\(point.status)","standard":"IEC_62196_T2","format":"SOCKET",\
            "power_type":"AC_3_PHASE","ampere":"32","voltage":"400","max_power":22}]}
            """
        }
        let list = evses.joined(separator: ",")
        return """
            {"id":"\(id)","name":"\(name)","status":"active","address":"Weg 1","city":"\(city)","country":"DE",\
            "postal_code":"12345","coordinates":{"latitude":"50.1","longitude":"8.5"},\
            "operator":{"operatorId":"TST","name":"Stadtwerke Testheim"},"evses":[\(list)]}
            """
    }

    private static func unzip(_ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw MissingFile(path: path) }
        return String(decoding: data, as: UTF8.self)
    }
}

/// A file or row that a test relies on is not there.
struct MissingFile: Error {
    let path: String
}

/// Reads RFC 4180 as an independent reader would; knows nothing of how it was written.
enum CSVText {
    static func parse(_ text: String) throws -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            switch (byte, isQuoted) {
            case (UInt8(ascii: "\""), true) where bytes.first == byte: field.append(bytes.removeFirst())
            case (UInt8(ascii: "\""), _): isQuoted.toggle()
            case (UInt8(ascii: ","), false), (UInt8(ascii: "\n"), false):
                row.append(String(decoding: field, as: UTF8.self))
                field = []
                if byte == UInt8(ascii: "\n") {
                    rows.append(row)
                    row = []
                }
            default: field.append(byte)
            }
        }
        guard !isQuoted, row.isEmpty, field.isEmpty else { throw MissingFile(path: "end of the CSV text") }
        return rows
    }
}
