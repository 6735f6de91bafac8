/// An answer taken apart into stations and points, for faults and events that change single records.
///
/// Slower than ``AnswerRenderer/render(head:tail:into:)``, and byte for byte the same where nothing is changed.
struct AnswerParts {
    struct Point {
        /// The point's number in its city.
        var number: Int
        var bytes: [UInt8]
    }

    struct Station {
        /// Up to the list of points, which stands last.
        var head: [UInt8]
        var points: [Point]
    }

    /// Also stations without points, which are not written.
    var stations: [Station]

    /// The whole answer.
    func bytes(head: [UInt8], tail: [UInt8]) -> [UInt8] {
        let listed = stations.filter { !$0.points.isEmpty }.map { station in
            station.head + station.points.map(\.bytes).joined(separator: ",".utf8) + AnswerRenderer.stationEnd
        }
        return head + listed.joined(separator: ",".utf8) + tail
    }

    var pointCount: Int { stations.reduce(0) { $0 + $1.points.count } }

    /// Where a point stands; `nil` where it does not.
    func place(of number: Int) -> (station: Int, point: Int)? {
        for (index, station) in stations.enumerated() {
            if let point = station.points.firstIndex(where: { $0.number == number }) { return (index, point) }
        }
        return nil
    }
}

extension AnswerParts {
    /// Every fourth station stands once more at the end.
    mutating func repeatElements() {
        stations += stations.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
    }

    /// Gives every point that has none a `last_updated`.
    mutating func stampPoints(_ text: () -> String) {
        for station in stations.indices {
            for point in stations[station].points.indices {
                stations[station].points[point].stamp(text())
            }
        }
    }

    /// The same content in a schema that nobody has announced.
    mutating func drift() {
        let word = FeedFault.driftedStatusWord
        for index in stations.indices {
            stations[index].head = stations[index].head
                .unquotingNumber(after: "{\"id\":")
                .replacing("\"evses\":[", with: "\"energySources\":[{\"kind\":\"solar\",\"share\":0.4}],\"evses\":[")
            stations[index].points = stations[index].points.map { point in
                var point = point
                point.bytes = point.bytes.unquotingNumber(after: "{\"uid\":")
                    .replacing("\"roaming\":", with: "\"calibrated\":true,\"roaming\":")
                    .quotingNumber(after: "\"max_power\":")
                if point.number % 4 == 0 {
                    point.bytes = point.bytes.replacing("\"status\":\"CHARGING\"", with: "\"status\":\"\(word)\"")
                }
                return point
            }
        }
    }
}

extension AnswerParts.Point {
    /// Gives the point a time of its own, where it has none.
    mutating func stamp(_ time: String) {
        guard bytes.firstRange(of: Array("\"last_updated\":".utf8)) == nil else { return }
        bytes.replaceSubrange(0..<1, with: "{\"last_updated\":\"\(time)\",".utf8)
    }
}

extension AnswerRenderer {
    /// The answer in parts.
    func parts() -> AnswerParts {
        AnswerParts(
            stations: template.stations.map { station in
                let attributes = template.versions[version(of: station)]
                return AnswerParts.Station(
                    head: Array(template.bytes[attributes.head]),
                    points: station.points.compactMap { number in
                        point(number, of: station).map { AnswerParts.Point(number: number, bytes: $0) }
                    }
                )
            }
        )
    }

    /// One point as the answer lists it; `nil` where it does not.
    func point(_ number: Int) -> [UInt8]? {
        template.stations.first { $0.points.contains(number) }.flatMap { point(number, of: $0) }
    }

    private func point(_ number: Int, of station: AnswerTemplate.Station) -> [UInt8]? {
        let code = timeline.code(of: number, at: second)
        guard code != .absent else { return nil }
        let attributes = template.versions[version(of: station)]
        let point = template.points[attributes.firstPoint + number - station.points.lowerBound]
        let word = StatusCode.words[Int(code.rawValue)]
        let (bytes, cuts) = (template.bytes, point.cuts)
        var text = bytes[cuts.0..<cuts.1] + word + bytes[cuts.1..<cuts.2]
        text += AnswerTemplate.flags[code == .available ? point.flagsWhileFree : point.flagsOtherwise]
        text += bytes[cuts.2..<cuts.3] + word + bytes[cuts.3..<cuts.4]
        if point.hasSecondConnector { text += word + bytes[cuts.4..<cuts.5] }
        return Array(text)
    }
}

extension Array where Element == UInt8 {
    /// The text with every occurrence of `old` replaced.
    func replacing(_ old: String, with new: String) -> [UInt8] {
        replacing(Array(old.utf8), with: Array(new.utf8))
    }

    /// Takes the quotes off the text after the first `key`.
    func unquotingNumber(after key: String) -> [UInt8] {
        guard let range = firstRange(of: Array((key + "\"").utf8)),
            let end = self[range.upperBound...].firstIndex(of: UInt8(ascii: "\""))
        else { return self }
        var result = self
        result.remove(at: end)
        result.remove(at: range.upperBound - 1)
        return result
    }

    /// Puts quotes around every number that follows `key`.
    func quotingNumber(after key: String) -> [UInt8] {
        var result: [UInt8] = []
        var rest = self[...]
        let (name, quote) = (Array(key.utf8), UInt8(ascii: "\""))
        while let range = rest.firstRange(of: name) {
            let number = rest[range.upperBound...].prefix { (0x30...0x39).contains($0) || $0 == 0x2E }
            result += rest[..<range.upperBound]
            result += [quote] + number + [quote]
            rest = rest[number.endIndex...]
        }
        return result + rest
    }
}
