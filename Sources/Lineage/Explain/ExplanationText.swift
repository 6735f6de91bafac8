import ChargingModel

/// An explanation as an indented tree.
public enum ExplanationText {
    /// A figure, down to the raw bytes.
    public static func tree(_ figure: FigureExplanation) -> String {
        let scope = figure.scope.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let value = figure.value.map { percent($0) } ?? "no observed time"
        var lines = [
            "\(figure.metric) \(scope.isEmpty ? "of everything" : scope), \(figure.from) to \(figure.to) (UTC): \(value)",
            "  = \(figure.formula)", "  \(seconds(figure.seconds))",
        ]
        for point in figure.points { lines += self.point(point).map { "  " + $0 } }
        if figure.pointsLeftOut > 0 { lines.append("  … \(figure.pointsLeftOut) more points (--limit)") }
        return lines.joined(separator: "\n")
    }

    /// A row, down to the raw bytes.
    public static func tree(_ row: RowExplanation) -> String {
        var lines = ["\(row.table): \(row.grain)"]
        lines += row.values.map { "  \($0.column) = \(cut($0.text, to: 160))" }
        if let interval = row.interval {
            lines += self.interval(interval).map { "  " + $0 }
        } else if let load = row.load {
            lines.append("  " + self.load(load))
        }
        for run in row.runs {
            lines.append("  run of slice \(run.day): seen \(run.seenFrom) to \(run.seenTo), load \(run.loadID)")
        }
        if row.runsLeftOut > 0 { lines.append("  … \(row.runsLeftOut) more runs (--limit)") }
        for poll in row.polls { lines += self.poll(poll).map { "  " + $0 } }
        return lines.joined(separator: "\n")
    }

    private static func point(_ point: PointExplanation) -> [String] {
        var lines = ["point \(point.sourceID) of \(point.feed) (point_id \(point.pointID)): \(seconds(point.seconds))"]
        for hour in point.hours { lines.append("  agg_point_hour \(hour.hour): \(seconds(hour.seconds))") }
        if point.hoursLeftOut > 0 { lines.append("  … \(point.hoursLeftOut) more hours (--limit)") }
        for interval in point.intervals { lines += self.interval(interval).map { "  " + $0 } }
        if point.intervalsLeftOut > 0 { lines.append("  … \(point.intervalsLeftOut) more intervals (--limit)") }
        return lines
    }

    private static func interval(_ interval: IntervalExplanation) -> [String] {
        let part = interval.secondsInPeriod.map { ", \($0) s of the period" } ?? ""
        let text = interval.rawStatus.map { " \"\(cut($0, to: 60))\"" } ?? ""
        var lines = [
            "interval \(interval.validFrom) to \(interval.validTo): \(interval.status)\(text) (\(interval.category))\(part)",
            "  starts by \(interval.startReason), ends by \(interval.endReason); \(interval.observations) good polls",
            "  versions "
                + interval.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", "), "  rule: \(interval.rule)",
        ]
        if let load = interval.load { lines.append("  " + self.load(load)) }
        for poll in interval.polls where poll.role != .after { lines += self.poll(poll).map { "  " + $0 } }
        if interval.pollsLeftOut > 0 { lines.append("  … \(interval.pollsLeftOut) more polls within (--limit)") }
        for poll in interval.polls where poll.role == .after { lines += self.poll(poll).map { "  " + $0 } }
        return lines
    }

    private static func load(_ load: LoadExplanation) -> String {
        var parts = ["input \(load.inputHash.prefix(12))", "code \(load.codeVersion)"]
        if let adapter = load.adapter, let version = load.mappingVersion {
            parts.append("\(adapter) mapping \(version)")
        }
        if let map = load.statusMap { parts.append("status map \(map)") }
        if let rules = load.rulesVersion { parts.append("rules \(rules)") }
        parts.append(load.reason ?? "first load")
        return "load \(load.loadID): " + parts.joined(separator: ", ")
    }

    private static func poll(_ poll: PollExplanation) -> [String] {
        let error = poll.error.map { " (\(cut($0, to: 100)))" } ?? ""
        var lines = [
            "poll \(poll.slot), \(poll.role.rawValue): \(poll.outcome)\(error), requested \(poll.requestedAt), "
                + "sha256 \(poll.digest?.prefix(12) ?? "none")"
        ]
        guard let raw = poll.raw else {
            if let note = poll.note { lines.append("  \(note)") }
            return lines
        }
        let body = raw.bodyOffset.map { ", body at \($0)" } ?? ""
        lines.append(
            "  pack \(poll.pack ?? "?"): \(raw.recordType) record at byte \(raw.recordOffset) (\(raw.recordLength) bytes) "
                + "of the decoded WARC, in the frame at file byte \(raw.frameOffset)\(body)"
        )
        if let pointer = raw.pointer {
            let place = raw.byteOffset.map { ", bytes \($0) to \($0 + (raw.byteLength ?? 0)) of the body" } ?? ""
            lines.append("  page \(raw.page) \(pointer)\(place)")
            if let bytes = raw.bytes {
                lines.append("  \(oneLine(bytes))\(bytes.utf8.count < raw.byteLength ?? 0 ? " …" : "")")
            }
        } else {
            lines.append("  the answer does not hold it, or is not readable")
        }
        if let text = raw.statusText {
            let by = raw.mappedBy.map { " by \($0)" } ?? ""
            lines.append(
                "  \(raw.statusPointer ?? "status"): \"\(cut(text, to: 60))\" → \(raw.mappedStatus ?? "?")\(by)"
            )
        }
        if raw.agrees == false { lines.append("  DISAGREES with the interval") }
        return lines
    }

    private static func seconds(_ seconds: [String: Int]) -> String {
        let known = StatusCategory.allCases.map(\.rawValue)
        let parts = known.compactMap { name in seconds[name].map { "\(name) \($0) s" } }
        return parts.isEmpty ? "0 s" : parts.joined(separator: ", ")
    }

    private static func percent(_ ratio: Double) -> String {
        let tenths = Int((ratio * 1_000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// Raw bytes on one line: a stranger's control characters do not reach the terminal.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar.properties.generalCategory == .control ? " " : scalar
                }
            )
        )
    }

    private static func cut(_ text: String, to length: Int) -> String {
        oneLine(text.count > length ? text.prefix(length) + "…" : text)
    }
}
