/// "Did you mean": the known names that are nearest to a mistyped one.
enum Suggestion {
    /// The text after an unknown name: ` (did you mean "chargecloud/koeln"?)`, or nothing where no name is near.
    static func text(for name: String, among known: [String]) -> String {
        let near = nearest(to: name, among: known)
        guard !near.isEmpty else { return "" }
        return " (did you mean " + near.map { "\"\($0)\"" }.joined(separator: " or ") + "?)"
    }

    /// At most three names that are nearest, if within a third of the length in edits; the part after "/" is enough.
    static func nearest(to name: String, among known: [String]) -> [String] {
        guard name.utf8.count <= 64 else { return [] }
        let wanted = Array(name.lowercased().utf8)
        let scored = known.compactMap { candidate -> (distance: Int, name: String)? in
            let full = Array(candidate.utf8)
            let last = Array(candidate.utf8.split(separator: UInt8(ascii: "/")).last ?? [])
            let distance = min(editDistance(wanted, full), editDistance(wanted, last))
            return distance <= max(1, wanted.count / 3) ? (distance, candidate) : nil
        }
        let least = scored.map(\.distance).min()
        return scored.filter { $0.distance == least }.map(\.name).sorted().prefix(3).map(\.self)
    }

    /// Levenshtein's distance: insertions, removals and replacements that make one text the other.
    static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var previous = Array(0...right.count)
        for (row, leftByte) in left.enumerated() {
            var current = [row + 1]
            for (column, rightByte) in right.enumerated() {
                let replaced = previous[column] + (leftByte == rightByte ? 0 : 1)
                current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
