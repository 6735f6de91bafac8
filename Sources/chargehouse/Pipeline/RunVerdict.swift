import ChargingModel
import Cleaning

/// What a run of cleaning or loading is told as: counts, the share of rejected records, and how bad that is.
struct RunVerdict {
    let slices: Int
    let changed: Int
    let read: Int
    let kept: Int
    let rejected: Int

    init(_ results: [Cleaner.Result]) {
        slices = results.count
        changed = results.filter { $0.outcome == .cleaned }.count
        let cleaned = results.map(\.manifest)
        read = cleaned.reduce(0) { $0 + $1.read.total }
        kept = cleaned.reduce(0) { $0 + $1.kept.total }
        rejected = cleaned.reduce(0) { $0 + $1.rejected.total }
    }

    /// Above this share of rejected records the input is wrong as a whole (`docs/reference/exit-codes.md`).
    static let badShare = 0.2

    var text: String {
        "clean: \(slices) slices, \(changed) changed; \(read) records read = \(kept) kept + \(rejected) rejected"
    }

    /// - Throws: where so much was rejected that the input cannot be what it should be.
    func check() throws {
        guard read > 0, Double(rejected) > Self.badShare * Double(read) else { return }
        throw ConfigurationError(
            code: "CHG034",
            subject: "clean",
            detail: "\(rejected) of \(read) records rejected (expected less than 20 %)",
            remedy: "chargehouse load, then chargehouse rejects ls",
            exitCode: .badInput
        )
    }
}
