/// What Package.swift says about the targets: names and what each depends on, with the short names that the manifest
/// gives to groups of dependencies written out.
struct Manifest {
  /// A target and the names of what it depends on, rooms and products alike.
  struct Target {
    let name: String
    let line: Int
    let dependencies: Set<String>
  }

  private(set) var targets: [Target] = []

  init(_ text: String) {
    let text = Self.withoutComments(text)
    var groups: [String: Set<String>] = [:]
    for definition in matches(of: #"^let (\w+)[^=\n]*=\s*(\[[^\]]*\]|Target\.Dependency\.product\([^)]*\))"#, in: text)
    {
      let value = definition.text.drop { $0 != "=" }
      groups[definition.group] = Self.names(in: value, groups)
    }
    let opening = #"\b(?:room|tests|executableTarget|target|testTarget|systemLibrary)\(\s*(?:name:\s*)?"(\w+)"[^$]*"#
    for line in Self.statements(text) {
      guard let target = matches(of: opening, in: line.text).first else { continue }
      var names = Self.names(in: line.text[...], groups)
      names.remove(target.group)
      targets.append(Target(name: target.group, line: line.line, dependencies: names))
    }
  }

  /// Names between quotes, and those that a short name stands for.
  private static func names(in text: Substring, _ groups: [String: Set<String>]) -> Set<String> {
    var found: Set<String> = []
    for match in matches(of: #""(\w+)"|\b[A-Za-z]\w*\b"#, in: String(text)) {
      if match.group.isEmpty { found.formUnion(groups[match.text] ?? []) } else { found.insert(match.group) }
    }
    return found
  }

  /// The calls in the list of targets, each as one text: a call ends where its parentheses are even.
  private static func statements(_ text: String) -> [(line: Int, text: String)] {
    var statements: [(line: Int, text: String)] = []
    var open = 0
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.firstIndex { $0.contains("targets: [") && !$0.contains("]") } ?? lines.endIndex
    for index in lines.indices[start...].dropFirst() {
      if open > 0 { statements[statements.count - 1].text += lines[index] }
      if open == 0 { statements.append((index + 1, String(lines[index]))) }
      open += lines[index].filter { $0 == "(" }.count - lines[index].filter { $0 == ")" }.count
    }
    return statements
  }

  private static func withoutComments(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in line.drop { $0 == " " }.hasPrefix("//") ? "" : String(line) }
      .joined(separator: "\n")
  }
}
