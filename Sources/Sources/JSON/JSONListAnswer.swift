import ChargingModel

/// One page that is an object with a list of elements: its envelope read, its elements found.
///
/// The elements are told apart and not parsed, so that a page that hardly changed costs little.
struct JSONListAnswer<Envelope> {
    let envelope: Envelope
    let elements: [Range<Int>]

    /// Takes a page apart.
    ///
    /// `envelope` reads the root object, whose list is empty in the common case; `fault` says why what it read is no
    /// usable answer.
    ///
    /// - Throws: ``AnswerFault``.
    init(
        _ page: [UInt8],
        list: String,
        envelope read: (JSONNode) -> Envelope,
        fault: (Envelope) -> AnswerFault?
    ) throws {
        let text = try Self.text(of: page)
        let scan = JSONArrayScan.run(text, name: list, allowsScalars: false)
        if case .found(let array, let found) = scan,
            case .success(let envelope) = JSONText.read(Self.emptied(text, array), read)
        {
            self.envelope = envelope
            elements = found
        } else {
            // Something is odd: read everything, to say exactly what.
            switch JSONText.read(text, read) {
            case .failure(let fault): throw Self.malformed(text, scan: scan, list: list, parser: fault.message)
            case .success(let envelope): self.envelope = envelope
            }
            if let fault = fault(envelope) { throw fault }
            let again = JSONArrayScan.run(text, name: list, allowsScalars: true)
            guard case .found(_, let found) = again else {
                throw AnswerFault(.malformed, "\"\(list)\" cannot be told apart (expected a plain key and a list)")
            }
            elements = found
        }
        if let fault = fault(envelope) { throw fault }
    }

    /// The page without a byte order mark; throws where it is plainly no JSON.
    private static func text(of page: [UInt8]) throws -> ArraySlice<UInt8> {
        let text = page.starts(with: [0xEF, 0xBB, 0xBF]) ? page.dropFirst(3) : page[...]
        let first = text.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        guard let first else { throw AnswerFault(.malformed, "the body is empty (expected JSON)") }
        if first == UInt8(ascii: "<") {
            throw AnswerFault(.malformed, "the body starts with \"<\": HTML or XML (expected JSON)")
        }
        return text
    }

    /// The page with the array emptied: what remains to be checked.
    private static func emptied(_ text: ArraySlice<UInt8>, _ array: Range<Int>) -> ArraySlice<UInt8> {
        var envelope = Array(text[text.startIndex...array.lowerBound])
        envelope.append(contentsOf: text[(array.upperBound - 1)...])
        return envelope[...]
    }

    private static func malformed(
        _ text: ArraySlice<UInt8>,
        scan: JSONArrayScan,
        list: String,
        parser: String
    ) -> AnswerFault {
        let place =
            switch scan {
            case .truncated(let element): "ends inside a string or bracket, in /\(list)/\(element)"
            case .tooDeep(let position): "is nested deeper than 64 brackets at byte \(position)"
            case .irregular(let position): "has a wrong bracket or separator after byte \(position)"
            case .found, .noArray, .noMemory: "is no valid JSON"
            }
        return AnswerFault(.malformed, "the body of \(text.count) bytes \(place) (\(parser); expected JSON)")
    }
}
