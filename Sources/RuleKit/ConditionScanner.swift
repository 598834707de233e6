import SteeringCore

/// The words and signs of a condition's text with the column each starts in.
struct ConditionScanner {
  private let tokens: [(text: String, column: Int)]
  private let endColumn: Int
  private var index = 0

  init(_ text: String) {
    var tokens: [(text: String, column: Int)] = []
    var column = 0
    var previous: Character = " "
    for character in text {
      column += 1
      if Self.belongTogether(previous, character), let last = tokens.indices.last {
        tokens[last].text.append(character)
      } else if !character.isWhitespace {
        tokens.append((String(character), column))
      }
      previous = character
    }
    self.tokens = tokens
    self.endColumn = column + 1
  }

  private static func belongTogether(_ left: Character, _ right: Character) -> Bool {
    func isInWord(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "." }
    func isInSign(_ character: Character) -> Bool { character == "<" || character == ">" || character == "=" }
    return (isInWord(left) && isInWord(right)) || (isInSign(left) && isInSign(right))
  }

  var isAtEnd: Bool { index >= tokens.count }
  var next: String? { isAtEnd ? nil : tokens[index].text }
  var column: Int { isAtEnd ? endColumn : tokens[index].column }

  mutating func advance() { index += 1 }

  func position(of word: String) -> Int? { tokens.first { $0.text == word }?.column }

  /// Takes one of the allowed words, or says what stands there instead.
  @discardableResult
  mutating func expect(_ allowed: [String]) throws(ConditionError) -> String {
    guard let next, allowed.contains(next) else { throw unexpected(self.next, at: column, allowed: allowed) }
    advance()
    return next
  }

  func unexpected(_ word: String?, at column: Int, allowed: [String]) -> ConditionError {
    let read =
      word.map { Words("»\($0)« kan ikke stå her", en: "'\($0)' cannot stand here") }
      ?? Words("betingelsen slutter for tidligt", en: "the condition ends too early")
    let danish = allowed.map { "»\($0)«" }.joined(separator: ", ")
    let english = allowed.map { "'\($0)'" }.joined(separator: ", ")
    if allowed.isEmpty {
      let remedy = Words("tilføj først en parameter, der passer her", en: "first add a parameter that fits here")
      return ConditionError(column: column, read: read, remedy: remedy)
    }
    let remedy =
      allowed.count == 1
      ? Words("skriv \(danish)", en: "write \(english)")
      : Words("skriv en af: \(danish)", en: "write one of: \(english)")
    return ConditionError(column: column, read: read, remedy: remedy)
  }
}
