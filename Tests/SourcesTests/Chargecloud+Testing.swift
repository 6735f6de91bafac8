import ChargingModel
import Foundation
import Sources
import TestSupport
import Testing

/// What the tests of chargecloud share.
enum Chargecloud {
    static func feed(_ id: String) throws -> FeedDescriptor { try FeedCatalog.builtIn().feed(id) }

    static func fixture(_ name: String) throws -> [UInt8] {
        let path = PackageRoot.appending("Tests/SourcesTests/Fixtures/chargecloud/\(name)")
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    static func shared(_ name: String) throws -> [UInt8] {
        let path = try #require(SharedData.path("payloads/chargecloud/\(name)"))
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// A page of surface A around elements.
    static func page(_ elements: String..., status: String = "1000") -> [UInt8] {
        let data = elements.joined(separator: ", ")
        let text = """
            {"status_code": \(status), "status_message": "m", "timestamp": "2026-03-01T11:20:00+01:00", "data": [\(data)]}
            """
        return Array(text.utf8)
    }

    static func map(
        _ element: String,
        surface: ChargecloudSurface = .poi,
        feed id: String = "chargecloud/koeln"
    ) throws -> MappedStation {
        ChargecloudAdapter(surface).map(Array(element.utf8)[...], feed: try feed(id))
    }

    /// A station with one point and one connector; parts are added before the closing brackets.
    static func station(_ station: String = "", point: String = "", connector: String = "") -> String {
        """
        {"id": "1"\(station), "evses": [{"uid": "2"\(point), "connectors": [{"id": "3"\(connector)}]}]}
        """
    }
}

extension MappedStation {
    /// Whether nothing was lost without a reject.
    var isBalanced: Bool {
        var kept = RecordCounts(stations: record == nil ? 0 : 1)
        for point in record?.points ?? [] {
            kept.points += 1
            kept.connectors += point.connectors.count
        }
        for reject in rejects {
            switch reject.kind {
            case .station: kept.stations += 1
            case .point: kept.points += 1
            case .connector: kept.connectors += 1
            }
        }
        return kept == read
    }

    var findingRules: Set<String> { Set(findings.map(\.rule)) }
    var rejectRules: [String] { rejects.map(\.rule) }
    var firstConnector: ConnectorRecord? { record?.points.first?.connectors.first }
}
