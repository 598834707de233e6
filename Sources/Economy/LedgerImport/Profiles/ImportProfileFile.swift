public import Ledger
public import SteeringCore
import SurfaceKit

/// Reads an import profile from its file (`docs/real-input.md` describes the format). Everything wrong with the file
/// is found in one reading. What the file leaves out is as in the native profiles.
public enum ImportProfileFile {
  /// The profile, or nil where the findings hold an error. Findings stand in file order with line and character.
  public static func read(text: String, fileName: String) -> (ImportProfile?, Findings) {
    read(YamlDocument(text: text, fileName: fileName))
  }

  /// The profile in a file's bytes, which must be UTF-8; nil where the findings hold an error.
  public static func read(bytes: [UInt8], fileName: String) -> (ImportProfile?, Findings) {
    read(YamlDocument(bytes: bytes, fileName: fileName))
  }

  /// The profile in a file on disk; nil where there is no such file. Throws `FileFault` where it cannot be read.
  public static func open(_ fileName: String) throws -> (ImportProfile?, Findings)? {
    do {
      let source = try FileSource(fileName)
      guard source.size <= largestSize else { return (nil, tooLarge(fileName)) }
      var bytes = [UInt8](repeating: 0, count: source.size)
      let count = try bytes.withUnsafeMutableBytes { try source.read(into: $0, at: 0) }
      return read(bytes: Array(bytes.prefix(count)), fileName: fileName)
    } catch FileFault.missing {
      return nil
    }
  }

  /// A profile is a page of text; what is larger is a ledger given by mistake.
  private static let largestSize = 1 << 20

  private static func tooLarge(_ fileName: String) -> Findings {
    var findings = Findings()
    findings.add(
      Finding(
        .error, file: fileName, line: 0,
        read: Words("filen er over 1 MB, så den er ingen profil", en: "the file is over 1 MB, so it is no profile"),
        remedy: Words("peg på profilen, ikke på filen med tal", en: "point at the profile, not at the file of figures"))
    )
    return findings
  }

  private static func read(_ document: YamlDocument) -> (ImportProfile?, Findings) {
    guard let root = document.root(keys: ProfileKey.allCases.map(\.rawValue)) else { return (nil, document.findings) }
    let profile = ProfileReading(root).profile()
    let findings = document.findings
    return (findings.hasErrors ? nil : profile, findings)
  }
}

/// The keys of a profile file.
enum ProfileKey: String, CaseIterable {
  case name, kind, encoding, separator, decimal, thousands
  case signStyle = "sign_style"
  case decimals, empty, unit, dates
  case fixedDate = "fixed_date"
  case expense, surplus
  case skipRows = "skip_rows"
  case totalRow = "total_row"
  case unknownUnits = "unknown_units"
  case kindDots = "kind_dots"
  case columns

  /// Whether the key says anything about a file of this kind; one that does not would be believed in vain.
  func concerns(_ kind: FileKind) -> Bool {
    switch self {
    case .fixedDate, .unknownUnits: kind == .ledger
    case .expense, .totalRow, .kindDots: kind == .ledger || kind == .budget
    case .surplus: kind == .budget || kind == .carryOver
    case .decimal, .thousands, .signStyle, .decimals, .empty, .unit:
      kind == .ledger || kind == .budget || kind == .carryOver
    case .dates: kind == .ledger || kind == .plans || kind == .organisation
    case .name, .kind, .encoding, .separator, .skipRows, .columns: true
    }
  }
}

/// The words of a profile file with what they mean; the first word of a meaning is the one we write.
enum ProfileWords {
  static let separators: [(String, UInt8)] = [
    ("semicolon", UInt8(ascii: ";")), ("comma", UInt8(ascii: ",")), ("tab", UInt8(ascii: "\t")),
    ("pipe", UInt8(ascii: "|")), (";", UInt8(ascii: ";")), (",", UInt8(ascii: ",")), ("|", UInt8(ascii: "|")),
  ]
  static let decimalSigns: [(String, UInt8)] = [
    ("comma", UInt8(ascii: ",")), ("dot", UInt8(ascii: ".")), (",", UInt8(ascii: ",")), (".", UInt8(ascii: ".")),
  ]
  static let thousandsSigns: [(String, UInt8?)] = [
    ("none", nil), ("dot", UInt8(ascii: ".")), ("comma", UInt8(ascii: ",")), ("space", UInt8(ascii: " ")),
    ("apostrophe", UInt8(ascii: "'")), (".", UInt8(ascii: ".")), (",", UInt8(ascii: ",")), ("'", UInt8(ascii: "'")),
  ]
  static let unitPowers: [(String, Int)] = [
    ("kr", 0), ("1000 kr", 3), ("mio kr", 6), ("kr.", 0), ("1.000 kr.", 3), ("mio. kr.", 6),
  ]
  static let signs: [(String, Bool)] = [("positive", true), ("negative", false)]
  static let unknownUnits: [(String, Bool)] = [("error", false), ("add", true)]
  static let yearEnd = "year-end"

  /// The word we write for a meaning.
  static func word<Value: Equatable>(for value: Value, in words: [(String, Value)]) -> String {
    words.first { $0.1 == value }?.0 ?? ""
  }
}
