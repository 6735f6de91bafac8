import CPostgres
import ChargingModel
import Foundation
public import Warehouse

/// PostgreSQL's client library, libpq, opened at run time.
///
/// Invariant: the table of functions is written once, before this value exists, and stays for the life of the process;
/// that is what makes the pointer safe to share.
@safe
public struct PostgresLibrary: @unchecked Sendable {
    /// The environment variable that names the library's file.
    public static let environmentName = "CHARGEHOUSE_LIBPQ_LIBRARY"
    /// The oldest version whose functions are the ones used here.
    static let oldestVersion = 100_000

    /// Where the library lies.
    public let path: String
    /// What the library says of itself: 150018 is 15.18.
    public let version: Int
    let api: UnsafePointer<cpostgres_api>

    /// Finds and opens the library: the one that the environment names, else the system's.
    ///
    /// - Parameter environment: of the process; `CHARGEHOUSE_LIBPQ_LIBRARY` is read.
    /// - Returns: The opened library.
    /// - Throws: ``WarehouseError`` with `libraryMissing` or `libraryUnusable`.
    public static func locate(environment: [String: String]) throws(WarehouseError) -> PostgresLibrary {
        if let path = environment[environmentName], !path.isEmpty {
            guard FileManager.default.fileExists(atPath: path) else {
                throw missing("\(environmentName) names \"\(path)\", where no file is")
            }
            return try PostgresLibrary(path: path)
        }
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw missing(
                "no library found (looked for \(libraryNames.joined(separator: ", ")) in the system's folders)"
            )
        }
        return try PostgresLibrary(path: path)
    }

    /// Opens one library.
    ///
    /// - Throws: ``WarehouseError`` with `libraryUnusable`: not a libpq, or older than 10.
    public init(path: String) throws(WarehouseError) {
        var failure = [CChar](repeating: 0, count: 1_000)
        guard let table = unsafe cpostgres_load(path, &failure, failure.count) else {
            let reason = String(decoding: failure.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw Self.unusable(path, reason)
        }
        unsafe api = table
        self.path = path
        version = Int(unsafe table.pointee.lib_version())
        guard version >= Self.oldestVersion else {
            throw Self.unusable(path, "version \(version / 10_000) (expected 10 or later)")
        }
    }

    /// The paths that are tried, in order, where the environment names none.
    public static var candidates: [String] {
        folders.flatMap { folder in libraryNames.map { "\(folder)/\($0)" } }
    }

    private static let libraryNames = ["libpq.so.5", "libpq.5.dylib", "libpq.dylib"]

    private static let folders = [
        "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/lib64",
        "/opt/homebrew/opt/libpq/lib", "/opt/homebrew/lib", "/usr/local/opt/libpq/lib",
    ]

    private static let installation = "apt-get install libpq5 (macOS: brew install libpq), or make setup"

    private static func missing(_ detail: String) -> WarehouseError {
        WarehouseError(.libraryMissing, subject: "PostgreSQL's client library", detail: detail, remedy: installation)
    }

    private static func unusable(_ path: String, _ detail: String) -> WarehouseError {
        WarehouseError(.libraryUnusable, subject: path, detail: detail, remedy: installation)
    }
}
