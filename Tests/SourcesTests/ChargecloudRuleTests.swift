import ChargingModel
import Sources
import Testing

@Suite struct ChargecloudRuleTests {
    @Test(arguments: [
        ("\"493558\"", "493558"), ("493558", "493558"), ("493558.0", "493558"), ("\" 7 \"", "7"),
        ("18446744073709551615", "18446744073709551615"),
    ])
    func `ids are always text`(json: String, id: String) throws {
        let mapped = try Chargecloud.map(#"{"id": \#(json)}"#)
        #expect(mapped.record?.station.sourceID == id)
    }

    @Test(arguments: ["null", "\"\"", "\" \"", "\"\\u00a0\"", "[]", "true", "\"\\u0000\""])
    func `a station without an id is rejected with all it holds`(json: String) throws {
        let mapped = try Chargecloud.map(
            #"{"id": \#(json), "evses": [{"uid": 1, "connectors": [{"id": 1}, {"id": 2}]}, 7]}"#
        )
        #expect(mapped.record == nil)
        #expect(mapped.read == RecordCounts(stations: 1, points: 2, connectors: 2))
        #expect(mapped.rejectRules == ["no_id"] + Array(repeating: "parent_rejected", count: 4))
        #expect(
            mapped.rejects.map(\.pointer) == [
                "", "/evses/0", "/evses/0/connectors/0", "/evses/0/connectors/1", "/evses/1",
            ]
        )
        #expect(mapped.isBalanced)
    }

    @Test(arguments: ["null", "\"\"", "\" \""])
    func `null, empty and blank text are no value and no finding`(json: String) throws {
        let mapped = try Chargecloud.map(#"{"id": "1", "name": \#(json), "owner": \#(json), "directions": \#(json)}"#)
        #expect(mapped.record?.station == ChargingStation(sourceID: "1"))
        #expect(mapped.findings.isEmpty)
    }

    @Test func `text is trimmed and keeps its line breaks`() throws {
        let mapped = try Chargecloud.map(#"{"id": "1", "city": " Stuttgart ", "directions": "left;\r\n\"right\"\t"}"#)
        #expect(mapped.record?.station.city == "Stuttgart")
        #expect(mapped.record?.station.directionsJSON == #"[{"text":"left;\r\n\"right\""}]"#)
    }

    @Test func `a wrong type is no value and a finding`() throws {
        let mapped = try Chargecloud.map(
            #"{"id": "1", "name": [1], "roaming": "maybe", "coordinates": 7, "evses": {}}"#
        )
        #expect(mapped.findings.map(\.subject).sorted() == ["coordinates", "evses", "name", "roaming"])
        #expect(mapped.findingRules == ["wrong_type"])
        #expect(mapped.record?.points.isEmpty == true)
    }

    @Test func `text over 4,000 bytes is no value and a finding`() throws {
        let long = String(repeating: "x", count: 4_001)
        let mapped = try Chargecloud.map(#"{"id": "1", "name": "\#(long)"}"#)
        #expect(mapped.record?.station.name == nil)
        #expect(mapped.findings == [QualityFinding(rule: "too_long", kind: .station, subject: "name")])
    }

    @Test(arguments: [("DE", "DE"), ("deu", "DE"), ("NLD", "NL"), ("AUT", "AT"), ("CHE", "CH"), ("FRA", "FR")])
    func `countries are two letters`(given: String, expected: String) throws {
        #expect(try Chargecloud.map(#"{"id": 1, "country": "\#(given)"}"#).record?.station.country == expected)
    }

    @Test(arguments: ["Germany", "D", "XXX", "D1"])
    func `an unknown country is no value and a finding`(given: String) throws {
        let mapped = try Chargecloud.map(#"{"id": 1, "country": "\#(given)"}"#)
        #expect(mapped.record?.station.country == nil)
        #expect(mapped.findingRules == ["unknown_country"])
    }

    @Test(
        arguments: [
            ("\"48.81\"", "\"9.17\"", 48.81, 9.17, nil), ("48.81", "9.17", 48.81, 9.17, nil),
            ("0", "\"0.0\"", nil, nil, "coordinates_zero"), ("9.17", "48.81", 48.81, 9.17, "coordinates_swapped"),
            ("91", "200", nil, nil, "coordinates_out_of_range"), ("50.9", "6.9", 50.9, 6.9, "outside_bounding_box"),
            ("-33.9", "151.2", -33.9, 151.2, "outside_bounding_box"),
            ("48.81", "null", nil, nil, "coordinates_incomplete"),
            ("\"nan\"", "\"9.17\"", nil, nil, "wrong_type"),
        ] as [(String, String, Double?, Double?, String?)]
    )
    func `coordinates are checked`(
        latitude: String,
        longitude: String,
        north: Double?,
        east: Double?,
        rule: String?
    ) throws {
        let mapped = try Chargecloud.map(
            #"{"id": 1, "coordinates": {"latitude": \#(latitude), "longitude": \#(longitude)}}"#,
            feed: "chargecloud/sw-stuttgart"
        )
        #expect(mapped.record?.station.latitude == north)
        #expect(mapped.record?.station.longitude == east)
        #expect(rule.map { mapped.findingRules.contains($0) } ?? mapped.findings.isEmpty)
    }

    @Test(
        arguments: [
            ("max_power", "22", 22, nil), ("max_power", "\"11\"", 11, nil), ("max_power", "2.3", 2.3, nil),
            ("max_power", "400", 400, nil), ("max_power", "22000", 22, "power_unit_mixed"),
            ("max_power", "0", nil, "power_out_of_range"), ("max_power", "-5", nil, "power_out_of_range"),
            ("max_power", "9000000", nil, "power_out_of_range"), ("max_electric_power", "22000", 22, nil),
            ("max_electric_power", "22", 22, "power_unit_mixed"), ("max_electric_power", "1", 1, "power_unit_mixed"),
            ("max_electric_power", "0", nil, "power_out_of_range"),
        ] as [(String, String, Double?, String?)]
    )
    func `power becomes kilowatts`(field: String, json: String, kilowatts: Double?, rule: String?) throws {
        let element = Chargecloud.station(
            point: #", "status": "AVAILABLE""#,
            connector: #", "status": "AVAILABLE", "\#(field)": \#(json)"#
        )
        let mapped = try Chargecloud.map(element)
        #expect(mapped.firstConnector?.connector.maxPowerKilowatts == kilowatts)
        #expect(mapped.findings.map(\.rule) == (rule.map { [$0] } ?? []))
    }

    @Test func `implausible voltage and current are no value and a finding`() throws {
        let mapped = try Chargecloud.map(Chargecloud.station(connector: #", "voltage": "40000", "ampere": 0"#))
        #expect(mapped.firstConnector?.connector.voltageVolts == nil)
        #expect(mapped.firstConnector?.connector.currentAmperes == nil)
        #expect(mapped.findings.filter { $0.rule == "out_of_range" }.count == 2)
    }

    @Test(arguments: [
        ("AVAILABLE", ChargingStatus.available), (" charging ", .charging), ("Blocked", .blocked),
        ("RESERVED", .reserved), ("INOPERATIVE", .inoperative), ("OUTOFORDER", .outOfOrder), ("PLANNED", .planned),
        ("REMOVED", .removed), ("UNKNOWN", .unknown), ("UNKWNOWN", .unknown),
    ])
    func `known statuses are told without regard to case and blanks`(text: String, status: ChargingStatus) throws {
        let mapped = try Chargecloud.map(Chargecloud.station(point: #", "status": "\#(text)""#))
        #expect(mapped.record?.points.first?.status == ReportedStatus(status, rawText: text))
        #expect(!mapped.findingRules.contains("unknown_status"))
    }

    @Test func `an unknown status keeps its text`() throws {
        let mapped = try Chargecloud.map(Chargecloud.station(point: #", "status": "FAULTED""#))
        #expect(mapped.record?.points.first?.status == ReportedStatus(.unknown, rawText: "FAULTED"))
        #expect(mapped.findings.contains(QualityFinding(rule: "unknown_status", kind: .point, subject: "FAULTED")))
    }

    @Test func `a missing status is unknown without a text`() throws {
        let mapped = try Chargecloud.map(Chargecloud.station())
        #expect(mapped.record?.points.first?.status == ReportedStatus(.unknown))
        #expect(mapped.findings.map(\.kind) == [.point, .connector])
        #expect(mapped.findingRules == ["missing_status"])
        let afir = try Chargecloud.map(Chargecloud.station(), surface: .afir)
        #expect(afir.findings.map(\.kind) == [.point])
    }

    @Test func `the source's time dates the point's report on surface C`() throws {
        let time = #", "status": "CHARGING", "last_updated": "2024-10-07T08:01:01.000Z""#
        let mapped = try Chargecloud.map(Chargecloud.station(point: time), surface: .afir)
        #expect(mapped.record?.points.first?.status.reportedAt == UTCTime("2024-10-07T08:01:01Z"))
        let bad = try Chargecloud.map(Chargecloud.station(point: #", "last_updated": "yesterday""#), surface: .afir)
        #expect(bad.findingRules.contains("bad_time"))
    }

    @Test func `reservable never stands among the capabilities`() throws {
        let list = #", "capabilities": ["RFID_READER", "RESERVABLE", "RFID_READER", "CHIP"]"#
        let point = try #require(try Chargecloud.map(Chargecloud.station(point: list)).record?.points.first?.point)
        #expect(point.capabilities == ["CHIP", "RFID_READER"])
        #expect(point.isReservable == true)
    }

    @Test func `unknown fields survive as canonical JSON, but for the zero byte that no server stores`() throws {
        let element = Chargecloud.station(
            #", "new": {"b": 1, "a": [null, 0.5, "\n"]}, "operator": {"name": "A", "x": 1}"#,
            point: #", "z": null"#,
            connector: #", "y": "\u0001\u0000""#
        )
        let mapped = try Chargecloud.map(element)
        #expect(mapped.record?.station.extraJSON == #"{"new":{"a":[null,0.5,"\n"],"b":1},"operator.x":1}"#)
        #expect(mapped.record?.points.first?.point.extraJSON == #"{"z":null}"#)
        #expect(mapped.firstConnector?.connector.extraJSON == #"{"y":"\u0001"}"#)
        let subjects = mapped.findings.filter { $0.rule == "unknown_field" }.map(\.subject)
        #expect(subjects.sorted() == ["new", "operator.x", "y", "z"])
    }

    @Test func `volatile fields make no attribute`() throws {
        let near = try Chargecloud.map(#"{"id": 1, "distance_in_m": "5", "last_updated": "2026-01-01T00:00:00Z"}"#)
        #expect(near == (try Chargecloud.map(#"{"id": 1, "distance_in_m": "9"}"#)))
        #expect(near.findings.isEmpty)
    }

    @Test(
        arguments: [
            ("null", nil), (#""""#, nil), (#""Town""#, "Town"), (#"{"name": "Town"}"#, "Town"),
            (#"{"name": null}"#, nil),
        ] as [(String, String?)]
    )
    func `the owner can be null, a text or an object`(json: String, name: String?) throws {
        #expect(try Chargecloud.map(#"{"id": 1, "owner": \#(json)}"#).record?.station.ownerName == name)
    }

    @Test func `the operator's id falls back to the name`() throws {
        let mapped = try Chargecloud.map(#"{"id": 1, "operator": {"name": "SW", "hotline": null, "website": ""}}"#)
        #expect(mapped.record?.station.operator == ChargingOperator(sourceID: "SW", name: "SW"))
        #expect(try Chargecloud.map(#"{"id": 1, "operator": null}"#).record?.station.operator == nil)
        #expect(try Chargecloud.map(#"{"id": 1, "operator": {}}"#).record?.station.operator == nil)
    }

    @Test func `opening times say more than around the clock where they do`() throws {
        let always = try Chargecloud.map(#"{"id": 1, "opening_times": {"twentyfourseven": true, "regular_hours": []}}"#)
        #expect(always.record?.station.isOpenAroundTheClock == true)
        #expect(always.record?.station.openingHoursJSON == nil)
        let hours = [#"{"weekday": 1, "period_begin": "07:00"}"#, #"{"weekday": 2, "period_begin": "07:00"}"#]
        let texts = try [hours, hours.reversed()].map {
            try Chargecloud.map(#"{"id": 1, "opening_times": {"regular_hours": [\#($0.joined(separator: ","))]}}"#)
        }
        #expect(texts[0].record == texts[1].record)
        #expect(texts[0].record?.station.isOpenAroundTheClock == nil)
        #expect(
            texts[0].record?.station.openingHoursJSON
                == #"{"regular_hours":[{"period_begin":"07:00","weekday":1},{"period_begin":"07:00","weekday":2}]}"#
        )
    }
}
