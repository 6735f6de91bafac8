/// Writes one answer: fixed bytes of the template, and the statuses between them.
struct AnswerRenderer {
    let template: AnswerTemplate
    let timeline: CityTimeline
    /// Seconds since the start of the world.
    let second: Int32

    /// Writes the envelope and the stations.
    ///
    /// The buffer holds at least ``capacity(head:tail:)`` bytes; the result is how many were written.
    func render(head: [UInt8], tail: [UInt8], into buffer: UnsafeMutableRawBufferPointer) -> Int {
        unsafe template.bytes.withUnsafeBytes { source in
            var writer = unsafe ByteWriter(target: buffer, source: source)
            writer.write(head)
            var isFirst = true
            for station in template.stations {
                write(station, isFirst: &isFirst, to: &writer)
            }
            writer.write(tail)
            return writer.count
        }
    }

    /// Enough bytes for any answer with this envelope.
    func capacity(head: [UInt8], tail: [UInt8]) -> Int {
        head.count + template.capacity + tail.count
    }

    /// A number that differs whenever the stations of two answers do (FNV-1a over all that can change).
    func fingerprint() -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for station in template.stations {
            hash = (hash ^ UInt64(version(of: station))) &* 0x0000_0100_0000_01B3
            for number in station.points {
                hash = (hash ^ UInt64(timeline.code(of: number, at: second).rawValue)) &* 0x0000_0100_0000_01B3
            }
        }
        return hash
    }

    /// The station's version that is valid at ``second``.
    func version(of station: AnswerTemplate.Station) -> Int {
        var version = station.versions.upperBound - 1
        while version > station.versions.lowerBound, template.versions[version].validFrom > Int64(second) {
            version -= 1
        }
        return version
    }

    private func write(_ station: AnswerTemplate.Station, isFirst: inout Bool, to writer: inout ByteWriter) {
        let attributes = template.versions[version(of: station)]
        var isEmpty = true
        for number in station.points {
            let code = timeline.code(of: number, at: second)
            guard code != .absent else { continue }
            if isEmpty {
                if !isFirst { writer.write(byte: UInt8(ascii: ",")) }
                writer.copy(attributes.head.lowerBound, attributes.head.upperBound)
            } else {
                writer.write(byte: UInt8(ascii: ","))
            }
            isEmpty = false
            isFirst = false
            write(template.points[attributes.firstPoint + number - station.points.lowerBound], code, to: &writer)
        }
        if !isEmpty { writer.write(Self.stationEnd) }
    }

    static let stationEnd = Array("]}".utf8)

    private func write(_ point: AnswerTemplate.Point, _ code: StatusCode, to writer: inout ByteWriter) {
        let word = StatusCode.words[Int(code.rawValue)]
        let flags = code == .available ? point.flagsWhileFree : point.flagsOtherwise
        writer.copy(point.cuts.0, point.cuts.1)
        writer.write(word)
        writer.copy(point.cuts.1, point.cuts.2)
        writer.write(AnswerTemplate.flags[flags])
        writer.copy(point.cuts.2, point.cuts.3)
        writer.write(word)
        writer.copy(point.cuts.3, point.cuts.4)
        guard point.hasSecondConnector else { return }
        writer.write(word)
        writer.copy(point.cuts.4, point.cuts.5)
    }
}

/// Appends bytes to memory of a known size.
///
/// Invariant: `count` never passes the end of `target`, and no range leaves `source`: both are checked at every write.
@safe private struct ByteWriter {
    private let target: UnsafeMutableRawBufferPointer
    private let source: UnsafeRawBufferPointer
    private(set) var count = 0

    @unsafe init(target: UnsafeMutableRawBufferPointer, source: UnsafeRawBufferPointer) {
        unsafe self.target = unsafe target
        unsafe self.source = unsafe source
    }

    mutating func copy(_ from: Int, _ to: Int) {
        let length = to - from
        unsafe precondition(from >= 0 && length >= 0 && to <= source.count && length <= target.count - count)
        guard length > 0, let destination = unsafe target.baseAddress, let origin = unsafe source.baseAddress else {
            return
        }
        unsafe (destination + count).copyMemory(from: origin + from, byteCount: length)
        count += length
    }

    mutating func write(_ bytes: [UInt8]) {
        unsafe precondition(bytes.count <= target.count - count)
        guard let destination = unsafe target.baseAddress else { return }
        unsafe bytes.withUnsafeBytes { source in
            guard let origin = source.baseAddress else { return }
            unsafe (destination + count).copyMemory(from: origin, byteCount: source.count)
        }
        count += bytes.count
    }

    mutating func write(byte: UInt8) {
        unsafe precondition(count < target.count)
        unsafe target[count] = byte
        count += 1
    }
}
