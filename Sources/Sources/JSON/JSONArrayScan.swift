import CSIMDJSON

/// Where an array and its elements stand in a text, found by counting brackets outside strings.
enum JSONArrayScan {
    case found(array: Range<Int>, elements: [Range<Int>])
    /// The text ends at this element, counted from 0.
    case truncated(element: Int)
    case noArray
    case tooDeep(position: Int)
    case irregular(position: Int)
    case noMemory

    /// Finds the array `name` of the root object.
    ///
    /// With `allowsScalars`, elements can be anything between commas; `text` must then be valid JSON.
    static func run(_ text: ArraySlice<UInt8>, name: String, allowsScalars: Bool) -> JSONArrayScan {
        let scan = unsafe text.withUnsafeBufferPointer { buffer -> csj_scan? in
            guard let start = buffer.baseAddress else { return nil }
            return unsafe csj_scan_array(start, buffer.count, name, allowsScalars ? 1 : 0)
        }
        guard let scan = unsafe scan else { return .noArray }
        defer { unsafe csj_scan_free(scan) }
        return unsafe JSONArrayScan(scan, offset: text.startIndex)
    }

    @unsafe
    private init(_ scan: csj_scan, offset: Int) {
        let position = unsafe scan.position + offset
        switch unsafe scan.status {
        case Int32(CSJ_SCAN_FOUND):
            // No `for unsafe`: the formatter of Swift 6.3 joins the two words.
            let elements = unsafe UnsafeBufferPointer(start: scan.elements, count: scan.count).map { range in
                (range.start + offset)..<(range.end + offset)
            }
            let array = unsafe (scan.array.start + offset)..<(scan.array.end + offset)
            self = .found(array: array, elements: elements)
        case Int32(CSJ_SCAN_TRUNCATED): self = unsafe .truncated(element: scan.count)
        case Int32(CSJ_SCAN_NO_ARRAY): self = .noArray
        case Int32(CSJ_SCAN_TOO_DEEP): self = .tooDeep(position: position)
        case Int32(CSJ_SCAN_NO_MEMORY): self = .noMemory
        default: self = .irregular(position: position)
        }
    }
}
