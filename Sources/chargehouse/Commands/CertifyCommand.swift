import Analytics
import ArgumentParser
import ChargingModel
import Reporting

/// `chargehouse certify`.
struct CertifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certify",
        abstract: "Show how wrong utilization gets under each fault, against a simulated truth.",
        discussion: """
            Each fault has a small simulated world of its own, which goes through the real archive, cleaning and a real
            warehouse. The error must lie within a bound that is derived in docs/methods/accuracy.md; exit code 4 where
            one does not.

            Examples:
              chargehouse certify
              chargehouse certify --fault frozen-feed --fault all --seed 7 -o json
            """
    )

    @Option(name: .long, help: "The seed of the worlds.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Simulated days, 1 to 31.")
    var days = 3

    @Option(name: .long, help: "1 is the size of the original: 2,423 points.")
    var scale = 0.05

    @Option(name: .long, help: "Only this fault; can be given several times (default: all).")
    var fault: [CertifiedFault] = []

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    @Flag(name: [.short, .long], help: "Say only what went wrong, and the result.")
    var quiet = false

    func validate() throws {
        guard (1...31).contains(days) else {
            throw ValidationError("--days \(days) (expected 1 … 31)")
        }
    }

    func run() async throws {
        let faults = fault.isEmpty ? CertifiedFault.allCases : fault
        let progress = ProgressLine("certify", isQuiet: quiet)
        var done = 0
        let certificate = try await Certifier(seed: seed, days: days, scale: scale).certify(faults) { fault in
            progress.update(done, of: faults.count, fault.rawValue)
            done += 1
        }
        progress.update(done, of: faults.count, "done")
        let renderer = TableRenderer(output, width: Console.width, schema: "chargehouse.certificate/1")
        Console.output(renderer.render(certificate.table))
        try certificate.check()
    }
}

extension CertifiedFault: ExpressibleByArgument {}
