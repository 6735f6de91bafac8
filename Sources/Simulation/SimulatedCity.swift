/// A city of the simulated world: the name, the place and the size of a real one, nothing else of it.
public struct SimulatedCity: Hashable, Sendable {
    /// The last part of the feed's id and of its URL: `koeln`.
    public let slug: String
    /// For people: `Köln`.
    public let name: String
    /// Degrees north of the centre, to 0.01.
    public let latitude: Double
    /// Degrees east of the centre, to 0.01.
    public let longitude: Double
    /// A postal code of the centre.
    public let postalCode: Int
    /// Charging points at scale 1.
    public let pointsAtScaleOne: Int

    private init(_ slug: String, _ name: String, _ place: (Double, Double), _ postalCode: Int, _ points: Int) {
        self.slug = slug
        self.name = name
        (latitude, longitude) = place
        self.postalCode = postalCode
        pointsAtScaleOne = points
    }

    /// Extra connectors at scale 1: 2,806 connectors at 2,423 points.
    static let secondConnectorsAtScaleOne = 383
    /// The sum of ``pointsAtScaleOne`` over ``all``.
    static let totalPointsAtScaleOne = 2_423

    /// The 38 cities, largest first.
    public static let all: [SimulatedCity] = [
        SimulatedCity("koeln", "Köln", (50.94, 6.96), 50_667, 500),
        SimulatedCity("dortmund", "Dortmund", (51.51, 7.47), 44_135, 260),
        SimulatedCity("bonn", "Bonn", (50.73, 7.10), 53_111, 210),
        SimulatedCity("muenster", "Münster", (51.96, 7.63), 48_143, 190),
        SimulatedCity("kiel", "Kiel", (54.32, 10.13), 24_103, 160),
        SimulatedCity("chemnitz", "Chemnitz", (50.83, 12.92), 9_111, 120),
        SimulatedCity("krefeld", "Krefeld", (51.33, 6.56), 47_798, 110),
        SimulatedCity("leverkusen", "Leverkusen", (51.03, 6.98), 51_373, 100),
        SimulatedCity("heidelberg", "Heidelberg", (49.41, 8.69), 69_117, 95),
        SimulatedCity("solingen", "Solingen", (51.17, 7.08), 42_651, 80),
        SimulatedCity("ingolstadt", "Ingolstadt", (48.76, 11.42), 85_049, 75),
        SimulatedCity("pforzheim", "Pforzheim", (48.89, 8.70), 75_175, 65),
        SimulatedCity("goettingen", "Göttingen", (51.53, 9.93), 37_073, 60),
        SimulatedCity("erlangen", "Erlangen", (49.60, 11.00), 91_052, 55),
        SimulatedCity("tuebingen", "Tübingen", (48.52, 9.06), 72_070, 50),
        SimulatedCity("bayreuth", "Bayreuth", (49.95, 11.58), 95_444, 42),
        SimulatedCity("bocholt", "Bocholt", (51.84, 6.61), 46_399, 36),
        SimulatedCity("dormagen", "Dormagen", (51.10, 6.83), 41_539, 30),
        SimulatedCity("rastatt", "Rastatt", (48.86, 8.21), 76_437, 26),
        SimulatedCity("hof", "Hof", (50.32, 11.92), 95_028, 22),
        SimulatedCity("weinheim", "Weinheim", (49.55, 8.67), 69_469, 19),
        SimulatedCity("bruchsal", "Bruchsal", (49.13, 8.60), 76_646, 16),
        SimulatedCity("nettetal", "Nettetal", (51.31, 6.28), 41_334, 14),
        SimulatedCity("ansbach", "Ansbach", (49.30, 10.58), 91_522, 12),
        SimulatedCity("schwabach", "Schwabach", (49.33, 11.02), 91_126, 10),
        SimulatedCity("ettlingen", "Ettlingen", (48.94, 8.41), 76_275, 9),
        SimulatedCity("crailsheim", "Crailsheim", (49.13, 10.07), 74_564, 8),
        SimulatedCity("deggendorf", "Deggendorf", (48.84, 12.96), 94_469, 7),
        SimulatedCity("forchheim", "Forchheim", (49.72, 11.06), 91_301, 6),
        SimulatedCity("bretten", "Bretten", (49.04, 8.71), 75_015, 6),
        SimulatedCity("buehl", "Bühl", (48.70, 8.14), 77_815, 5),
        SimulatedCity("zirndorf", "Zirndorf", (49.44, 10.95), 90_513, 5),
        SimulatedCity("roth", "Roth", (49.25, 11.09), 91_154, 4),
        SimulatedCity("calw", "Calw", (48.71, 8.74), 75_365, 4),
        SimulatedCity("herzogenaurach", "Herzogenaurach", (49.57, 10.88), 91_074, 4),
        SimulatedCity("wertheim", "Wertheim", (49.76, 9.52), 97_877, 3),
        SimulatedCity("kitzingen", "Kitzingen", (49.74, 10.16), 97_318, 3),
        SimulatedCity("lichtenfels", "Lichtenfels", (50.15, 11.06), 96_215, 2),
    ]
}
