import ChargingModel
import RawArchive
import Sources

/// Turns a slice into the rows of its flat files.
///
/// Rows are ordered, so that equal slices give equal files.
struct FlatFileRows {
    let slice: Slice
    let keys: ObjectKeys
    private let feedKey: StableKey
    private let loadID: StableKey
    private var statusKeys: [String: StableKey] = [:]

    init(_ slice: Slice) {
        self.slice = slice
        keys = ObjectKeys(family: slice.family)
        feedKey = slice.feed.id.key
        loadID = slice.loadID
    }

    mutating func file(_ kind: FlatFileKind) -> CSVWriter {
        var csv = CSVWriter(columns: kind.columns)
        switch kind {
        case .operators: writeOperators(&csv)
        case .chargingStations: writeStations(&csv)
        case .chargingPoints: writePoints(&csv)
        case .connectors: writeConnectors(&csv)
        case .pointStatus: writePointStatus(&csv)
        case .connectorStatus: writeConnectorStatus(&csv)
        case .openTimes: writeOpenTimes(&csv)
        case .openingHours: writeOpeningHours(&csv)
        case .openingExceptions: writeOpeningExceptions(&csv)
        case .capabilities: writeCapabilities(&csv)
        case .polls: writePolls(&csv)
        case .rejects: writeRejects(&csv)
        }
        return csv
    }

    func startRow(_ csv: inout CSVWriter) {
        csv.field(slice.day)
        csv.field(feedKey)
        csv.field(loadID)
    }

    private func startVersion<Attributes>(
        _ csv: inout CSVWriter,
        _ kind: String,
        _ id: StableKey,
        _ run: VersionRun<Attributes>
    ) {
        startRow(&csv)
        csv.field(id)
        csv.field(StableKey("\(kind) version", "\(id.value)", run.seenFrom.description))
        csv.field(run.seenFrom)
        csv.field(run.seenTo)
        csv.field(run.seenFrom.adding(seconds: CleaningRules.flappingPolls * slice.feed.intervalSeconds))
        csv.field(run.attributes.attributeHash)
    }

    private func writeOperators(_ csv: inout CSVWriter) {
        for (id, history) in slice.deriver.operators.sorted(by: { $0.key < $1.key }) {
            for run in history.runs {
                startVersion(&csv, "operator", keys.operator(id), run)
                csv.field(slice.family)
                csv.field(id)
                csv.field(run.attributes.value.name)
                csv.field(run.attributes.value.website)
                csv.field(run.attributes.value.hotline)
                csv.endRow()
            }
        }
    }

    private func writeStations(_ csv: inout CSVWriter) {
        for (id, history) in slice.deriver.stations.sorted(by: { $0.key < $1.key }) {
            for run in history.runs {
                let station = run.attributes.value
                let city = station.city ?? slice.feed.name
                let country = station.country ?? ChargingStation.unknownCountry
                let cityID = station.cityID ?? Place.id(country: country, name: city)
                startVersion(&csv, "station", keys.station(id), run)
                csv.field(id)
                csv.field(keys.operator(station.operator?.sourceID))
                csv.field(Place.key(ofCity: cityID))
                csv.field(cityID)
                csv.field(city)
                csv.field(station.name)
                csv.field(station.address)
                csv.field(station.postalCode)
                csv.field(country)
                csv.field(station.latitude)
                csv.field(station.longitude)
                csv.field(slice.feed.timeZone)
                csv.field(station.isRoaming)
                csv.field(station.ownerName)
                csv.field(station.helpPhone)
                csv.field(station.isOpenAroundTheClock)
                csv.field(station.openingHoursJSON)
                csv.field(keys.openingHours(of: station))
                csv.field(station.directionsJSON)
                csv.field(station.extraJSON)
                csv.endRow()
            }
        }
    }

    private func writePoints(_ csv: inout CSVWriter) {
        for (id, object) in slice.deriver.points.objects.sorted(by: { $0.key < $1.key }) {
            for run in object.history.runs {
                let placed = run.attributes.value
                let point = placed.point
                startVersion(&csv, "point", keys.point(id), run)
                csv.field(keys.station(placed.stationID))
                csv.field(id)
                csv.field(point.evseID)
                csv.field(keys.evse(of: point))
                csv.field(keys.reusedPoint(id, from: run.seenFrom))
                csv.field(placed.connectorHash)
                csv.field(placed.reportedAt)
                csv.field(placed.latitude)
                csv.field(placed.longitude)
                csv.field(point.physicalReference)
                csv.field(point.floorLevel)
                csv.field(point.pointPosition)
                csv.field(point.stationPosition)
                csv.field(point.parkingSpaces)
                csv.field(point.publicComment)
                csv.field(point.vehicleType)
                csv.field(point.isRoaming)
                csv.field(point.capabilities.asJSON)
                csv.field(keys.capabilities(of: point))
                csv.field(point.isReservable)
                for capability in ["REMOTE_START_STOP_CAPABLE", "RFID_READER", "PLUG_AND_CHARGE_CAPABLE"] {
                    csv.field(point.capabilities.isEmpty ? nil : point.capabilities.contains(capability))
                }
                csv.field(point.tariffIDsJSON)
                csv.field(placed.maxPowerKilowatts)
                csv.field(placed.currentType)
                csv.field(placed.maxPowerKilowatts.map(powerClass))
                csv.field(placed.connectorCount)
                csv.field(point.extraJSON)
                csv.endRow()
            }
        }
    }

    private func writeConnectors(_ csv: inout CSVWriter) {
        for (id, object) in slice.deriver.connectors.objects.sorted(by: { $0.key < $1.key }) {
            for run in object.history.runs {
                let connector = run.attributes.value.connector
                startVersion(&csv, "connector", keys.connector(id), run)
                csv.field(keys.point(run.attributes.value.pointID))
                csv.field(keys.station(run.attributes.value.stationID))
                csv.field(id)
                csv.field(connector.standard ?? "unknown")
                csv.field(connector.format)
                csv.field(connector.powerType)
                csv.field(connector.voltageVolts)
                csv.field(connector.currentAmperes)
                csv.field(connector.maxPowerKilowatts)
                csv.field(connector.tariffIDsJSON)
                csv.field(connector.extraJSON)
                csv.endRow()
            }
        }
    }

    private mutating func writePointStatus(_ csv: inout CSVWriter) {
        for (id, object) in slice.deriver.points.objects.sorted(by: { $0.key < $1.key }) {
            let ids = [keys.point(id), keys.station(object.history.last.attributes.value.stationID)]
            writeIntervals(object.timeline.intervals, ids, &csv) { $0.field($1.parkingSensorStatus) }
        }
    }

    private mutating func writeConnectorStatus(_ csv: inout CSVWriter) {
        for (id, object) in slice.deriver.connectors.objects.sorted(by: { $0.key < $1.key }) {
            let place = object.history.last.attributes.value
            let ids = [keys.connector(id), keys.point(place.pointID), keys.station(place.stationID)]
            writeIntervals(object.timeline.intervals, ids, &csv) { _, _ in }
        }
    }

    private mutating func writeIntervals(
        _ intervals: [StatusInterval],
        _ ids: [StableKey],
        _ csv: inout CSVWriter,
        more: (inout CSVWriter, StatusInterval) -> Void
    ) {
        for interval in intervals {
            startRow(&csv)
            for id in ids { csv.field(id) }
            csv.field(interval.status.rawValue)
            csv.field(interval.rawStatus)
            csv.field(interval.rawStatus.map { statusKey($0) })
            csv.field(interval.validFrom)
            csv.field(interval.validTo)
            csv.field(interval.observations)
            csv.field(interval.start.rawValue)
            csv.field(interval.end.rawValue)
            csv.field(interval.sourceTime)
            more(&csv, interval)
            csv.endRow()
        }
    }

    private mutating func statusKey(_ text: String) -> StableKey {
        if let key = statusKeys[text] { return key }
        let key = keys.rawStatus(text)
        statusKeys[text] = key
        return key
    }

    private func writePolls(_ csv: inout CSVWriter) {
        for poll in slice.polls {
            let record = poll.record
            startRow(&csv)
            csv.field(
                StableKey(
                    "poll",
                    slice.feed.id.description,
                    record.slot.description,
                    record.requestedAt.description,
                    record.collector
                )
            )
            csv.field(record.slot)
            csv.field(record.requestedAt)
            csv.field(record.finishedAt)
            csv.field(poll.outcome.rawValue)
            csv.field(record.httpStatus)
            csv.field(record.attempts)
            csv.field(poll.isChosen)
            csv.field(poll.digests.count)
            csv.field(poll.bytes)
            csv.field(poll.digests.first?.description)
            csv.field(poll.isSameAsPrevious)
            csv.field(poll.read.stations)
            csv.field(poll.read.points)
            csv.field(poll.read.connectors)
            csv.field(poll.sourceTime)
            csv.field(poll.detail.map { String($0.prefix(400)) })
            csv.field(record.collector)
            csv.endRow()
        }
    }

    private func writeRejects(_ csv: inout CSVWriter) {
        for row in slice.deriver.rejects.rows {
            startRow(&csv)
            csv.field(row.id(in: slice.loadID))
            csv.field(row.severity)
            csv.field(row.rule)
            csv.field(row.kind.rawValue)
            csv.field(row.sourceID)
            csv.field(row.slot)
            csv.field(row.digest.description)
            csv.field(row.pointer)
            csv.field(String(row.message.prefix(400)))
            csv.field(row.fragment.map { String($0.prefix(4_000)) })
            csv.field(row.occurrences)
            csv.endRow()
        }
    }
}

/// The power class of a charging point, after AFIR (EU 2023/1804), Annex III.
private func powerClass(_ kilowatts: Double) -> String {
    switch kilowatts {
    case ..<7.4: "slow AC"
    case ..<22.000_1: "normal"
    case ..<50: "fast"
    case ..<150: "quick"
    case ..<350: "ultra"
    default: "ultra 350+"
    }
}

extension [String] {
    /// A JSON list of strings; the empty list is `[]`.
    fileprivate var asJSON: String {
        "["
            + map { text in
                let escaped = text.unicodeScalars.map { scalar in
                    switch scalar {
                    case "\"": "\\\""
                    case "\\": "\\\\"
                    case _ where scalar.value < 0x20:
                        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                    default: String(scalar)
                    }
                }
                return "\"" + escaped.joined() + "\""
            }
            .joined(separator: ",") + "]"
    }
}
