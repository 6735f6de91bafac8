internal import ChargingModel

/// One pass over a pack: captures in file order, and how far the pack is whole.
final class PackScan {
    /// What a pass over a pack found.
    struct Result {
        var polls = 0
        var successfulPolls = 0
        var capturesWithBodies = 0
        var abandonedPages = 0
        var plainBytes = 0
        /// Plain bytes up to the end of the last complete capture.
        var acknowledgedPlain = 0
        /// File bytes behind the last complete capture.
        var tornBytes = 0
        /// Whether the file ends with a finished frame.
        var isFinished = true
        /// Body bytes of the largest capture.
        var largestCapture = 0
        var firstSlot: UTCTime?
        var lastSlot: UTCTime?
        /// Why the pass ended early; `nil` where it reached the end of the file.
        var failure: ArchiveError?
        /// Digest of all plain bytes, where it was asked for.
        var index = PackIndex()
    }

    private let source: ZstdFileSource
    private let reader: RecordReader
    private let assembler: CaptureAssembler
    private let fileLength: Int
    private var result = Result()
    private var boundaries: [(file: Int, plain: Int)] = []
    private var acknowledgedFile: Int?
    private var frames: [(file: Int, plain: Int)] = [(0, 0)]

    /// Where the pages of the capture that is being visited stand.
    var places: [RecordPlace] {
        assembler.places.map { place in
            var place = place
            if let frame = frames.last(where: { $0.plain <= place.offset }) {
                (place.frameFileOffset, place.framePlainOffset) = (frame.file, frame.plain)
            }
            return place
        }
    }

    init(
        path: String,
        feed: FeedID?,
        subject: String,
        maximumBlockBytes: Int,
        options: CaptureAssembler.Options
    ) throws {
        let file = try PackFile(path, .read)
        fileLength = try file.length()
        source = try ZstdFileSource(file: file)
        reader = RecordReader(source, maximumBlockBytes: maximumBlockBytes, subject: subject)
        assembler = CaptureAssembler(feed: feed, options: options)
    }

    /// Visits every complete capture.
    ///
    /// - Throws: What `visit` throws. A damaged pack is told in the result, because what stands before is good.
    func run(_ visit: (ArchivedCapture) throws -> Void) throws -> Result {
        source.onBoundary = { [unowned self] file, plain in note(boundary: file, plain) }
        while let capture = next() {
            guard case .some(let capture) = capture else { continue }
            count(capture)
            try visit(capture)
        }
        finish()
        return result
    }

    /// The next record: `nil` at the end, `.some(nil)` where it closed no capture.
    private func next() -> ArchivedCapture?? {
        do {
            guard let record = try reader.next() else { return nil }
            let capture = try assembler.take(record, from: reader)
            if capture != nil || (record.type == "warcinfo" && !assembler.hasOpenPages) {
                acknowledge(reader.endOfRecord)
            }
            return .some(capture)
        } catch let error as ArchiveError {
            result.failure = error
            return nil
        } catch {
            result.failure = ArchiveError(.readFailed, "pack", "\(error)")
            return nil
        }
    }

    private func count(_ capture: ArchivedCapture) {
        result.polls += 1
        if capture.poll.outcome == .ok { result.successfulPolls += 1 }
        if !capture.pages.isEmpty { result.capturesWithBodies += 1 }
        result.firstSlot = min(result.firstSlot ?? capture.poll.slot, capture.poll.slot)
        result.lastSlot = max(result.lastSlot ?? capture.poll.slot, capture.poll.slot)
    }

    private func note(boundary file: Int, _ plain: Int) {
        if boundaries.last?.plain == plain { boundaries.removeLast() }
        boundaries.append((file, plain))
        guard source.isFinished else { return }
        if frames.last?.plain == plain { frames.removeLast() }
        frames.append((file, plain))
    }

    private func acknowledge(_ plain: Int) {
        result.acknowledgedPlain = plain
        acknowledgedFile = nil
        let kept = boundaries.firstIndex { $0.plain >= plain } ?? boundaries.endIndex
        boundaries.removeSubrange(..<kept)
    }

    private func finish() {
        assembler.finish()
        if let exact = boundaries.first(where: { $0.plain == result.acknowledgedPlain }) {
            acknowledgedFile = exact.file
        }
        result.abandonedPages = assembler.abandonedPages
        result.plainBytes = source.plainOffset
        result.isFinished = source.isFinished && result.failure == nil
        result.largestCapture = assembler.largestCapture
        result.index = assembler.index
        if let acknowledgedFile {
            result.tornBytes = fileLength - acknowledgedFile
        } else if result.acknowledgedPlain > 0 || fileLength > 0 {
            // A solid frame has no block boundary there: the plain bytes behind are what can be told.
            result.tornBytes = max(1, source.plainOffset - result.acknowledgedPlain)
        }
    }
}
