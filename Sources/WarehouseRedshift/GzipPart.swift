import CZlib
import Foundation
import Warehouse
import WarehousePostgres

/// The rows of several flat files as one gzipped file, without headers.
///
/// Redshift reads a file with one core however large it is, and opens each of a thousand small ones: a day of a feed is
/// far too small for a file of its own, a backfill far too large for one.
///
/// Invariant: used by one thread; `close` or `remove` ends it.
@safe
final class GzipPart {
    /// Where the rows of a source stand in the part.
    struct Source: Sendable, Hashable {
        var file: String
        /// Line feeds, those inside of quotes too.
        var lines: Int
    }

    let path: String
    private(set) var sources: [Source] = []
    private let handle: gzFile
    private var isOpen = true

    init() throws(WarehouseError) {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("chargehouse-\(UUID().uuidString).csv.gz").path
        // The rows are the warehouse's: nobody else's on this machine.
        let isMade = FileManager.default.createFile(
            atPath: path,
            contents: nil,
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade, let opened = unsafe gzopen(path, "wb6") else { throw Self.unwritable(path) }
        unsafe handle = opened
    }

    deinit {
        if isOpen { _ = unsafe gzclose_w(handle) }
    }

    /// Compressed bytes so far, what zlib still holds back not counted.
    var bytes: Int { isOpen ? Int(unsafe gzoffset(handle)) : 0 }

    /// Appends the rows of a flat file.
    ///
    /// - Throws: ``WarehouseError`` with `loadFailed` for a file that is no flat file, `exhausted` for a full disk.
    func append(_ file: String, header: [UInt8], table: String) throws(WarehouseError) {
        var lines = 0
        do {
            unsafe try FlatFileRows.read(file, header: header) { bytes in
                guard let start = bytes.baseAddress, unsafe !bytes.isEmpty else { return }
                unsafe lines += bytes.count { $0 == UInt8(ascii: "\n") }
                let written = unsafe gzwrite(handle, start, UInt32(bytes.count))
                guard Int(written) == bytes.count else { throw Self.unwritable(path) }
            }
        } catch let fault as FlatFileRows.Fault {
            throw WarehouseError(
                .loadFailed,
                subject: "\(table) from \(file)",
                detail: fault.reason,
                kept: "nothing was changed"
            )
        } catch let error as WarehouseError {
            throw error
        } catch {
            throw Self.unwritable(path)
        }
        sources.append(Source(file: file, lines: lines))
    }

    /// Writes what is held back.
    ///
    /// - Throws: ``WarehouseError`` with `exhausted`.
    func close() throws(WarehouseError) {
        guard isOpen else { return }
        isOpen = false
        guard unsafe gzclose_w(handle) == Z_OK else { throw Self.unwritable(path) }
    }

    /// Joins files from the front of a list into one part, until it is large enough; blocks.
    ///
    /// - Throws: ``WarehouseError``; no part is left then.
    static func join(
        _ files: [String],
        header: [UInt8],
        table: String,
        untilBytes limit: Int
    ) throws(WarehouseError) -> (path: String, sources: [Source]) {
        let part = try GzipPart()
        do {
            for file in files where part.bytes < limit { try part.append(file, header: header, table: table) }
            try part.close()
        } catch {
            part.remove()
            throw error
        }
        return (part.path, part.sources)
    }

    /// Deletes the file; one that is gone already is no error.
    func remove() { Self.remove(path) }

    /// Deletes a file; one that is gone already is no error.
    static func remove(_ path: String) {
        _ = unsafe unlink(path)
    }

    /// Writes a small text as a gzipped file.
    ///
    /// - Throws: ``WarehouseError`` with `exhausted`.
    static func writeFlatFile(_ text: String, to path: String) throws(WarehouseError) {
        guard let handle = unsafe gzopen(path, "wb6") else { throw unwritable(path) }
        let bytes = Array(text.utf8)
        let written = unsafe bytes.withUnsafeBytes { unsafe gzwrite(handle, $0.baseAddress, UInt32($0.count)) }
        guard unsafe gzclose_w(handle) == Z_OK, Int(written) == bytes.count else { throw unwritable(path) }
    }

    private static func unwritable(_ path: String) -> WarehouseError {
        WarehouseError(
            .exhausted,
            subject: path,
            detail: "the file for the stage cannot be written (expected room in the temporary folder)",
            kept: "nothing was changed",
            remedy: "free disk space, or set TMPDIR to a folder with more"
        )
    }
}
