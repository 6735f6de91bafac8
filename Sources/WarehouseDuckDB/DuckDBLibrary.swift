import CDuckDB
import ChargingModel
import Foundation
public import Warehouse

/// DuckDB's client library, opened at run time.
///
/// Invariant: the table of functions is written once, before this value exists, and stays for the life of the process;
/// that is what makes the pointer safe to share.
@safe
public struct DuckDBLibrary: @unchecked Sendable {
    /// The oldest version whose functions are the ones used here.
    static let oldestVersion = (major: 1, minor: 2)

    /// Where the library lies.
    public let path: String
    /// What the library says of itself, for example `v1.4.1`.
    public let version: String
    let api: UnsafePointer<cduckdb_api>

    /// Finds and opens the library: the first of the candidates that exists.
    ///
    /// - Parameters:
    ///   - environment: of the process; `CHARGEHOUSE_DUCKDB_LIBRARY`, `XDG_DATA_HOME` and `HOME` are read.
    ///   - workingDirectory: the folder in which `.chargehouse/lib` is looked for.
    /// - Returns: The opened library.
    /// - Throws: ``WarehouseError`` with `libraryMissing` or `libraryUnusable`.
    public static func locate(
        environment: [String: String],
        workingDirectory: String = "."
    ) throws(WarehouseError) -> DuckDBLibrary {
        if let path = environment[environmentName], !path.isEmpty {
            guard FileManager.default.fileExists(atPath: path) else {
                throw missing("\(environmentName) names \"\(path)\", where no file is")
            }
            return try DuckDBLibrary(path: path)
        }
        let candidates = candidates(environment: environment, workingDirectory: workingDirectory)
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw missing("no library found (looked in \(searchedFolders(environment, workingDirectory)))")
        }
        return try DuckDBLibrary(path: path)
    }

    /// Opens one library.
    ///
    /// - Throws: ``WarehouseError`` with `libraryUnusable`: not a DuckDB library, or older than 1.2.
    public init(path: String) throws(WarehouseError) {
        var failure = [CChar](repeating: 0, count: 1_000)
        var table: UnsafePointer<cduckdb_api>?
        for companion in Self.companions(of: path) {
            unsafe table = cduckdb_load(path, companion, &failure, failure.count)
            if unsafe table != nil { break }
        }
        guard let table = unsafe table else {
            throw Self.unusable(path, String(decoding: failure.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
        }
        unsafe api = table
        self.path = path
        version = unsafe String(cString: table.pointee.library_version())
        guard Self.isSupported(version: version) else {
            throw Self.unusable(path, "version \(version) (expected 1.2 or later)")
        }
    }

    /// Whether a version text such as `v1.4.1` is new enough.
    ///
    /// A text without a number (a development build) is.
    package static func isSupported(version: String) -> Bool {
        let numbers = version.drop { !$0.isNumber }.split(separator: ".").prefix(2).compactMap { Int($0) }
        guard numbers.count == 2 else { return true }
        return (numbers[0], numbers[1]) >= (oldestVersion.major, oldestVersion.minor)
    }

    private static func missing(_ detail: String) -> WarehouseError {
        WarehouseError(.libraryMissing, subject: "DuckDB library", detail: detail, remedy: "make setup")
    }

    private static func unusable(_ path: String, _ detail: String) -> WarehouseError {
        WarehouseError(.libraryUnusable, subject: path, detail: detail, remedy: "make setup")
    }
}
