/// Fields with names in one text, as jobs, commands and the audit trail keep what they are about.
public enum FieldText {
  /// The text of fields with names, a line each, in the order of the names.
  public static func text(_ fields: [String: String]) -> String {
    fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(escaped($0.value))" }.joined(separator: "\n")
  }

  /// The fields of a text that `text` made.
  public static func fields(_ text: String) -> [String: String] {
    var fields: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { fields[String(parts[0])] = unescaped(parts[1]) }
    }
    return fields
  }

  private static func escaped(_ value: String) -> String {
    String(
      value.unicodeScalars.reduce(into: String.UnicodeScalarView()) { out, scalar in
        switch scalar {
        case "\\": out.append(contentsOf: "\\\\".unicodeScalars)
        case "\n": out.append(contentsOf: "\\n".unicodeScalars)
        default: out.append(scalar)
        }
      })
  }

  private static func unescaped(_ value: Substring) -> String {
    var out = String.UnicodeScalarView()
    var isEscape = false
    for scalar in value.unicodeScalars {
      if isEscape {
        out.append(scalar == "n" ? "\n" : scalar)
        isEscape = false
      } else if scalar == "\\" {
        isEscape = true
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }
}
