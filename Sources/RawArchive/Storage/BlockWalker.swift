/// Follows the structure of a zstd stream (RFC 8878, section 3.1.1) to know where each block ends in the file.
///
/// Decoding is not its work: bytes that make no sense are left to the decoder, which refuses them.
struct BlockWalker {
    private enum State {
        case magic
        case descriptor
        case headerRest(checksum: Bool)
        case blockHeader(checksum: Bool)
        case block(isLast: Bool, checksum: Bool)
        case checksum
        case skippableSize
        case skippable
        case lost
    }

    private var state = State.magic
    private var missing = 4
    private var value: UInt64 = 0
    private var taken = 0

    /// Whether the stream stands between two frames.
    private(set) var isBetweenFrames = true
    /// Whether the stream stands directly behind a block or a frame.
    private(set) var isAtBoundary = true

    /// Walks over bytes up to the next boundary; returns how many bytes were walked.
    mutating func walk(_ bytes: ArraySlice<UInt8>) -> Int {
        var index = bytes.startIndex
        isAtBoundary = false
        while index < bytes.endIndex {
            isBetweenFrames = false
            if case .lost = state { return bytes.count }
            let step = min(missing, bytes.endIndex - index)
            if isNumber {
                for byte in bytes[index..<index + step] {
                    value |= UInt64(byte) << UInt64(8 * taken)
                    taken += 1
                }
            }
            index += step
            missing -= step
            if missing == 0, advance() {
                isAtBoundary = true
                return index - bytes.startIndex
            }
        }
        return bytes.count
    }

    private var isNumber: Bool {
        switch state {
        case .magic, .descriptor, .blockHeader, .skippableSize: true
        case .headerRest, .block, .checksum, .skippable, .lost: false
        }
    }

    /// Goes on to the next part; `true` where a block or a frame has just ended.
    private mutating func advance() -> Bool {
        let number = value
        value = 0
        taken = 0
        switch state {
        case .magic: return afterMagic(number)
        case .descriptor: return afterDescriptor(number)
        case .headerRest(let checksum): return expect(.blockHeader(checksum: checksum), 3)
        case .blockHeader(let checksum): return afterBlockHeader(number, checksum)
        case .block(let isLast, let checksum): return afterBlock(isLast, checksum)
        case .checksum, .skippable: return endFrame()
        case .skippableSize: return number == 0 ? endFrame() : expect(.skippable, Int(number))
        case .lost: return false
        }
    }

    private mutating func expect(_ next: State, _ count: Int) -> Bool {
        state = next
        missing = count
        return false
    }

    private mutating func afterMagic(_ number: UInt64) -> Bool {
        if number == 0xFD2F_B528 { return expect(.descriptor, 1) }
        if number & 0xFFFF_FFF0 == 0x184D_2A50 { return expect(.skippableSize, 4) }
        return expect(.lost, 1)
    }

    private mutating func afterDescriptor(_ byte: UInt64) -> Bool {
        let isSingleSegment = byte & 0x20 != 0
        let sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(byte >> 6)]
        let dictionaryBytes = [0, 1, 2, 4][Int(byte & 3)]
        let rest = (isSingleSegment ? 0 : 1) + sizeBytes + dictionaryBytes
        return expect(.headerRest(checksum: byte & 4 != 0), rest)
    }

    private mutating func afterBlockHeader(_ number: UInt64, _ checksum: Bool) -> Bool {
        let isLast = number & 1 != 0
        let kind = (number >> 1) & 3
        let size = Int(number >> 3)
        switch kind {
        case 1: return expect(.block(isLast: isLast, checksum: checksum), 1)
        case 3: return expect(.lost, 1)
        default:
            if size == 0 { return afterBlock(isLast, checksum) }
            return expect(.block(isLast: isLast, checksum: checksum), size)
        }
    }

    private mutating func afterBlock(_ isLast: Bool, _ checksum: Bool) -> Bool {
        guard isLast else {
            _ = expect(.blockHeader(checksum: checksum), 3)
            return true
        }
        if checksum { return expect(.checksum, 4) }
        return endFrame()
    }

    private mutating func endFrame() -> Bool {
        _ = expect(.magic, 4)
        isBetweenFrames = true
        return true
    }
}
