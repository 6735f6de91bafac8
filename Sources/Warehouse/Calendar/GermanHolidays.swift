public import ChargingModel

/// A row of `dim_holiday`: a holiday of one state.
public struct Holiday: Sendable, Hashable {
    /// Where in the state it holds.
    public enum Kind: String, Sendable {
        /// In the whole state.
        case `public`
        /// By law in some municipalities of the state.
        case partial
    }

    /// The local day.
    public let day: UTCDay
    /// ISO 3166-1 alpha-2.
    public let country: String
    /// ISO 3166-2, for example `DE-NW`.
    public let stateCode: String
    /// In the language of the country.
    public let name: String
    /// Where it holds.
    public let kind: Kind
}

/// The public holidays of the sixteen German states, computed from their laws.
///
/// Holidays of single cities (Augsburg's Friedensfest) and days on which only shops or schools close are left out.
///
/// - SeeAlso: `docs/methods/places.md`, which names the laws' special years.
public enum GermanHolidays {
    /// The first year of the rules: before, the states of today did not exist.
    public static let firstYear = 1991

    /// The holidays of a year, by day, state and name; none before ``firstYear``.
    public static func holidays(of year: Int) -> [Holiday] {
        guard year >= firstYear, let easter = easterSunday(of: year) else { return [] }
        var holidays: [Holiday] = []
        for rule in rules where rule.years.contains(year) {
            guard let day = rule.date.day(of: year, easter: easter) else { continue }
            holidays += rule.states.map { state in
                Holiday(day: day, country: "DE", stateCode: "DE-\(state.rawValue)", name: rule.name, kind: rule.kind)
            }
        }
        return holidays.sorted { ($0.day, $0.stateCode, $0.name) < ($1.day, $1.stateCode, $1.name) }
    }

    /// Easter Sunday of the Gregorian calendar; `nil` outside the years that ``UTCDay`` knows.
    ///
    /// - SeeAlso: "Anonymous Gregorian algorithm", Nature 13 (1876), p. 487, in the form of J. Meeus,
    ///   *Astronomical Algorithms*, 2nd edition, chapter 8.
    public static func easterSunday(of year: Int) -> UTCDay? {
        let golden = year % 19
        let (century, yearOfCentury) = (year / 100, year % 100)
        let correction = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - correction + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let late = (golden + 11 * epact + 22 * weekday) / 451
        let shifted = epact + weekday - 7 * late + 114
        return UTCDay(year: year, month: shifted / 31, day: shifted % 31 + 1)
    }

    // MARK: - Rules

    /// The states, by the second half of their ISO 3166-2 code.
    enum State: String, CaseIterable, Sendable {
        case badenWuerttemberg = "BW"
        case bavaria = "BY"
        case berlin = "BE"
        case brandenburg = "BB"
        case bremen = "HB"
        case hamburg = "HH"
        case hesse = "HE"
        case lowerSaxony = "NI"
        case mecklenburgVorpommern = "MV"
        case northRhineWestphalia = "NW"
        case rhinelandPalatinate = "RP"
        case saarland = "SL"
        case saxony = "SN"
        case saxonyAnhalt = "ST"
        case schleswigHolstein = "SH"
        case thuringia = "TH"
    }

    /// How the day of a holiday is found.
    enum DateRule: Sendable {
        case fixed(month: Int, day: Int)
        /// Days after Easter Sunday.
        case easter(Int)
        /// The Wednesday before 23 November.
        case repentance

        func day(of year: Int, easter: UTCDay) -> UTCDay? {
            switch self {
            case .fixed(let month, let day): return UTCDay(year: year, month: month, day: day)
            case .easter(let days): return easter.advanced(by: days)
            case .repentance:
                guard let limit = UTCDay(year: year, month: 11, day: 22) else { return nil }
                // Of the week that ends on 22 November, the day that is a Wednesday (3).
                return limit.advanced(by: -((limit.isoWeekday + 4) % 7))
            }
        }
    }

    struct Rule: Sendable {
        let name: String
        let date: DateRule
        let states: [State]
        let years: ClosedRange<Int>
        let kind: Holiday.Kind

        init(
            _ name: String,
            _ date: DateRule,
            in states: [State] = State.allCases,
            from first: Int = firstYear,
            through last: Int = 9_999,
            kind: Holiday.Kind = .public
        ) {
            self.name = name
            self.date = date
            self.states = states
            years = first...last
            self.kind = kind
        }
    }

    private static let rules = everywhere + christian + secular

    private static let everywhere = [
        Rule("Neujahr", .fixed(month: 1, day: 1)),
        Rule("Karfreitag", .easter(-2)),
        Rule("Ostermontag", .easter(1)),
        Rule("Tag der Arbeit", .fixed(month: 5, day: 1)),
        Rule("Christi Himmelfahrt", .easter(39)),
        Rule("Pfingstmontag", .easter(50)),
        Rule("Tag der Deutschen Einheit", .fixed(month: 10, day: 3)),
        Rule("Erster Weihnachtstag", .fixed(month: 12, day: 25)),
        Rule("Zweiter Weihnachtstag", .fixed(month: 12, day: 26)),
    ]

    private static let christian = [
        Rule("Heilige Drei Könige", .fixed(month: 1, day: 6), in: [.badenWuerttemberg, .bavaria, .saxonyAnhalt]),
        Rule("Ostersonntag", .easter(0), in: [.brandenburg]),
        Rule("Pfingstsonntag", .easter(49), in: [.brandenburg]),
        Rule(
            "Fronleichnam",
            .easter(60),
            in: [.badenWuerttemberg, .bavaria, .hesse, .northRhineWestphalia, .rhinelandPalatinate, .saarland]
        ),
        // Sorbian municipalities; the Eichsfeld and a few others.
        Rule("Fronleichnam", .easter(60), in: [.saxony, .thuringia], kind: .partial),
        Rule("Mariä Himmelfahrt", .fixed(month: 8, day: 15), in: [.saarland]),
        // Municipalities with more Catholics than Protestants.
        Rule("Mariä Himmelfahrt", .fixed(month: 8, day: 15), in: [.bavaria], kind: .partial),
        Rule(
            "Reformationstag",
            .fixed(month: 10, day: 31),
            in: [.brandenburg, .mecklenburgVorpommern, .saxony, .saxonyAnhalt, .thuringia]
        ),
        Rule(
            "Reformationstag",
            .fixed(month: 10, day: 31),
            in: [
                .badenWuerttemberg, .bavaria, .berlin, .hesse, .northRhineWestphalia, .rhinelandPalatinate, .saarland,
            ],
            from: 2_017,
            through: 2_017
        ),
        // 2017 once as everywhere, from 2018 every year.
        Rule(
            "Reformationstag",
            .fixed(month: 10, day: 31),
            in: [.bremen, .hamburg, .lowerSaxony, .schleswigHolstein],
            from: 2_017
        ),
        Rule(
            "Allerheiligen",
            .fixed(month: 11, day: 1),
            in: [.badenWuerttemberg, .bavaria, .northRhineWestphalia, .rhinelandPalatinate, .saarland]
        ),
        Rule("Buß- und Bettag", .repentance, through: 1_994),
        Rule("Buß- und Bettag", .repentance, in: [.saxony], from: 1_995),
    ]

    private static let secular = [
        Rule("Internationaler Frauentag", .fixed(month: 3, day: 8), in: [.berlin], from: 2_019),
        Rule("Internationaler Frauentag", .fixed(month: 3, day: 8), in: [.mecklenburgVorpommern], from: 2_023),
        // 75 and 80 years after the end of the war; 75 years after the rising of 1953.
        Rule("Tag der Befreiung", .fixed(month: 5, day: 8), in: [.berlin], from: 2_020, through: 2_020),
        Rule("Tag der Befreiung", .fixed(month: 5, day: 8), in: [.berlin], from: 2_025, through: 2_025),
        Rule("Jahrestag des Volksaufstandes", .fixed(month: 6, day: 17), in: [.berlin], from: 2_028, through: 2_028),
        Rule("Weltkindertag", .fixed(month: 9, day: 20), in: [.thuringia], from: 2_019),
    ]
}
