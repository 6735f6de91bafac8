/// Names of streets and places, put together from word lists of our own.
enum InventedNames {
    private static let trees = [
        "Ahorn", "Birken", "Buchen", "Drossel", "Eichen", "Erlen", "Eschen", "Falken", "Finken", "Garten", "Hafen",
        "Hasel", "Kastanien", "Kiefern", "Lerchen", "Linden", "Markt", "Mühlen", "Nord", "Obst", "Quell", "Rosen",
        "Süd", "Tannen", "Ufer", "Ulmen", "Weiden", "Wiesen", "Ziegel", "Brücken",
    ]
    private static let ways = ["straße", "weg", "allee", "platz", "ring", "gasse", "damm", "hof"]
    private static let sites = ["Parkhaus", "Tiefgarage", "Stadtbad", "Rathaus", "Bahnhof", "Sporthalle", "Freibad"]

    static func street(_ stream: inout RandomStream) -> String {
        trees[stream.index(below: trees.count)] + ways[stream.index(below: ways.count)]
    }

    static func address(_ stream: inout RandomStream) -> String {
        street(&stream) + " " + String(1 + stream.index(below: 140))
    }

    static func site(_ stream: inout RandomStream) -> String {
        sites[stream.index(below: sites.count)] + " " + street(&stream)
    }

    /// Mostly empty; else text as people write it, with what breaks naive readers.
    static func directions(_ stream: inout RandomStream) -> String {
        guard stream.chance(0.04) else { return "" }
        let texts = [
            "Zufahrt über den Hof;\r\nzweite Reihe rechts",
            "Hinter dem Schild \"Nur für Gäste\"; links halten",
            "Größere Fahrzeuge: Einfahrt Süd\tbenutzen\n",
            "Ebene -1; Stellplätze 4/5, \\ Schranke 2",
        ]
        return texts[stream.index(below: texts.count)]
    }
}
