public import ChargingModel
import Foundation

/// What a feed family's status texts mean: data with a version.
///
/// Texts are compared without regard to case and to blanks around and between words. A text that no row names is
/// `unknown` and keeps its wording.
public struct StatusMap: Hashable, Sendable {
    /// One row of a map.
    public struct Row: Hashable, Sendable {
        /// The feed's text, as the map's file writes it.
        public var text: String
        /// What it means.
        public var status: ChargingStatus
        /// The map that the row stands in: `chargecloud 1`, or the name and version of a user's file.
        public var source: String
    }

    /// The feed family whose texts the map reads.
    public let family: String
    /// The names and versions of the files that make the map: `chargecloud 1`, `chargecloud 1 + mine 2`.
    public let version: String
    private let rowByText: [String: Row]

    /// A map without rows: every text is unknown.
    init(family: String, version: String) {
        self.family = family
        self.version = version
        rowByText = [:]
    }

    private init(family: String, version: String, rowByText: [String: Row]) {
        self.family = family
        self.version = version
        self.rowByText = rowByText
    }

    /// The row that a text is read by; `nil` for a text that the map does not know.
    public func row(of text: String) -> Row? {
        rowByText[text] ?? rowByText[Self.normalised(text)]
    }

    /// The status of a text; `nil` for a text that the map does not know.
    public func status(of text: String) -> ChargingStatus? { row(of: text)?.status }

    /// All rows, by text.
    public var rows: [Row] { rowByText.sorted { $0.key < $1.key }.map(\.value) }

    /// Stands for the version and every row: part of every slice's input hash.
    public var digest: ContentDigest {
        let rows = rowByText.sorted { $0.key < $1.key }
        let lines = rows.map { "\($0.key)\t\($0.value.status.rawValue)\t\($0.value.source)" }
        return ContentDigest(of: Array(([family, version] + lines).joined(separator: "\n").utf8))
    }

    /// Blanks at the ends go, blanks inside become one, letters become capitals.
    private static func normalised(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ").uppercased()
    }

    /// This map with the rows of a file added; of one text the file's row counts.
    ///
    /// - Throws: ``SourceError`` `badStatusMap` where the file cannot be used or is of another family.
    func adding(_ file: File) throws -> StatusMap {
        guard file.family == family else {
            throw file.fault("\"family\" is \"\(file.family)\" (expected \"\(family)\")")
        }
        let name = file.isBuiltIn ? file.family : file.label
        var rows = rowByText
        var own: Set<String> = []
        for row in file.statuses {
            guard let status = ChargingStatus(rawValue: row.status), status != .absent, status != .unobserved else {
                let known = ChargingStatus.allCases.filter { $0 != .absent && $0 != .unobserved }.map(\.rawValue)
                throw file.fault(
                    "\"\(row.text)\" is mapped to \"\(row.status)\"" + Suggestion.text(for: row.status, among: known)
                        + " (expected one of: \(known.joined(separator: ", ")))"
                )
            }
            let key = Self.normalised(row.text)
            guard !key.isEmpty else { throw file.fault("a \"text\" is empty (expected a status text)") }
            guard own.insert(key).inserted else { throw file.fault("\"\(row.text)\" stands twice (expected once)") }
            rows[key] = Row(text: row.text, status: status, source: "\(name) \(file.version)")
        }
        let version = [self.version, "\(name) \(file.version)"].filter { !$0.isEmpty }.joined(separator: " + ")
        return StatusMap(family: family, version: version, rowByText: rows)
    }
}

extension StatusMap {
    /// A file of rows, as it is written.
    struct File: Decodable {
        struct Row: Decodable {
            var text: String
            var status: String
            var note: String?
        }

        var family: String
        var version: Int
        var statuses: [Row]
        /// What errors call the file.
        var path = ""
        var isBuiltIn = false

        enum CodingKeys: String, CodingKey {
            case family, version, statuses
        }

        /// The file's name without folder and ending.
        var label: String {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return name.hasSuffix(".json") ? String(name.dropLast(5)) : name
        }

        init(_ bytes: [UInt8], path: String, isBuiltIn: Bool = false) throws {
            do {
                self = try JSONDecoder().decode(File.self, from: Data(bytes))
            } catch {
                throw Self.fault(path, "no status map: \(error) (expected family, version and statuses)")
            }
            self.path = path
            self.isBuiltIn = isBuiltIn
        }

        func fault(_ detail: String) -> SourceError { Self.fault(path, detail) }

        private static func fault(_ path: String, _ detail: String) -> SourceError {
            SourceError(
                .badStatusMap,
                subject: path,
                detail: detail,
                remedy: "correct the file; docs/guide/rebuild.md shows one"
            )
        }
    }
}
