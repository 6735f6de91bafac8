/// What a publication wrote.
public struct Publication: Sendable, Hashable, Codable {
    /// One table, or one file of a view.
    public struct Part: Sendable, Hashable, Codable {
        /// The table, or the file's path below the folder.
        public let name: String
        /// Rows in it.
        public let rows: Int
        /// A digest of the rows, whatever their order.
        public let digest: String
        /// Whether it is new; a part that did not change is left alone.
        public let isWritten: Bool

        /// Describes a part.
        public init(name: String, rows: Int, digest: String, isWritten: Bool) {
            self.name = name
            self.rows = rows
            self.digest = digest
            self.isWritten = isWritten
        }

        enum CodingKeys: String, CodingKey {
            case name, rows, digest
            case isWritten = "is_written"
        }
    }

    /// Where it is, without secrets.
    public let target: String
    /// In the order in which they were written.
    public let parts: [Part]
    /// Files that were removed, since their rows are gone.
    public let removed: [String]

    /// Describes a publication.
    public init(target: String, parts: [Part], removed: [String] = []) {
        self.target = target
        self.parts = parts
        self.removed = removed
    }

    /// Is told how many parts of how many are done, and which one comes next.
    public typealias Progress = @Sendable (_ done: Int, _ all: Int, _ next: String) -> Void
}

extension Mart {
    /// The views of some names; all where there is none.
    ///
    /// - Throws: ``PublishError`` `CHG124` for a name that no view has.
    public static func views(named names: [String]) throws -> [MartView] {
        for name in names where view(name) == nil { throw PublishError.unknownView(name) }
        return names.isEmpty ? views : views.filter { names.contains($0.name) }
    }
}
