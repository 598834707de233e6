/// Finds the word a person probably meant.
public enum NearestWord {
  /// The known word that is fewest typing slips away from `word`; nil where none is near enough to be a slip
  /// (more than two letters in three would have to change) or `word` is empty. Of equally near ones the first.
  public static func of(_ word: String, among known: [String]) -> String? {
    guard !word.isEmpty else { return nil }
    let typed = Array(word.lowercased())
    var best: (word: String, slips: Int)?
    for candidate in known {
      let slips = distance(typed, Array(candidate.lowercased()))
      if slips * 3 <= max(typed.count, candidate.count), slips < best?.slips ?? .max { best = (candidate, slips) }
    }
    return best?.word
  }

  /// How many letters must be put in, left out or changed to get from one word to the other.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        let changed = previous[column] + (letter == other ? 0 : 1)
        current.append(min(changed, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[right.count]
  }
}
