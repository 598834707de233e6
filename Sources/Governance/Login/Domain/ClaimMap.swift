/// What the groups of an identity provider mean here: a group gives a position. It is the municipality's own rule, in
/// the file of its provider; a group that no rule names gives nothing.
public struct ClaimMap: Hashable, Sendable {
  /// One rule.
  public struct Rule: Hashable, Sendable {
    /// What stands before the place, or the whole name of the group where it holds no place.
    let start: String
    /// What stands after the place; nil where the group's name holds no place.
    let end: String?
    /// The position that the group gives.
    let kind: PositionKind
    /// The place of the position where the group's name holds none; empty for the whole municipality.
    let place: String

    /// The position that a group gives; nil for another group.
    func position(_ group: String) -> ClaimedPosition? {
      guard let end else { return group == start ? ClaimedPosition(kind: kind, place: place) : nil }
      guard group.utf8.count > start.utf8.count + end.utf8.count, group.hasPrefix(start), group.hasSuffix(end) else {
        return nil
      }
      return ClaimedPosition(kind: kind, place: String(group.dropFirst(start.count).dropLast(end.count)))
    }
  }

  /// What becomes of somebody whom the house does not know.
  public enum Newcomers: String, CaseIterable, Sendable {
    /// Whose groups give a position is entered; nobody else.
    case withPosition
    /// Everybody who can sign in there is entered.
    case everybody
    /// Nobody is entered: people are invited one by one.
    case nobody
  }

  let rules: [Rule]
  let newcomers: Newcomers

  /// The positions that groups give, each once, in the order of the rules.
  func positions(_ groups: [String]) -> [ClaimedPosition] {
    var seen: Set<ClaimedPosition> = []
    return rules.flatMap { rule in groups.sorted().compactMap(rule.position) }.filter { seen.insert($0).inserted }
  }
}

/// A position that somebody's groups give.
struct ClaimedPosition: Hashable, Sendable {
  let kind: PositionKind
  let place: String
}
