import ArgumentParser
import ChargingModel
import Foundation
import Warehouse
import WarehousePostgres
import WarehouseRedshift

/// `chargehouse doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Try out what a warehouse must be able to do.",
        discussion: """
            Examples:
              chargehouse doctor redshift
            """,
        subcommands: [DoctorRedshiftCommand.self]
    )
}

/// `chargehouse doctor redshift`.
struct DoctorRedshiftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redshift",
        abstract: "Try all kinds of statements on a Redshift cluster, in a schema of its own that is removed.",
        discussion: """
            Examples:
              chargehouse doctor redshift
              CHARGEHOUSE_WAREHOUSE=redshift://ada@cluster.example.org/dev chargehouse doctor redshift
            """
    )

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let settings = try options.settings()
        guard case .redshift(let address) = try settings.warehouseTarget() else {
            throw ConfigurationError(
                code: "CHG088",
                subject: "warehouse",
                detail: "\"\(try settings.warehouseTarget())\" (expected redshift://user@host/database)",
                remedy: "set warehouse in chargehouse.toml, or CHARGEHOUSE_WAREHOUSE"
            )
        }
        let schema = "chargehouse_doctor_\(UUID().uuidString.lowercased().prefix(8))"
        let separator = address.exposed.contains("?") ? "&" : "?"
        let scratch = Secret("\(address.exposed)\(separator)schema=\(schema)")
        let doctor = RedshiftDoctor(schema: schema, now: systemTime()) {
            try await WarehouseTarget.openRedshift(scratch, readOnly: false, settings: settings)
        }
        let findings = try await doctor.examine()
        for finding in findings {
            Console.output("\(finding.isGood ? "ok  " : "BAD ") \(finding.name): \(finding.detail)")
        }
        let bad = findings.count { !$0.isGood }
        guard bad == 0 else {
            Console.output("\(bad) of \(findings.count) examinations failed; schema \(schema) may be left")
            throw ArgumentParser.ExitCode(ChargingModel.ExitCode.failure.rawValue)
        }
    }
}
