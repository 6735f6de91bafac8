import CSIMDJSON

/// Why a text is no JSON, in the parser's words.
package struct JSONFault: Error, Hashable {
    package var message: String
}

/// Parses JSON texts.
package enum JSONText {
    /// Parses bytes and hands the root value to `body`.
    ///
    /// Texts deeper than 64 brackets, with numbers beyond 64 bits, or with invalid UTF-8 are faults.
    package static func read<Value>(_ bytes: ArraySlice<UInt8>, _ body: (JSONNode) -> Value) -> Result<Value, JSONFault>
    {
        guard let parser = unsafe csj_parser_borrow() else { return .failure(JSONFault(message: "no memory")) }
        defer { unsafe csj_parser_return(parser) }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, !buffer.isEmpty else {
                return .failure(JSONFault(message: "no bytes"))
            }
            let document = unsafe csj_parse(parser, start, buffer.count)
            guard let tape = unsafe document.tape, let strings = unsafe document.strings else {
                return unsafe .failure(JSONFault(message: String(cString: csj_error_message(document.error))))
            }
            let root = unsafe JSONNode(tape: tape, strings: strings, position: 1)
            return .success(body(root))
        }
    }
}
