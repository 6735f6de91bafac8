import Foundation
import TestSupport
import Testing

/// The stand-in against a client that is not ours.
@Suite(.enabled(if: RedshiftStandIn.runs, "\(RedshiftStandIn.skipReason)"))
struct StandInTests {
    @Test func `the stand-in loads, refuses and fails as Redshift is said to do`() throws {
        let (status, text) = try RedshiftStandIn.python(["-m", "unittest", "test_standin"])
        #expect(status == 0, "\(text)")
        let count = text.firstMatch(of: /Ran (\d+) tests/).flatMap { Int($0.output.1) }
        #expect(count ?? 0 >= 26, "\(text)")
    }
}
