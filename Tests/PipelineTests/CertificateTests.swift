import ChargingModel
import Cleaning
import Testing
import Warehouse
import chargehouse

/// The error of utilization under each fault: bounded, and a bound that can be missed.
@Suite struct CertificateTests {
    private static func certifier(_ seed: UInt64, scale: Double = 0.05) -> Certifier {
        Certifier(seed: seed, days: 2, scale: scale, cities: 5)
    }

    private static func row(_ fault: CertifiedFault, by certifier: Certifier) async throws -> AccuracyCertificate.Row {
        try #require(try await certifier.certify([fault]).rows.first)
    }

    @Test(arguments: CertifiedFault.allCases, [1, 2, 3] as [UInt64])
    func `under every fault utilization stays within its bound`(fault: CertifiedFault, seed: UInt64) async throws {
        let row = try await Self.row(fault, by: Self.certifier(seed))
        #expect(row.isWithinBound, "seed \(seed): \(row)")
        #expect((row.affected > 0) == (fault != .none))
        #expect((0.05...0.3).contains(row.truth))
        // A bound of a third of the figure itself would say nothing.
        #expect(row.bound < row.truth / 3 || fault == .all, "seed \(seed): \(row.bound)")
    }

    @Test(arguments: [CertifiedFault.lyingTimestamps, .movedPoints, .repeatedElements, .reusedIDs])
    func `what says nothing of a status changes no second`(fault: CertifiedFault) async throws {
        let still = try await Self.row(.none, by: Self.certifier(4))
        let row = try await Self.row(fault, by: Self.certifier(4))
        #expect(row.measured == still.measured)
        #expect(row.truth == still.truth)
        #expect(row.coverage == 1)
    }

    @Test(arguments: [CertifiedFault.missedPolls, .tooManyRequests, .outages])
    func `silence costs coverage`(fault: CertifiedFault) async throws {
        #expect(try await Self.row(fault, by: Self.certifier(5)).coverage < 0.96)
    }

    @Test(arguments: [(CertifiedFault.shortDay, 23), (.longDay, 25)])
    func `a local day has as many seconds as its clocks show`(fault: CertifiedFault, hours: Int) async throws {
        let row = try await Self.row(fault, by: Self.certifier(1))
        #expect(row.knownSeconds == Double(row.points * hours * 3_600))
        #expect(row.polls == 5 * hours * 6)
    }

    @Test(arguments: [CertifiedFault.none, .shortDay])
    func `the truth of another world is outside`(fault: CertifiedFault) async throws {
        var certifier = Self.certifier(6)
        certifier.truthSeed = 7
        let certificate = try await certifier.certify([fault])
        #expect(certificate.failures == [fault])
        let error = #expect(throws: (any Error).self) { try certificate.check() }
        #expect((error as? any DescribedError)?.exitCode == .qualityGateFailed)
    }

    @Test func `a pipeline that bridges whole outages is outside`() async throws {
        var certifier = Self.certifier(1, scale: 0.2)
        #expect(try await Self.row(.outages, by: certifier).isWithinBound)
        certifier.rules = CleaningRules(maximumGapIntervals: 100)
        let row = try await Self.row(.outages, by: certifier)
        #expect(row.coverage == 1)
        #expect(!row.isWithinBound, "\(row.error) of \(row.bound)")
    }

    @Test func `a pipeline that believes every answer invents absences`() async throws {
        var certifier = Self.certifier(1)
        certifier.rules = CleaningRules(suspectShare: 0)
        let certificate = try await certifier.certify([.partialAnswers])
        #expect(certificate.failures == [.partialAnswers])
        #expect(certificate.rows.contains { $0.falselyAbsent > 0 })
    }

    @Test func `the same seed gives the same certificate`() async throws {
        let faults = [CertifiedFault.clockStep, .schemaDrift]
        let first = try await Self.certifier(8).certify(faults).table
        #expect(try await Self.certifier(8).certify(faults).table == first)
    }
}
