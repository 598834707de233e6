/// A function, initialiser, subscript or computed property with its body.
struct FoundFunction: Equatable {
  /// Its name, or its keyword where it has none.
  let name: String
  /// The line that names it, from 1.
  let line: Int
  /// Lines from there to its closing brace.
  let lines: Int
}

/// Finds functions by matching braces in code without comments and literals.
struct FunctionFinder {
  private struct Token {
    let text: Substring
    let line: Int
    let isFirstOfLine: Bool
  }

  private let tokens: [Token]

  init(_ swift: SwiftText) {
    var tokens: [Token] = []
    for (index, line) in swift.code.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var rest = line[...]
      var isFirst = true
      while let first = rest.first {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        let text = word.isEmpty ? rest.prefix(1) : word
        if !first.isWhitespace {
          tokens.append(Token(text: text, line: index + 1, isFirstOfLine: isFirst))
          isFirst = false
        }
        rest = rest.dropFirst(text.count)
      }
    }
    self.tokens = tokens
  }

  /// All of them, nested ones too, in the order of the file.
  func functions() -> [FoundFunction] {
    tokens.indices.compactMap { index in
      guard Self.keywords.contains(tokens[index].text), index == 0 || tokens[index - 1].text != "." else { return nil }
      guard let open = bodyStart(of: index), let close = matchingBrace(of: open) else { return nil }
      let lines = tokens[close].line - tokens[index].line + 1
      return FoundFunction(name: name(at: index), line: tokens[index].line, lines: lines)
    }
  }

  private static let keywords: Set<Substring> = ["func", "init", "deinit", "subscript", "var"]
  /// What begins another declaration at the start of a line, so that a requirement without body ends before it.
  private static let starters: Set<Substring> = [
    "func", "init", "deinit", "subscript", "var", "let", "case", "static", "struct", "class", "enum", "actor",
    "extension", "protocol", "typealias", "associatedtype", "import", "public", "internal", "private", "fileprivate",
    "package", "mutating", "nonmutating", "nonisolated", "final", "override", "@", "#",
  ]

  private func bodyStart(of keyword: Int) -> Int? {
    var depth = 0
    for index in tokens.indices[(keyword + 1)...] {
      let token = tokens[index]
      switch token.text {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return index
      case "}" where depth == 0: return nil
      case "=" where depth == 0 && tokens[keyword].text == "var": return nil
      default: if depth == 0, token.isFirstOfLine, Self.starters.contains(token.text) { return nil }
      }
      if depth < 0 { return nil }
    }
    return nil
  }

  private func matchingBrace(of open: Int) -> Int? {
    var depth = 0
    for index in tokens.indices[open...] {
      if tokens[index].text == "{" { depth += 1 }
      if tokens[index].text == "}" { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  private func name(at keyword: Int) -> String {
    guard tokens[keyword].text == "func" || tokens[keyword].text == "var" else { return String(tokens[keyword].text) }
    let rest = tokens[(keyword + 1)...]
    guard let first = rest.first?.text.first, !first.isLetter, first != "_" else {
      return String(rest.first?.text ?? "")
    }
    return rest.prefix { $0.text != "(" }.map(\.text).joined()
  }
}
