/// The style sheet of a report page: light, dark, narrow and printed.
///
/// The colours of the categories are the palette of the project; the ramp is one blue, reversed in the dark.
enum PageStyle {
    static let text = """
        :root { color-scheme: light dark; --ground: #ffffff; --panel: #f5f7fa; --ink: #14181d; --soft: #525b66; --line: #d5dbe2;
          --free: #0da59b; --occupied: #2652d1; --reserved: #ae7310; --down: #830008; --unknown: #383c44;
          --warn: #fff6e0; --warn-line: #ae7310; \(ramp(light)) }
        @media (prefers-color-scheme: dark) { :root { --ground: #14181d; --panel: #1d232a; --ink: #eef1f4; --soft: #aab3bd;
          --line: #38414b; --free: #77dec8; --occupied: #657cf1; --reserved: #f9ca31; --down: #cf302b; --unknown: #636671;
          --warn: #2b2517; --warn-line: #f9ca31; \(ramp(dark)) } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 16px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 1240px; margin: 0 auto; padding: 24px 20px 48px; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; }
        h2 { font-size: 1.1rem; margin: 1.2em 0 .4em; }
        h3 { font-size: .95rem; margin: 1em 0 .3em; }
        .unit { margin: .3em 0 0; color: var(--soft); }
        .figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0; }
        .figures div { background: var(--panel); border-radius: 8px; padding: 12px 18px; flex: 1 1 170px; }
        .figures dt { color: var(--soft); font-size: .875rem; }
        .figures dd { margin: 0; font-size: 1.75rem; font-weight: 650; line-height: 1.25; }
        .figures .sign { font-size: 1.1rem; font-weight: 400; }
        small { display: block; font-size: .8125rem; font-weight: 400; color: var(--soft); }
        .notes { margin: 0 0 20px; padding: 10px 14px 10px 32px; background: var(--warn);
          border-left: 4px solid var(--warn-line); border-radius: 4px; }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 6px 18px; margin: 0 0 10px; padding: 0; font-size: .875rem; }
        .legend li { display: flex; align-items: center; gap: 6px; }
        .scroll { overflow-x: auto; }
        .scroll:focus-visible, summary:focus-visible { outline: 3px solid var(--occupied); outline-offset: 2px; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9375rem; }
        caption { text-align: left; color: var(--soft); font-size: .875rem; padding: 0 0 10px; }
        th, td { padding: 7px 8px; text-align: left; vertical-align: top; }
        thead th { font-size: .8125rem; line-height: 1.25; font-weight: 600; color: var(--soft); vertical-align: bottom;
          border-bottom: 2px solid var(--line); }
        .rows tbody tr { border-bottom: 1px solid var(--line); }
        .rows tbody th { font-weight: 500; }
        .rows th[scope=row] { min-width: 9rem; max-width: 22rem; overflow-wrap: anywhere; }
        tfoot tr { border-top: 2px solid var(--line); }
        .rows tfoot th, .rows tfoot td { font-weight: 650; }
        .number { text-align: right; white-space: nowrap; }
        .rows thead .number { white-space: normal; }
        .chief { font-weight: 650; }
        .chief small { white-space: normal; min-width: 7.5rem; }
        .bar { min-width: 180px; width: 26%; }
        .bar svg { display: block; width: 100%; height: 14px; margin-top: 4px; border-radius: 3px; background: var(--panel); }
        .rows tr.low td, .rows tr.low th { color: var(--soft); }
        .rows tr.low .bar { opacity: .55; }
        .rows tr.withheld td, .rows tr.nothing_observed td { color: var(--soft); }
        .free { fill: var(--free); } .occupied { fill: var(--occupied); } .reserved { fill: var(--reserved); }
        .down { fill: var(--down); } .unknown { fill: var(--unknown); }
        .unknown.hollow { fill: none; stroke: var(--unknown); stroke-width: 2; }
        .heat { table-layout: fixed; min-width: 900px; font-size: .875rem; }
        .heat th:first-child { width: 4.5rem; position: sticky; left: 0; background: var(--ground); text-align: left; }
        .heat th, .heat tbody td { padding: 8px 2px; text-align: center; border: 1px solid var(--ground); }
        .heat tfoot td { padding: 12px 2px; color: var(--soft); text-align: left; }
        .heat tbody .empty { color: var(--soft); box-shadow: inset 0 0 0 1px var(--line); }
        .heat .low { outline: 1px dashed currentcolor; outline-offset: -4px; }
        .heat tfoot .low { outline-offset: 0; padding: 1px 4px; }
        .frame { display: block; position: sticky; left: 0; max-width: calc(100vw - 24px); white-space: normal; }
        .scale { margin-right: 1.5em; white-space: nowrap; }
        .swatch { display: inline-block; width: 18px; height: 12px; vertical-align: -1px; }
        \(rampRules)
        details { margin-top: 28px; border-top: 1px solid var(--line); padding-top: 12px; }
        summary { cursor: pointer; font-weight: 600; }
        .definitions dt { font-weight: 600; margin-top: .6em; }
        .definitions dd { margin: 0; color: var(--soft); }
        pre { background: var(--panel); padding: 12px; border-radius: 6px; overflow-x: auto; font-size: .8125rem; line-height: 1.4; }
        code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        @media (max-width: 700px) { main { padding: 16px 12px 32px; } h1 { font-size: 1.3rem; }
          .figures { gap: 8px; } .figures div { flex: 1 1 100px; padding: 8px 12px; } .figures dd { font-size: 1.3rem; }
          .rows th[scope=row] { min-width: 7.5rem; max-width: 9.5rem; position: sticky; left: 0; background: var(--ground); }
          .bar { min-width: 130px; } }
        @media print { :root { color-scheme: light; } body { font-size: 10pt; background: #ffffff; color: #000000; }
          main { max-width: none; padding: 0; } .scroll { overflow: visible; } .heat { min-width: 0; font-size: 7pt; }
          .rows { font-size: 8pt; } tr { break-inside: avoid; } thead { display: table-header-group; }
          svg, .figures div, .notes, .heat td, .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }

        """

    /// From `#eef3fb` to `#0b2e6b`.
    static let light = interpolated(from: (238, 243, 251), to: (11, 46, 107))
    /// The same, reversed, on the dark ground.
    static let dark = Array(light.reversed())

    private static func interpolated(from low: (Int, Int, Int), to high: (Int, Int, Int)) -> [String] {
        (0..<HeatMap.steps).map { step in
            let mixed = { (start: Int, end: Int) in start + (end - start) * step / (HeatMap.steps - 1) }
            return "#" + [mixed(low.0, high.0), mixed(low.1, high.1), mixed(low.2, high.2)].map(hexadecimal).joined()
        }
    }

    private static func hexadecimal(_ byte: Int) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// Each step's colour and the ink that can be read on it.
    private static func ramp(_ colours: [String]) -> String {
        colours.enumerated().map { step, colour in
            "--h\(step): \(colour); --i\(step): \(isPale(colour) ? "#14181d" : "#ffffff");"
        }.joined(separator: " ")
    }

    private static var rampRules: String {
        (0..<HeatMap.steps).map { ".h\($0) { background: var(--h\($0)); color: var(--i\($0)); }" }.joined(
            separator: "\n"
        )
    }

    /// Whether dark ink has the higher contrast, by the relative luminance of WCAG 2.2.
    private static func isPale(_ colour: String) -> Bool {
        guard let number = Int(colour.dropFirst(), radix: 16) else { return true }
        let channel = { (shift: Int) -> Double in
            let value = Double(number >> shift & 0xFF) / 255
            // The curve of sRGB, taken as a square: exact enough to choose between black and white ink.
            return value * value
        }
        return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0) > 0.2
    }
}
