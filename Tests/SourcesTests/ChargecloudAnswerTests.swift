import ChargingModel
import Sources
import TestSupport
import Testing

@Suite struct ChargecloudAnswerTests {
    private let adapter = ChargecloudAdapter(.poi)

    private func outcome(_ text: String, _ adapter: ChargecloudAdapter = ChargecloudAdapter(.poi)) -> PollOutcome? {
        do {
            _ = try adapter.split(Array(text.utf8))
            return nil
        } catch let fault as AnswerFault {
            return fault.outcome
        } catch {
            return nil
        }
    }

    @Test(arguments: ["1000", "\"1000\"", "1000.0"])
    func `status 1000 is a success as number and as text`(status: String) throws {
        #expect(try adapter.split(Chargecloud.page("{}", status: status)).elements.count == 1)
    }

    @Test(arguments: ["2000", "\"2001\"", "null", "true"])
    func `another status_code is suspect`(status: String) {
        let page = String(decoding: Chargecloud.page("{}", status: status), as: UTF8.self)
        #expect(outcome(page) == .suspect)
    }

    @Test(arguments: [
        #"{"data": [{}]}"#, #"{"status_code": 1000}"#, #"{"status_code": 1000, "data": null}"#,
        #"{"status_code": 1000, "data": {}}"#, #"{"status_code": 1000, "data": []}"#,
        #"{"status_code": 1000, "data": [ ]}"#, #"{"status_code": 1000, "inner": {"data": [{}]}}"#,
    ])
    func `an answer without stations is suspect`(text: String) {
        #expect(outcome(text) == .suspect)
    }

    @Test(arguments: [
        #"{"status_code": 1000, "data": [{}], "data": [{}]}"#,
        #"{"status_code": 1000, "status_code": 1000, "data": [{}]}"#,
        #"{"status_code": 1000, "data": [{},]}"#, #"{"status_code": 1000, "data": [{} {}]}"#,
        #"{"status_code": 1000, "data": [{},,{}]}"#, #"{"status_code": 1000, "data": [{"a":[}]}]}"#,
        #"{"status_code": 1000, "data": [{}]} x"#, #"{"status_code": NaN, "data": [{}]}"#,
        #"{"status_code": 1000, "data": [{}"#, #"{"status_code": 1000, "data": ["a"#, "{", "\"", "7",
    ])
    func `broken JSON is malformed`(text: String) {
        #expect(outcome(text) == .malformed)
    }

    @Test func `invalid UTF-8 in the envelope is malformed`() {
        var page = Chargecloud.page("{}")
        page[20] = 0xFF
        let fault = #expect(throws: AnswerFault.self) { try adapter.split(page) }
        #expect(fault?.outcome == .malformed)
    }

    @Test func `a byte order mark is skipped`() throws {
        let page = [0xEF, 0xBB, 0xBF] + Chargecloud.page(#"{"id": 7}"#)
        let element = try #require(try adapter.split(page).elements.first)
        #expect(String(decoding: page[element], as: UTF8.self) == #"{"id": 7}"#)
    }

    @Test func `brackets, quotes and backslashes in texts do not count`() throws {
        let first = #"{"id": "1", "name": "a \"]} \\", "city": "[{"}"#
        let page = Chargecloud.page(first, #"{"id": "2"}"#)
        let elements = try adapter.split(page).elements.map { String(decoding: page[$0], as: UTF8.self) }
        #expect(elements == [first, #"{"id": "2"}"#])
    }

    @Test func `an element that is no object is found and rejected alone`() throws {
        let page = Chargecloud.page(#"{"id": "1"}"#, "null", #""a,b""#, "[1, 2]")
        let feed = try Chargecloud.feed("chargecloud/koeln")
        let mapped = try adapter.split(page).elements.map { adapter.map(page[$0], feed: feed) }
        #expect(mapped.map { $0.record != nil } == [true, false, false, false])
        #expect(mapped.dropFirst().allSatisfy { $0.rejectRules == ["malformed_element"] && $0.isBalanced })
    }

    @Test func `the time of the envelope and its unknown fields are told`() throws {
        let text = #"{"status_code": 1000, "data": [{}], "timestamp": "2026-03-01T11:20:00+01:00", "comment": ""}"#
        let parts = try adapter.split(Array(text.utf8))
        #expect(parts.sourceTime == UTCTime("2026-03-01T10:20:00Z"))
        #expect(parts.unknownFields == ["comment"])
        #expect(parts.pointer == "/data")
    }

    @Test func `the fault names what was found`() {
        let page = Chargecloud.page("{}", status: "2000")
        let fault = #expect(throws: AnswerFault.self) { try adapter.split(page) }
        #expect(fault?.detail == #"status_code 2000 "m" (expected 1000)"#)
    }

    @Test(arguments: [0x5EED_0001, 0x5EED_0002] as [UInt64])
    func `changed bytes give a fault, or elements that the parser agrees with`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let original = try Chargecloud.fixture("poi-stuttgart.json")
        let spice = Array("\"\\{}[],:0e \n".utf8) + [0, 0xFF]
        for round in 0..<300 {
            var page = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<page.count, using: &generator)
                page[place] = spice[Int.random(in: 0..<spice.count, using: &generator)]
            }
            if round % 5 == 0 { page.removeLast(Int.random(in: 0..<page.count, using: &generator)) }
            checkAgreement(page, seed: seed)
        }
    }

    /// The page is valid JSON exactly where its envelope and all its elements are.
    private func checkAgreement(_ page: [UInt8], seed: UInt64) {
        let whole = JSONText.read(page[...]) { root in root["data"]?.elements.map(\.canonicalText) ?? [] }
        do {
            let parts = try adapter.split(page)
            let elements = parts.elements.map { JSONText.read(page[$0]) { $0.canonicalText } }
            let isValid = !elements.contains { if case .failure = $0 { true } else { false } }
            switch whole {
            case .success(let expected): #expect(elements == expected.map { .success($0) }, "seed \(seed)")
            case .failure: #expect(!isValid, "seed \(seed)")
            }
        } catch let fault as AnswerFault {
            if fault.outcome == .malformed, case .success = whole {
                #expect(fault.detail.contains("twice"), "seed \(seed): \(fault)")
            }
        } catch {
            Issue.record("seed \(seed): \(error)")
        }
    }
}
