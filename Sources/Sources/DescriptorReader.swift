import ChargingModel

/// Reads a file of feed descriptors and checks every value.
struct DescriptorReader {
    let fileName: String
    let adapters: AdapterRegistry

    /// The server of a feed should not be asked more often than this, in seconds.
    static let shortestInterval = 60
    static let longestInterval = 604_800  // a week
    static let largestPage = 10_000

    static let fieldNames = [
        "id", "name", "adapter", "url", "interval_s", "time_zone", "has_live_status", "needs_credentials", "enabled",
        "licence", "attribution", "documentation_url", "bounding_box", "paging", "page_size", "since", "until",
        "notes",
    ]

    func descriptors(in bytes: [UInt8]) throws -> [FeedDescriptor] {
        let result = JSONText.read(bytes[...]) { root -> Result<[FeedDescriptor], SourceError> in
            guard root.kind == .array else {
                return .failure(unreadable("a JSON \(root.kind) (expected a list of descriptors)"))
            }
            return Result { () throws(SourceError) in
                var descriptors: [FeedDescriptor] = []
                for (index, element) in root.elements.enumerated() {
                    descriptors.append(try descriptor(element, subject: "\(fileName) [\(index)]"))
                }
                return descriptors
            }
        }
        switch result {
        case .success(let descriptors): return try descriptors.get()
        case .failure(let fault): throw unreadable("no JSON: \(fault.message) (expected a list of descriptors)")
        }
    }

    private func unreadable(_ detail: String) -> SourceError {
        SourceError(.unreadableCatalog, subject: fileName, detail: detail, remedy: "see docs/feeds/chargecloud.md")
    }

    private func descriptor(_ node: JSONNode, subject: String) throws(SourceError) -> FeedDescriptor {
        guard node.kind == .object else {
            throw SourceError(.badDescriptor, subject: subject, detail: "a JSON \(node.kind) (expected an object)")
        }
        var fields = CheckedFields(node: node, subject: subject, known: Self.fieldNames, code: .badDescriptor)
        try fields.checkNames()
        let idText = try fields.text("id")
        fields.subject = "\(fileName) [\(idText.cut(toBytes: 80))]"
        guard let id = FeedID(idText) else {
            throw fields.error("id", found: "\"\(idText)\"", expected: "a-z, 0-9, \"-\" and at most one \"/\"")
        }
        let adapter = try fields.text("adapter")
        guard adapters.ids.contains(adapter) else {
            let detail = "adapter \"\(adapter)\"" + Suggestion.text(for: adapter, among: adapters.ids)
            throw SourceError(
                .unknownAdapter,
                subject: fields.subject,
                detail: detail + " (expected one of: \(adapters.ids.joined(separator: ", ")))",
                remedy: "correct \"adapter\" in \(fileName)"
            )
        }
        return FeedDescriptor(
            id: id,
            name: try fields.text("name"),
            adapter: adapter,
            url: try fields.url("url"),
            intervalSeconds: try fields.integer("interval_s", in: Self.shortestInterval...Self.longestInterval),
            timeZone: try fields.timeZone("time_zone"),
            hasLiveStatus: try fields.boolean("has_live_status"),
            needsCredentials: try fields.boolean("needs_credentials"),
            isEnabled: try fields.boolean("enabled"),
            licence: try fields.optionalText("licence"),
            attribution: try fields.optionalText("attribution"),
            documentationURL: try fields.isGiven("documentation_url") ? fields.url("documentation_url") : nil,
            boundingBox: try fields.boundingBox("bounding_box"),
            paging: try fields.paging("paging"),
            pageSize: try fields.isGiven("page_size") ? fields.integer("page_size", in: 1...Self.largestPage) : nil,
            since: try fields.day("since"),
            until: try fields.day("until"),
            notes: try fields.optionalText("notes")
        )
    }
}

/// Fields that only descriptors have.
extension CheckedFields {
    func paging(_ name: String) throws(SourceError) -> Paging? {
        guard let value = value(name) else { return nil }
        guard let paging = value.string.flatMap(Paging.init(rawValue:)) else {
            let known = Paging.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
            throw error(name, found: value.compactText(limit: 80), expected: known)
        }
        return paging
    }

    func boundingBox(_ name: String) throws(SourceError) -> BoundingBox? {
        guard let value = value(name) else { return nil }
        let expected = "south < north within ±90 and west < east within ±180"
        guard let south = value["south"]?.double, let north = value["north"]?.double,
            let west = value["west"]?.double, let east = value["east"]?.double,
            -90 <= south, south < north, north <= 90, -180 <= west, west < east, east <= 180
        else {
            throw error(name, found: value.compactText(limit: 200), expected: expected)
        }
        return BoundingBox(south: south, west: west, north: north, east: east)
    }
}
