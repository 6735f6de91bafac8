import Analytics
import ChargingModel
import RawArchive
import Sources

/// A reject with what the archive has behind it.
struct RejectEvidence {
    let record: RejectRecord
    /// The pack; `nil` where there is none any more.
    let pack: String?
    /// The bytes at the pointer, cut; `nil` where the pack, the page or the place is not there.
    let raw: [UInt8]?
    /// The whole length of what stands at the pointer.
    let length: Int
    /// Why there are no bytes.
    let missing: String?

    /// Reads the page with the record's digest, and finds the place in it.
    init(_ record: RejectRecord, in archive: RawArchive, maximumBytes: Int) async throws {
        self.record = record
        pack = try archive.summary(record.feed, record.day)?.path
        guard pack != nil else {
            (raw, length, missing) = (nil, 0, "the archive has no pack of the day")
            return
        }
        var page: [UInt8]?
        _ = try await archive.read(record.feed, record.day) { capture in
            guard page == nil, capture.poll.slot == record.slot else { return }
            let index = capture.digests.firstIndex { $0.description == record.digest }
            page = index.map { capture.pages[$0].body }
        }
        guard let page else {
            (raw, length, missing) = (nil, 0, "the pack has no page of that slot and digest")
            return
        }
        guard let place = JSONPlace.range(of: record.pointer ?? "", in: page[...]) else {
            (raw, length, missing) = (nil, 0, "the page has nothing at the pointer")
            return
        }
        (raw, length, missing) = (Array(page[place].prefix(maximumBytes)), place.count, nil)
    }

    /// For readers.
    var text: String {
        var lines = [
            "\(record.severity) \(record.id)  \(record.rule)  \(record.entity) \(record.sourceID ?? "of no readable id")",
            "  message   \(record.message)",
            "  slice     \(record.feed) \(record.day), \(record.occurrences) times, first at \(record.slot)",
            "  answer    sha256 \(record.digest)", "  pointer   \(record.pointer ?? "the whole answer")",
            "  pack      \(pack ?? "none")", "  fragment  \(record.fragment.map(Self.line) ?? "not kept")",
        ]
        if let raw {
            let cut = raw.count < length ? " (first \(raw.count) of \(length) bytes)" : " (\(length) bytes)"
            lines.append("  raw\(cut)  \(Self.line(String(decoding: raw, as: UTF8.self)))")
        } else {
            lines.append("  raw       \(missing ?? "")")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// For machines.
    static func table(_ evidence: [RejectEvidence]) -> AnswerTable {
        let columns = [
            "reject_id", "severity", "rule_id", "entity", "source_id", "feed", "utc_date", "slot_utc", "occurrences",
            "message", "raw_sha256", "json_pointer", "pack", "fragment", "raw", "raw_bytes",
        ]
        let text = { (value: String?) -> AnswerValue in value.map { .text($0) } ?? .null }
        return AnswerTable(
            columns: columns.map { AnswerColumn($0) },
            rows: evidence.map { item in
                let record = item.record
                return [
                    .integer(record.id), .text(record.severity), .text(record.rule), .text(record.entity),
                    text(record.sourceID), .text(record.feed.description), .date(record.day), .timestamp(record.slot),
                    .integer(record.occurrences), .text(record.message), .text(record.digest), text(record.pointer),
                    text(item.pack), text(record.fragment), text(item.raw.map { String(decoding: $0, as: UTF8.self) }),
                    item.raw == nil ? .null : .integer(Int64(item.length)),
                ]
            }
        )
    }

    /// Control characters would let a feed write on the terminal.
    private static func line(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 })
        )
    }
}
