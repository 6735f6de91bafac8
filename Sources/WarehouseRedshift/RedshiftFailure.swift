import Warehouse

/// What errors of a cluster mean, by the words in which Redshift says them.
enum RedshiftFailure {
    /// Whether a transaction lost against another one and is to be tried again (error 1023).
    static func isSerialization(_ error: any Error) -> Bool {
        guard let error = error as? WarehouseError else { return false }
        return error.sqlState == "40001" || error.detail.hasPrefix("1023")
            || error.detail.contains("Serializable isolation violation")
    }

    /// Whether a `COPY` refused rows, whose reasons stand in a system table.
    static func isOfRows(_ error: WarehouseError) -> Bool {
        ["stl_load_errors", "sys_load_error_detail"].contains { error.detail.lowercased().contains($0) }
    }

    /// A `COPY` that did not come to reading rows, with what an operator can do.
    static func copy(_ error: WarehouseError, from staged: StagedLoad, _ stage: RedshiftStage) -> WarehouseError {
        let meanings = [
            (
                "authorized to assume",
                "attach the role to the cluster and let it be assumed, or correct redshift.iam_role"
            ),
            ("default IAM role", "give the cluster a default role, or set redshift.iam_role"),
            ("NoSuchBucket", "create the bucket, or correct redshift.stage"),
            ("PermanentRedirect", "set redshift.stage_region to the bucket's region"),
            ("AccessDenied", "let the role read the stage: s3:GetObject and s3:ListBucket"),
            ("not present in manifest", "nothing may delete in the stage while a load runs; then load again"),
        ]
        guard let meaning = meanings.first(where: { error.detail.contains($0.0) }) else { return error }
        return WarehouseError(
            .denied,
            subject: "\(staged.load.table) from \(staged.manifest) as role \(stage.role)",
            detail: error.detail,
            kept: "nothing was changed",
            remedy: meaning.1,
            sqlState: error.sqlState
        )
    }

    /// Rows that a `COPY` refused.
    static func rows(_ found: ResultTable, of staged: StagedLoad, _ error: WarehouseError) -> WarehouseError {
        let shown = found.rows.prefix(WarehouseError.shownRows).map { row -> String in
            let texts = row.map { value -> String in
                switch value {
                case .text(let text): text.trimmingTrailingBlanks
                case .integer(let number): "\(number)"
                default: ""
                }
            }
            guard texts.count == 6 else { return "" }
            let source = Int(texts[1]).flatMap { staged.source(of: texts[0], line: $0) }
            let place = source.map { "\($0.file) line \($0.line)" } ?? "\(texts[0]) line \(texts[1])"
            let column = texts[2].isEmpty ? "" : ", column \(texts[2]) = \"\(texts[5].prefix(100))\""
            return "\(place)\(column): \(texts[4]) (error \(texts[3]))"
        }
        let count =
            found.rows.count > WarehouseError.shownRows ? "more than \(WarehouseError.shownRows)" : "\(shown.count)"
        return WarehouseError(
            .loadFailed,
            subject: "\(staged.load.table) from \(staged.load.files.count) files",
            detail: shown.isEmpty
                ? "\(error.detail); the system tables with the reasons cannot be read"
                : "\(count) rows refused: \(shown.joined(separator: "; "))",
            kept: "nothing was changed",
            remedy: "clean the slice again: chargehouse clean; report the row where that does not help",
            sqlState: error.sqlState
        )
    }
}

extension String {
    /// Redshift pads texts of its system tables.
    fileprivate var trimmingTrailingBlanks: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
