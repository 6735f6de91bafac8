package import Analytics
import ChargingModel

/// The accuracy certificate: for each fault the error of utilization against the truth, beside its bound.
package struct AccuracyCertificate: Sendable {
    /// One fault.
    package struct Row: Sendable {
        /// What went wrong.
        package let fault: CertifiedFault
        /// Captures in the archive, in the period that is compared.
        package let polls: Int
        /// Slots in which something was wrong.
        package let affected: Int
        let sums: UtilizationSums

        /// Measured less true utilization, as shares of 1.
        package var error: Double { sums.error }
        /// The largest error that is in order, as a share of 1.
        package var bound: Double { sums.bound }
        /// Observed time, over observed and unobserved time.
        package var coverage: Double { sums.coverage }
        /// Utilization as it was, over the observed time.
        package var truth: Double { sums.truth }
        /// Charging points that the warehouse knows in the period.
        package var points: Int { sums.points }
        /// Point-seconds of all categories in the period.
        package var knownSeconds: Double { sums.known }
        /// Utilization as the warehouse measured it, as a share of 1.
        package var measured: Double { sums.measured }
        /// Point-seconds that the warehouse counts more than once.
        package var countedTwice: Double { sums.countedTwice }
        /// Point-seconds of absences that the warehouse invents.
        package var falselyAbsent: Double { sums.falselyAbsent }
        /// The error lies within the bound, no second is counted twice or lost, and no absence is invented.
        package var isWithinBound: Bool { sums.isWithinBound }
    }

    /// In the order in which they were certified.
    package let rows: [Row]

    /// The faults whose error is outside.
    package var failures: [CertifiedFault] { rows.filter { !$0.isWithinBound }.map(\.fault) }

    /// - Throws: an error with exit code 4 where a fault is outside.
    package func check() throws {
        guard failures.isEmpty else { throw AccuracyError(failures) }
    }

    /// The certificate as a table; shares in machine forms, per cent and percentage points for readers.
    package var table: AnswerTable {
        AnswerTable(
            columns: [
                AnswerColumn("fault"), AnswerColumn("polls"), AnswerColumn("polls_affected"),
                AnswerColumn("coverage", heading: "coverage_%", style: .percent(1)),
                AnswerColumn("utilization", heading: "utilization_%", style: .percent(3)),
                AnswerColumn("truth", heading: "truth_%", style: .percent(3)),
                AnswerColumn("error", heading: "error_pp", style: .percent(3)),
                AnswerColumn("bound", heading: "bound_pp", style: .percent(3)),
                AnswerColumn("counted_twice_s", audience: .machines),
                AnswerColumn("falsely_absent_s", audience: .machines),
                AnswerColumn("within", audience: .machines),
                AnswerColumn("within", audience: .readers),
            ],
            rows: rows.map { row in
                [
                    .text(row.fault.rawValue), .integer(Int64(row.polls)), .integer(Int64(row.affected)),
                    .double(row.sums.coverage), .double(row.sums.measured), .double(row.sums.truth),
                    .double(row.error), .double(row.bound), .integer(Int64(row.countedTwice)),
                    .integer(Int64(row.falselyAbsent)), .boolean(row.isWithinBound), .text(row.verdict),
                ]
            }
        )
    }
}

extension AccuracyCertificate.Row {
    /// `yes`, or what is wrong.
    fileprivate var verdict: String {
        if isWithinBound { return "yes" }
        if falselyAbsent > 0 { return "no: \(hours(falselyAbsent)) h falsely absent" }
        guard countedTwice != 0 else { return "no" }
        return "no: \(hours(countedTwice)) h " + (countedTwice > 0 ? "counted twice" : "lost")
    }

    /// Started hours.
    private func hours(_ seconds: Double) -> Int {
        Int((abs(seconds) / 3_600).rounded(.up))
    }
}

/// An error outside its bound.
struct AccuracyError: DescribedError {
    let code = "CHG075"
    let subject = "certify"
    let detail: String
    let remedy: String? = "docs/methods/accuracy.md"
    let exitCode = ExitCode.qualityGateFailed

    init(_ failures: [CertifiedFault]) {
        let names = failures.map(\.rawValue).joined(separator: ", ")
        detail = "utilization is wrong by more than its bound under: \(names) (expected every fault within)"
    }
}
