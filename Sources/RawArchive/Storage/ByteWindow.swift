/// Bytes that were decoded and not yet used: filled at the end, consumed at the front.
struct ByteWindow {
    private(set) var storage: [UInt8]
    private(set) var start = 0
    private(set) var end = 0

    init(capacity: Int = 262_144) {
        storage = Array(repeating: 0, count: capacity)
    }

    var count: Int { end - start }

    /// Forgets bytes at the front.
    mutating func consume(_ count: Int) {
        start += count
        if start == end {
            start = 0
            end = 0
        }
    }

    /// Makes room for at least `minimum` more bytes, by moving or by doubling.
    mutating func reserve(_ minimum: Int) {
        guard storage.count - end < minimum else { return }
        if start > 0, start >= storage.count / 2 || storage.count - count >= minimum {
            let used = count
            unsafe storage.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                unsafe base.copyMemory(from: base + start, byteCount: used)
            }
            start = 0
            end = used
        }
        if storage.count - end < minimum {
            storage.append(contentsOf: repeatElement(0, count: max(storage.count, minimum)))
        }
    }

    /// Lets `fill` write into the free room; it returns how many bytes it wrote.
    mutating func append(_ fill: (UnsafeMutableRawBufferPointer) throws -> Int) rethrows -> Int {
        let free = end..<storage.count
        let written = try unsafe storage.withUnsafeMutableBytes { bytes in
            try unsafe fill(UnsafeMutableRawBufferPointer(rebasing: bytes[free]))
        }
        end += written
        return written
    }

    /// Where `pattern` first stands, as an offset from the front, searching from `offset`.
    func offset(ofHeadEnd offset: Int) -> Int? {
        // Looks for CR LF CR LF.
        let carriageReturn = UInt8(ascii: "\r")
        let lineFeed = UInt8(ascii: "\n")
        var index = start + max(0, offset)
        while index + 3 < end {
            if storage[index + 3] != lineFeed {
                index += storage[index + 3] == carriageReturn ? 1 : 4
            } else if storage[index] == carriageReturn, storage[index + 1] == lineFeed,
                storage[index + 2] == carriageReturn
            {
                return index - start
            } else {
                index += 1
            }
        }
        return nil
    }

    /// A copy of bytes, counted from the front.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        Array(storage[start + range.lowerBound..<start + range.upperBound])
    }

    /// Bytes in place, counted from the front.
    func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
        storage[start + range.lowerBound..<start + range.upperBound]
    }
}
