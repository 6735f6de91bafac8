import Foundation
public import Testing

/// Expected texts in files: `Tests/<Target>/Golden/<name>`.
///
/// `UPDATE_GOLDEN=1 swift test` writes the files anew; read the difference in `git diff` before committing it.
public enum Golden {
    /// Compares a text with the golden file of the calling test target, and records an issue with the first
    /// difference where they are not equal.
    ///
    /// - Parameters:
    ///   - text: What the test made.
    ///   - name: The file below `Tests/<Target>/Golden/`: `report-city.html`.
    ///   - testFile: Where the check stands; the test target is read from it.
    ///   - sourceLocation: Where an issue is shown.
    /// - Throws: The error of reading or writing the file.
    public static func check(
        _ text: String,
        file name: String,
        testFile: String = #filePath,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        guard let path = path(of: name, testFile: testFile) else {
            Issue.record("\(testFile) is not below Tests/<Target>/", sourceLocation: sourceLocation)
            return
        }
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try write(text, to: path)
            return
        }
        guard FileManager.default.fileExists(atPath: path) else {
            Issue.record(
                "golden file \(name) does not exist; next: UPDATE_GOLDEN=1 swift test, then read it",
                sourceLocation: sourceLocation
            )
            return
        }
        let expected = try String(contentsOfFile: path, encoding: .utf8)
        if let difference = firstDifference(found: text, expected: expected) {
            Issue.record("golden file \(name): \(difference)", sourceLocation: sourceLocation)
        }
    }

    /// The first line in which two texts differ, with the line before it; `nil` where they are equal byte for byte.
    public static func firstDifference(found: String, expected: String) -> String? {
        guard !found.utf8.elementsEqual(expected.utf8) else { return nil }
        let foundLines = lines(of: found)
        let expectedLines = lines(of: expected)
        let equal = zip(foundLines, expectedLines).prefix { $0.utf8.elementsEqual($1.utf8) }.count
        var report = ["line \(equal + 1) differs (\(foundLines.count) lines found, \(expectedLines.count) expected)"]
        if equal > 0 { report.append("    before: \(foundLines[equal - 1].debugDescription)") }
        report.append("  expected: \(shown(expectedLines, equal))")
        report.append("     found: \(shown(foundLines, equal))")
        return report.joined(separator: "\n")
    }

    /// Cut at line feeds in the UTF-8, so that a carriage return before one stays visible.
    private static func lines(of text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static func shown(_ lines: [String], _ index: Int) -> String {
        index < lines.count ? lines[index].debugDescription : "the text ends here"
    }

    private static func path(of name: String, testFile: String) -> String? {
        let root = PackageRoot.path + "/Tests/"
        guard testFile.hasPrefix(root), let target = testFile.dropFirst(root.count).split(separator: "/").first else {
            return nil
        }
        return "\(root)\(target)/Golden/\(name)"
    }

    private static func write(_ text: String, to path: String) throws {
        let folder = PackageRoot.folder(of: path, levelsUp: 1)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
