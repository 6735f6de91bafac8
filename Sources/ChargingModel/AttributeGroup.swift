/// A kind of attributes; its number is the bit that a version's `change_mask` gets when one of them changes.
///
/// Persisted: never renumbered.
public enum AttributeGroup: Int64, CaseIterable, Sendable {
    case name = 1
    case place = 2
    case `operator` = 4
    case power = 8
    case hours = 16
    case capabilities = 32
    case relation = 64
    case details = 128
}
