public import RuleKit
public import SteeringCore
import SurfaceKit

/// Reads a steering model from its file (`docs/capabilities/steering-models.md` describes the format). Everything
/// wrong with the file is found in one reading.
public enum SteeringModelFile {
  /// The model, or nil where the findings hold an error. Findings stand in file order with line and character.
  public static func read(text: String, fileName: String) -> (SteeringModel?, Findings) {
    read(YamlDocument(text: text, fileName: fileName))
  }

  /// The model in a file's bytes, which must be UTF-8; nil where the findings hold an error.
  public static func read(bytes: [UInt8], fileName: String) -> (SteeringModel?, Findings) {
    if bytes.count > largestSize { return (nil, tooLarge(fileName)) }
    return read(YamlDocument(bytes: bytes, fileName: fileName))
  }

  /// A model is a few pages of text; what has more bytes is another file given by mistake, and is not read as a model.
  public static let largestSize = 1 << 20

  private static func tooLarge(_ fileName: String) -> Findings {
    var findings = Findings()
    findings.add(
      Finding(
        .error, file: fileName, line: 0,
        read: Words("filen er over 1 MB, så den er ingen model", en: "the file is over 1 MB, so it is no model"),
        remedy: Words("peg på modellen, ikke på filen med tal", en: "point at the model, not at the file of figures")))
    return findings
  }

  private static let keys = [
    "id", "name", "description", "validFrom", "validTo", "base", "parameters", "lights", "duties", "reviews",
  ]

  private static func read(_ document: YamlDocument) -> (SteeringModel?, Findings) {
    guard let root = document.root(keys: keys) else { return (nil, document.findings) }
    let model = model(root)
    let findings = document.findings
    return (findings.hasErrors ? nil : model, findings)
  }

  private static func model(_ root: YamlMapping) -> SteeringModel? {
    let id = identifier(root)
    let name = root.words("name")
    let description = root.words("description")
    let validity = validity(root)
    let base = root.choice("base", BudgetBase.self)
    let parameters = ParameterList(root)
    let rules = RuleList(root, parameters: parameters)
    guard let id, let name, let description, let validity, let base else { return nil }
    return SteeringModel(
      id: id, name: name, description: description, validFrom: validity.from, validTo: validity.to, base: base,
      parameters: parameters.parameters, lights: rules.lights, duties: rules.duties, reviews: rules.reviews)
  }

  private static func identifier(_ root: YamlMapping) -> String? {
    guard let id = root.text("id") else { return nil }
    let allowed = id.text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    if allowed { return id.text }
    root.document.addError(
      at: id.place, read: Words("»\(id.text)« kan ikke være en models id", en: "'\(id.text)' cannot be a model's id"),
      remedy: Words(
        "brug små bogstaver a-z, tal, bindestreg og punktum", en: "use small letters a-z, digits, hyphens and dots"))
    return nil
  }

  private static func validity(_ root: YamlMapping) -> (from: CalendarDate, to: CalendarDate?)? {
    let from = root.date("validFrom")
    let to = root.has("validTo") ? root.date("validTo") : nil
    guard let from else { return nil }
    if let to, to < from {
      root.document.addError(
        at: root.place(of: "validTo"),
        read: Words(
          "modellen slutter \(to.iso), før den begynder \(from.iso)",
          en: "the model ends \(to.iso), before it starts \(from.iso)"),
        remedy: Words("ret validFrom eller validTo", en: "correct validFrom or validTo"))
    }
    return (from, to)
  }
}

/// Ids that must stand once each; says where one stands again.
struct UniqueIDs {
  private var lines: [String: Int] = [:]

  /// The id of an item, checked: letters, digits and dots, begun by a letter, used for the first time, and not
  /// reserved. Nil, with a finding, where it is none.
  mutating func take(_ item: YamlMapping, reserved: String? = nil) -> YamlText? {
    guard let id = item.text("id") else { return nil }
    guard Self.isID(id.text), id.text != reserved else {
      item.document.addError(
        at: id.place, read: Words("»\(id.text)« kan ikke være et id", en: "'\(id.text)' cannot be an id"),
        remedy: Words(
          "brug bogstaver a-z, tal og punktum, og begynd med et bogstav"
            + (reserved.map { "; »\($0)« er taget" } ?? ""),
          en: "use letters a-z, digits and dots, and begin with a letter"
            + (reserved.map { "; '\($0)' is taken" } ?? "")))
      return nil
    }
    if let line = lines[id.text] {
      item.document.addError(
        at: id.place,
        read: Words(
          "id »\(id.text)« bruges allerede i linje \(line)", en: "id '\(id.text)' is already used in line \(line)"),
        remedy: Words("giv den et andet id, eller slet den ene", en: "give it another id, or delete one of them"))
    } else {
      lines[id.text] = id.place.line
    }
    return id
  }

  private static func isID(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == UInt8(ascii: ".") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
}

/// What every rule and parameter must say about where it comes from.
struct RuleOrigin {
  let citation: Citation
  let standing: Standing

  static let keys = ["rule", "source", "standing"]

  init?(_ item: YamlMapping) {
    let rule = item.text("rule")
    let source = item.text("source")
    let standing = item.choice("standing", Standing.self)
    guard let rule, let source, let standing else { return nil }
    citation = Citation(rule: rule.text, source: source.text)
    self.standing = standing
  }
}
