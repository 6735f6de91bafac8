import Analytics

struct UtilizationPage {
    let text: String
    init(_ report: UtilizationReport) { text = "" }
}
