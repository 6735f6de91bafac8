import ChargingModel
import RawArchive
import Sources

/// Turns a slice into the rows of its flat files.
///
/// Rows are ordered, so that equal slices give equal files.
struct FlatFileRows {
    let slice: Slice
    let keys: ObjectKeys
    private let buffer: TextBuffer
    private let scratch = TextBuffer()
    /// The cells that all rows start with.
    private let head: [UInt8]
    private var statusCells: [StatusText: [UInt8]] = [:]
    private let pointOrder: [Dictionary<String, TrackedObject<PlacedPoint>>.Index]
    private let connectorOrder: [Dictionary<String, TrackedObject<PlacedConnector>>.Index]

    /// A status as the feed writes it and as it was understood.
    private struct StatusText: Hashable {
        var status: ChargingStatus
        var rawText: String?
    }

    /// Prepares the rows; each file is written into `buffer`, over the one before.
    init(_ slice: Slice, in buffer: TextBuffer) {
        self.slice = slice
        self.buffer = buffer
        keys = ObjectKeys(family: slice.family)
        let scratch = scratch
        head = Self.cells(scratch) { csv in
            csv.field(slice.day)
            csv.field(slice.feed.id.key)
            csv.field(slice.loadID)
        }
        let (points, connectors) = (slice.deriver.points.objects, slice.deriver.connectors.objects)
        pointOrder = points.indices.sorted { points.keys[$0] < points.keys[$1] }
        connectorOrder = connectors.indices.sorted { connectors.keys[$0] < connectors.keys[$1] }
    }

    /// Some cells as bytes.
    private static func cells(_ scratch: TextBuffer, _ write: (inout CSVWriter) -> Void) -> [UInt8] {
        var csv = CSVWriter(cellsIn: scratch)
        write(&csv)
        return unsafe scratch.withBytes { unsafe Array($0) }
    }

    mutating func file(_ kind: FlatFileKind) -> CSVWriter {
        var csv = CSVWriter(columns: kind.columns, in: buffer)
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

    func startRow(_ csv: inout CSVWriter) { csv.cells(head) }

    /// `id` is the object's key in decimal.
    private func startVersion<Attributes>(
        _ csv: inout CSVWriter,
        _ kind: StaticString,
        _ id: [UInt8],
        _ run: VersionRun<Attributes>
    ) {
        startRow(&csv)
        csv.cells(id)
        csv.field(
            hash { text in
                text.append(kind)
                text.append(StableKey.separator)
                text.append(id)
                text.append(StableKey.separator)
                text.append(iso: run.seenFrom)
            }
        )
        csv.field(run.seenFrom)
        csv.field(run.seenTo)
        csv.field(run.seenFrom.adding(seconds: CleaningRules.flappingPolls * slice.feed.intervalSeconds))
        csv.field(run.attributes.attributeHash)
    }

    /// The key of a natural key that is written part by part.
    private func hash(_ write: (TextBuffer) -> Void) -> StableKey {
        scratch.removeAll()
        write(scratch)
        return unsafe scratch.withBytes { unsafe StableKey(joined: $0) }
    }

    /// The parts of an object's rows that stay; the first is the object's key.
    private func cells<Attributes>(
        _ shared: Shared<Attributes>,
        _ parts: [(inout CSVWriter) -> Void]
    ) -> [[UInt8]] {
        if let known = shared.cells { return known }
        let cells = parts.map { Self.cells(scratch, $0) }
        shared.cells = cells
        return cells
    }

    private func writeOperators(_ csv: inout CSVWriter) {
        for (id, history) in slice.deriver.operators.sorted(by: { $0.key < $1.key }) {
            for run in history.runs {
                startVersion(&csv, "operator version", Array("\(keys.operator(id).value)".utf8), run)
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
                let cells = cells(
                    run.attributes,
                    [{ $0.field(keys.station(id)) }, { writeCells(of: station, id, &$0) }]
                )
                startVersion(&csv, "station version", cells[0], run)
                csv.cells(cells[1])
                csv.endRow()
            }
        }
    }

    private func writeCells(of station: ChargingStation, _ id: String, _ csv: inout CSVWriter) {
        let city = station.city ?? slice.feed.name
        let country = station.country ?? ChargingStation.unknownCountry
        let cityID = station.cityID ?? Place.id(country: country, name: city)
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
    }

    /// The key of a point, its first cells, those behind the key of a re-use, and the keys of its status rows.
    private func cells(of shared: Shared<PlacedPoint>, _ id: String) -> [[UInt8]] {
        let placed = shared.value
        return cells(
            shared,
            [
                { $0.field(keys.point(id)) },
                { csv in
                    csv.field(keys.station(placed.stationID))
                    csv.field(id)
                    csv.field(placed.point.evseID)
                    csv.field(keys.evse(of: placed.point))
                },
                { writeLastCells(of: placed, &$0) },
                { csv in
                    csv.field(keys.point(id))
                    csv.field(keys.station(placed.stationID))
                },
            ]
        )
    }

    private func writePoints(_ csv: inout CSVWriter) {
        let objects = slice.deriver.points.objects
        for index in pointOrder {
            let id = objects.keys[index]
            for run in objects.values[index].history.runs {
                let cells = cells(of: run.attributes, id)
                startVersion(&csv, "point version", cells[0], run)
                csv.cells(cells[1])
                csv.field(
                    hash { text in
                        text.append("point" as StaticString)
                        for part in [slice.family, id] {
                            text.append(StableKey.separator)
                            text.append(part)
                        }
                        text.append(StableKey.separator)
                        text.append(iso: run.seenFrom)
                    }
                )
                csv.cells(cells[2])
                csv.endRow()
            }
        }
    }

    private func writeLastCells(of placed: PlacedPoint, _ csv: inout CSVWriter) {
        let point = placed.point
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
    }

    /// The key of a connector, its cells, and the keys of its status rows.
    private func cells(of shared: Shared<PlacedConnector>, _ id: String) -> [[UInt8]] {
        let placed = shared.value
        return cells(
            shared,
            [
                { $0.field(keys.connector(id)) },
                { writeCells(of: placed, id, &$0) },
                { csv in
                    csv.field(keys.connector(id))
                    csv.field(keys.point(placed.pointID))
                    csv.field(keys.station(placed.stationID))
                },
            ]
        )
    }

    private func writeConnectors(_ csv: inout CSVWriter) {
        let objects = slice.deriver.connectors.objects
        for index in connectorOrder {
            for run in objects.values[index].history.runs {
                let cells = cells(of: run.attributes, objects.keys[index])
                startVersion(&csv, "connector version", cells[0], run)
                csv.cells(cells[1])
                csv.endRow()
            }
        }
    }

    private func writeCells(of placed: PlacedConnector, _ id: String, _ csv: inout CSVWriter) {
        let connector = placed.connector
        csv.field(keys.point(placed.pointID))
        csv.field(keys.station(placed.stationID))
        csv.field(id)
        csv.field(connector.standard ?? "unknown")
        csv.field(connector.format)
        csv.field(connector.powerType)
        csv.field(connector.voltageVolts)
        csv.field(connector.currentAmperes)
        csv.field(connector.maxPowerKilowatts)
        csv.field(connector.tariffIDsJSON)
        csv.field(connector.extraJSON)
    }

    private mutating func writePointStatus(_ csv: inout CSVWriter) {
        let objects = slice.deriver.points.objects
        for index in pointOrder {
            let cells = cells(of: objects.values[index].history.last.attributes, objects.keys[index])
            writeIntervals(objects.values[index].timeline.intervals, cells[3], &csv) {
                $0.field($1.parkingSensorStatus)
            }
        }
    }

    private mutating func writeConnectorStatus(_ csv: inout CSVWriter) {
        let objects = slice.deriver.connectors.objects
        for index in connectorOrder {
            let cells = cells(of: objects.values[index].history.last.attributes, objects.keys[index])
            writeIntervals(objects.values[index].timeline.intervals, cells[2], &csv) { _, _ in }
        }
    }

    private mutating func writeIntervals(
        _ intervals: [StatusInterval],
        _ ids: [UInt8],
        _ csv: inout CSVWriter,
        more: (inout CSVWriter, StatusInterval) -> Void
    ) {
        for interval in intervals {
            startRow(&csv)
            csv.cells(ids)
            csv.cells(cells(of: StatusText(status: interval.status, rawText: interval.rawStatus)))
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

    private mutating func cells(of text: StatusText) -> [UInt8] {
        if let known = statusCells[text] { return known }
        let cells = Self.cells(scratch) { csv in
            csv.field(text.status.rawValue)
            csv.field(text.rawText)
            csv.field(text.rawText.map(keys.rawStatus))
        }
        statusCells[text] = cells
        return cells
    }

    private func writePolls(_ csv: inout CSVWriter) {
        for poll in slice.polls {
            let record = poll.record
            startRow(&csv)
            csv.field(
                hash { text in
                    text.append("poll" as StaticString)
                    text.append(StableKey.separator)
                    text.append(slice.feed.id.description)
                    text.append(StableKey.separator)
                    text.append(iso: record.slot)
                    text.append(StableKey.separator)
                    text.append(iso: record.requestedAt)
                    text.append(StableKey.separator)
                    text.append(record.collector)
                }
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
