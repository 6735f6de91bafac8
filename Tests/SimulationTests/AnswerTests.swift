import ChargingModel
import Simulation
import Testing

@Suite struct AnswerTests {
    @Test func `an answer says what is true at its time`() throws {
        let world = try makeWorld(scale: 0.5)
        for (number, city) in ["koeln", "kiel", "hof", "bonn", "lichtenfels", "koeln", "koeln"].enumerated() {
            let time = world.configuration.start.adding(seconds: number * 83_177 + 977)
            let points = try AnswerReader(world.answer(city: city, at: time)).points()
            for point in points {
                let status = try world.truth.status(of: point.uid, at: time)
                #expect(point.status == wordsOfTheFeed[status])
                #expect(point.connectorStatuses.allSatisfy { $0 == point.status })
                #expect(point.isReservable == point.capabilities.contains("RESERVABLE"))
            }
            let present = try world.points.filter {
                try $0.city == city && world.truth.status(of: $0.uid, at: time) != .absent
            }
            #expect(points.map(\.uid) == present.map(\.uid))
            #expect(points.map(\.stationID) == present.map(\.stationID))
            #expect(points.map(\.connectorIDs) == present.map(\.connectorIDs))
        }
    }

    @Test func `the envelope is that of surface A with the local time`() throws {
        let world = try makeWorld(days: 1, scale: 0.1)
        let time = world.configuration.start.adding(seconds: 36_000)
        let answer = try AnswerReader(world.answer(city: "buehl", at: time))
        #expect(answer.root["status_code"] as? Int == 1_000)
        #expect(answer.root["status_message"] as? String == "Success")
        #expect(answer.root["timestamp"] as? String == "2026-03-02T11:00:00+01:00")
    }

    @Test func `without its time an answer changes only with the stations`() throws {
        let world = try makeWorld(days: 1, scale: 0.1, envelopeTimestamp: false)
        let times = (0..<144).map { world.configuration.start.adding(seconds: $0 * 600) }
        let bodies = try times.map { try world.answer(city: "hof", at: $0) }
        #expect(Set(bodies).count < bodies.count)
        #expect(Set(bodies).count > 1)
        #expect(try AnswerReader(bodies[0]).root["timestamp"] == nil)
    }

    @Test func `points come and go as the truth says`() throws {
        let world = try makeWorld()
        let partly = try world.points.filter { point in
            let statuses = try world.truth.intervals(of: point.uid).map(\.status)
            return statuses.contains(.absent) && statuses.contains { $0 != .absent }
        }
        #expect(!partly.isEmpty)
        for point in partly.prefix(5) {
            for interval in try world.truth.intervals(of: point.uid).prefix(6) {
                let answer = try AnswerReader(world.answer(city: point.city, at: interval.from))
                let isThere = try answer.points().contains { $0.uid == point.uid }
                #expect(isThere == (interval.status != .absent))
            }
        }
    }

    @Test func `an operator's hotline and a station's power change once, at the second the truth says`() throws {
        let world = try makeWorld()
        let changes = world.truth.attributeChanges
        let hotline = try #require(changes.first { $0.kind == .operatorHotline })
        let hotlines = { (time: UTCTime) in
            try AnswerReader(world.answer(city: hotline.city, at: time)).stations.map {
                ($0["operator"] as? [String: Any])?["hotline"] as? String
            }
        }
        #expect(try hotlines(hotline.at.adding(seconds: -1)).allSatisfy { $0 == hotline.before })
        #expect(try hotlines(hotline.at).allSatisfy { $0 == hotline.after })

        let isRebuilt = { (change: AttributeChange) in change.kind == .connectorPower }
        // Not every world rebuilds a station.
        var seed: UInt64 = 42
        var candidate = world
        while !candidate.truth.attributeChanges.contains(where: isRebuilt), seed < 54 {
            seed += 1
            candidate = try makeWorld(seed: seed)
        }
        let rebuilt = candidate
        let power = try #require(rebuilt.truth.attributeChanges.first(where: isRebuilt))
        let powers = { (time: UTCTime) in
            try AnswerReader(rebuilt.answer(city: power.city, at: time)).points()
                .filter { $0.stationID == power.stationID }.map(\.firstPower)
        }
        #expect(try powers(power.at.adding(seconds: -1)).allSatisfy { $0 == Double(power.before ?? "") })
        #expect(try powers(power.at).allSatisfy { $0 == Double(power.after) })
        #expect(try !powers(power.at).isEmpty)
    }

    @Test func `the oddities of the wire are there`() throws {
        let world = try makeWorld(days: 1)
        let stations = try world.cities.flatMap {
            try AnswerReader(world.answer(city: $0.slug, at: world.configuration.start)).stations
        }
        let texts = { (field: String) in stations.compactMap { $0[field] as? String } }
        #expect(stations.allSatisfy { ($0["coordinates"] as? [String: Any])?["latitude"] is String })
        #expect(texts("city").contains { $0.hasSuffix(" ") })
        #expect(texts("name").contains { $0.hasPrefix(" ") })
        #expect(texts("directions").contains { $0.contains("\r\n") })
        #expect(texts("directions").contains { $0.contains("\"") && $0.contains(";") })
        #expect(texts("address").contains { $0.contains("ü") || $0.contains("ß") })
        #expect(texts("postal_code").contains { $0.hasPrefix("09") })
        let hours = stations.compactMap { $0["opening_times"] as? [String: Any] }
        #expect(hours.contains { $0["regular_hours"] != nil })
        #expect(hours.contains { $0["twentyfourseven"] as? Bool == true })
    }

    @Test func `stations stand within a few kilometres of the centre`() throws {
        let world = try makeWorld(days: 1, scale: 0.2)
        for city in world.cities {
            for station in try AnswerReader(world.answer(city: city.slug, at: world.configuration.start)).stations {
                let place = try #require(station["coordinates"] as? [String: String])
                let latitude = try #require(place["latitude"].flatMap(Double.init))
                let longitude = try #require(place["longitude"].flatMap(Double.init))
                #expect(abs(latitude - city.latitude) < 0.031)
                #expect(abs(longitude - city.longitude) < 0.041)
            }
        }
    }
}
