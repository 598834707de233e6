import SteeringCore

/// Amounts and shares as people write them in a question.
enum AskedAmount {
  private static let mostKroner: Int64 = 1_000_000_000_000

  /// `250000`, `250.000` or `250.000,50` kroner; nil for anything else, and for what is negative or beyond all budgets.
  static func money(_ text: String) -> Money? {
    guard let (whole, hundredths) = parts(text.withoutWord("kr")), whole <= mostKroner else { return nil }
    return Money(ore: whole * 100 + hundredths)
  }

  /// `5`, `4,5` or `4,25 %`; nil for anything else, and for more than ten thousand.
  static func percentage(_ text: String) -> Percentage? {
    guard let (whole, hundredths) = parts(text.withoutWord("%")), whole <= 10_000 else { return nil }
    return Percentage(basisPoints: whole * 100 + hundredths)
  }

  /// The whole and the two decimals of a number in Danish notation.
  private static func parts(_ text: String) -> (whole: Int64, hundredths: Int64)? {
    let halves = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let front = halves.first, halves.count <= 2 else { return nil }
    let groups = front.split(separator: ".", omittingEmptySubsequences: false)
    guard groups.count == 1 || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 })
    else { return nil }
    let digits = groups.joined()
    let decimals = halves.count == 2 ? halves[1] : "0"
    guard (1...2).contains(decimals.count), isDigits(digits), isDigits(String(decimals)), let whole = Int64(digits),
      let part = Int64(decimals)
    else { return nil }
    return (whole, decimals.count == 1 ? part * 10 : part)
  }

  private static func isDigits(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}

extension String {
  fileprivate func withoutWord(_ word: String) -> String {
    var text = lowercased().filter { !$0.isWhitespace }
    if text.hasSuffix(word) { text.removeLast(word.count) }
    return text
  }
}
