public import ChargingModel

/// The rows of one weekly export of MOBI.E, as the answer that ``MobieExportAdapter`` reads.
///
/// The export comes as two files of rows, one of locations and one of points. The answer is an object with
/// `export_date` and `data`, a list of locations with their points in `evses`. Every value is the file's own text
/// under the file's own name, null where the file has none; `connectors`, a JSON text in the file, is put in as it
/// stands where it is a JSON list, else as text. Stations are in the order of their ids, points too, so that equal
/// rows give equal bytes.
public struct MobieExport: Hashable, Sendable {
    /// A table of texts.
    public struct Rows: Hashable, Sendable {
        /// The file's names of the columns.
        public var columns: [String]
        /// One value a column; `nil` where the file has none.
        public var values: [[String?]]

        /// Creates a table.
        public init(columns: [String], values: [[String?]]) {
            self.columns = columns
            self.values = values
        }
    }

    /// The column that tells to which export a row belongs.
    public static let dateColumn = "snapshot_date"

    /// The date of the export.
    public var date: UTCDay
    /// One row a location.
    public var locations: Rows
    /// One row a point.
    public var points: Rows

    /// Creates an export of rows that all have its date.
    public init(date: UTCDay, locations: Rows, points: Rows) {
        self.date = date
        self.locations = locations
        self.points = points
    }

    /// The time of the observation: the export's date at 00:00 UTC, since the files tell no hour.
    public var slot: UTCTime { date.start }

    /// The answer, as JSON.
    ///
    /// Points whose location has no row stand in a location of which only the id is known; rows without a location id
    /// stand last, each by itself.
    public var answer: [UInt8] {
        var elements: [(id: String?, bytes: [UInt8])] = []
        var pointsByID = points.grouped(leavingOut: [Self.dateColumn, "location_id"])
        for index in locations.values.indices {
            let id = locations.value("location_id", index)
            let fields = locations.members(index, leavingOut: [Self.dateColumn, "evses"])
            // Of two rows with one id the first has the points: none stands twice.
            let inside = pointsByID.removeValue(forKey: id) ?? []
            elements.append((id, Self.station(fields, points: inside)))
        }
        for (id, inside) in pointsByID {
            let fields = id.map { [Self.member("location_id", value: $0)] } ?? []
            elements.append((id, Self.station(fields, points: inside)))
        }
        elements.sort { left, right in
            left.id == right.id
                ? left.bytes.lexicographicallyPrecedes(right.bytes)
                : Self.precedes(left.id, right.id)
        }
        var bytes = Array("{\"export_date\":\"\(date)\",\"data\":[\n".utf8)
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(contentsOf: ",\n".utf8) }
            bytes.append(contentsOf: element.bytes)
        }
        bytes.append(contentsOf: "\n]}\n".utf8)
        return bytes
    }

    private static func station(_ fields: [[UInt8]], points: [(id: String?, bytes: [UInt8])]) -> [UInt8] {
        let sorted = points.sorted { left, right in
            left.id == right.id
                ? left.bytes.lexicographicallyPrecedes(right.bytes)
                : precedes(left.id, right.id)
        }
        let list = Array("\"evses\":[".utf8) + sorted.map(\.bytes).joined(separator: [comma]) + Array("]".utf8)
        return object(fields + [list])
    }

    fileprivate static func object(_ members: [[UInt8]]) -> [UInt8] {
        Array("{".utf8) + members.joined(separator: [comma]) + Array("}".utf8)
    }

    fileprivate static func member(_ name: String, value: String?) -> [UInt8] {
        var writer = JSONWriter(sortsKeys: false)
        writer.write(name)
        guard let value else { return writer.bytes + Array(":null".utf8) }
        if name == "connectors", isJSONList(value) { return writer.bytes + Array(":".utf8) + Array(value.utf8) }
        var text = JSONWriter(sortsKeys: false)
        text.write(value)
        return writer.bytes + Array(":".utf8) + text.bytes
    }

    /// Whether a text is a JSON list, also at the depth at which it is put in.
    private static func isJSONList(_ text: String) -> Bool {
        let depth = 8  // brackets around a point's connectors, and some more
        let opening = String(repeating: "[", count: depth)
        let closing = String(repeating: "]", count: depth)
        return [text, opening + text + closing].allSatisfy { candidate in
            switch JSONText.read(Array(candidate.utf8)[...], { $0.kind == .array }) {
            case .success(let isList): isList
            case .failure: false
            }
        }
    }

    /// Texts in the order of their bytes, a missing one last.
    private static func precedes(_ left: String?, _ right: String?) -> Bool {
        guard let left else { return false }
        guard let right else { return true }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private static let comma = UInt8(ascii: ",")
}

extension MobieExport.Rows {
    fileprivate func value(_ column: String, _ row: Int) -> String? {
        columns.firstIndex(of: column).flatMap { values[row][$0] }
    }

    fileprivate func members(_ row: Int, leavingOut names: Set<String>) -> [[UInt8]] {
        zip(columns, values[row]).filter { !names.contains($0.0) }.map { MobieExport.member($0, value: $1) }
    }

    /// The rows as JSON objects, by location.
    fileprivate func grouped(leavingOut names: Set<String>) -> [String?: [(id: String?, bytes: [UInt8])]] {
        var groups: [String?: [(id: String?, bytes: [UInt8])]] = [:]
        for index in values.indices {
            let object = MobieExport.object(members(index, leavingOut: names))
            groups[value("location_id", index), default: []].append((value("evse_id", index), object))
        }
        return groups
    }
}
