import ChargingModel
import TestSupport
import Testing
import Warehouse
import WarehouseRedshift

@Suite(.enabled(if: RedshiftStandIn.runs, "\(RedshiftStandIn.skipReason)"))
struct DoctorTests {
    private func examine(stage: RedshiftStage) async throws -> (findings: [RedshiftDoctor.Finding], isGone: Bool) {
        let schema = RedshiftStandIn.newSchemaName()
        let doctor = RedshiftDoctor(schema: schema, now: UTCTime(seconds: 1_800_000_000)) {
            try await TestCluster.open(schema: schema, stage: stage)
        }
        let findings = try await doctor.examine()
        let engine = try await TestCluster.open(schema: "public")
        let left = try await engine.query("SELECT nspname FROM pg_namespace WHERE nspname = ?", [.text(schema)])
        try await engine.close()
        return (findings, left.rows.isEmpty)
    }

    @Test func `the doctor finds a good cluster good, and leaves nothing behind`() async throws {
        let (findings, isGone) = try await examine(stage: TestCluster.stage())
        #expect(findings.filter { !$0.isGood } == [])
        #expect(findings.count == 9)
        #expect(findings.contains { $0.detail.contains("error 1206") })
        #expect(isGone)
    }

    @Test func `the doctor names what a cluster cannot do, goes on, and leaves nothing behind`() async throws {
        let (findings, isGone) = try await examine(stage: TestCluster.stage(role: "arn:aws:iam::1:role/none"))
        let bad = findings.filter { !$0.isGood }
        #expect(bad.contains { $0.name == "copy of ten rows" && $0.detail.contains("not authorized to assume") })
        #expect(findings.contains { $0.name == "writers that lose are tried again" && $0.isGood })
        #expect(isGone)
    }
}
