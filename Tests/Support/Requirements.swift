import Foundation

/// Whether a part that set-up installs may be missing.
public enum Requirements {
    /// `make test` sets `CHARGEHOUSE_REQUIRE_ALL=1`: a missing library or tool then fails its tests instead of
    /// skipping them.
    public static var isRequired: Bool {
        ProcessInfo.processInfo.environment["CHARGEHOUSE_REQUIRE_ALL"] == "1"
    }

    /// Whether tests that need a part run: where it is there, and where it must be there.
    ///
    /// Use as `@Suite(.enabled(if: Requirements.runs(with: library != nil), "libduckdb is missing: make setup"))`;
    /// the test then fails by itself where the part is required and missing.
    public static func runs(with isPresent: Bool) -> Bool {
        isPresent || isRequired
    }

    /// The Python of the test environment that `make setup` creates, or `nil` without it.
    public static var python: String? {
        let path = PackageRoot.appending(".venv/bin/python")
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }
}
