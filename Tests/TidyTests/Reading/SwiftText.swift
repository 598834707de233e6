/// A Swift file in two views that keep every line in its place: the code without comments and literals, and the
/// insides of string literals alone. What is left out is blank.
struct SwiftText: Sendable {
  /// The code, also that inside interpolations.
  let code: String
  /// The text inside string literals.
  let literals: String

  init(_ text: String) {
    var scanner = SwiftScanner(text)
    scanner.scan()
    code = String(decoding: scanner.code, as: UTF8.self)
    literals = String(decoding: scanner.literals, as: UTF8.self)
  }
}

/// Walks through Swift source byte by byte and sorts it into code, literals and comments.
private struct SwiftScanner {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var code: [UInt8]
  private(set) var literals: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
    let blank = bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
    code = blank
    literals = blank
  }

  mutating func scan() {
    while position < bytes.count { scanOne() }
  }

  private mutating func scanOne() {
    if starts("//") {
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    } else if starts("/*") {
      skipBlockComment()
    } else if let fence = stringFence() {
      readString(fence)
    } else if let end = regexEnd() {
      position = end
    } else {
      code[position] = bytes[position]
      position += 1
    }
  }

  private func starts(_ text: StaticString, at place: Int? = nil) -> Bool {
    let place = place ?? position
    return text.withUTF8Buffer { bytes[place...].starts(with: $0) }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        position += 2
      } else if starts("*/") {
        depth -= 1
        position += 2
      } else {
        position += 1
      }
    } while depth > 0 && position < bytes.count
  }
}

// MARK: - String literals

extension SwiftScanner {
  /// How a string literal is fenced: `"`, `"""`, and how many `#` stand before.
  private struct Fence {
    let hashes: Int
    let quotes: Int
  }

  private func count(_ byte: UInt8, from start: Int) -> Int { bytes[start...].prefix { $0 == byte }.count }

  private func stringFence() -> Fence? {
    let hashes = count(UInt8(ascii: "#"), from: position)
    guard starts("\"", at: position + hashes) else { return nil }
    return Fence(hashes: hashes, quotes: starts("\"\"\"", at: position + hashes) ? 3 : 1)
  }

  private mutating func readString(_ fence: Fence) {
    position += fence.hashes + fence.quotes
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\""), closes(fence) {
        position += fence.quotes + fence.hashes
        return
      }
      if byte == UInt8(ascii: "\\"), count(UInt8(ascii: "#"), from: position + 1) >= fence.hashes {
        readEscape(fence)
      } else if byte == UInt8(ascii: "\n"), fence.quotes == 1 {
        return
      } else {
        literals[position] = byte
        position += 1
      }
    }
  }

  private func closes(_ fence: Fence) -> Bool {
    count(UInt8(ascii: "\""), from: position) >= fence.quotes
      && count(UInt8(ascii: "#"), from: position + fence.quotes) >= fence.hashes
  }

  private mutating func readEscape(_ fence: Fence) {
    position += 1 + fence.hashes
    guard starts("(") else {
      position += 1
      return
    }
    var depth = 0
    repeat {
      if starts("(") { depth += 1 }
      if starts(")") { depth -= 1 }
      scanOne()
    } while depth > 0 && position < bytes.count
  }
}

// MARK: - Regular expression literals

extension SwiftScanner {
  /// Where a `/…/` literal that begins here ends; nil where the slash divides or begins no literal.
  private func regexEnd() -> Int? {
    guard bytes[position] == UInt8(ascii: "/"), position + 1 < bytes.count else { return nil }
    let before = bytes[..<position].last { $0 != UInt8(ascii: " ") } ?? UInt8(ascii: "\n")
    guard "(,=[{:;?!&|\n".utf8.contains(before), !" )\n".utf8.contains(bytes[position + 1]) else { return nil }
    var place = position + 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\n") {
      if bytes[place] == UInt8(ascii: "/") { return place + 1 }
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }
}
