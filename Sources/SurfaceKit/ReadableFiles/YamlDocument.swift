public import SteeringCore
import Yams

/// The parser's node; the room's own `Node` is a piece of HTML.
typealias YamlNode = Yams.Node

/// A place in a readable file: line and character, both from 1.
public struct YamlPlace: Hashable, Comparable, Sendable {
  /// Physical line from 1; 0 where the whole file is meant.
  public let line: Int
  /// Character in the line from 1; 0 where the whole line is meant.
  public let column: Int

  /// A place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Orders as the file does.
  public static func < (left: YamlPlace, right: YamlPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A YAML file that a person keeps by hand: a steering model, an import profile. Everything wrong with it is
/// gathered as findings with line, character and remedy, so that the whole file can be mended at once; reading goes
/// on where it can. Values are asked for through `YamlMapping`.
public final class YamlDocument {
  /// The file's name as the person gave it.
  public let fileName: String

  private let sourceLines: [Substring]
  private var rootNode: YamlNode?
  private var gathered: [Finding] = []

  /// Reads a file's text. Where it is no YAML, there is one finding, and `root` answers nil.
  public init(text: String, fileName: String) {
    self.fileName = fileName
    let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    sourceLines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    do {
      rootNode = try Yams.compose(yaml: text)
      if rootNode == nil { reportEmptyFile() }
    } catch let error as YamlError {
      report(error)
    } catch {
      addError(
        at: YamlPlace(line: 0, column: 0), read: Words("filen kan ikke læses", en: "the file cannot be read"),
        remedy: Words("gem den som almindelig tekst i UTF-8", en: "save it as plain text in UTF-8"))
    }
  }

  /// Reads a file's bytes, which must be UTF-8.
  public convenience init(bytes: [UInt8], fileName: String) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      self.init(unreadable: fileName)
      return
    }
    self.init(text: text, fileName: fileName)
  }

  private init(unreadable fileName: String) {
    self.fileName = fileName
    sourceLines = []
    addError(
      at: YamlPlace(line: 0, column: 0), read: Words("filen er ikke UTF-8", en: "the file is not UTF-8"),
      remedy: Words("gem den som tekst i UTF-8", en: "save it as text in UTF-8"))
  }

  /// The keys at the top of the file; nil, with a finding, when there are none.
  public func root(keys: [String]) -> YamlMapping? {
    guard let rootNode else { return nil }
    return mapping(
      rootNode, at: YamlPlace(line: 1, column: 1), keys: keys, what: Words("filen", en: "the file"))
  }

  /// What was found, in file order.
  public var findings: Findings {
    var findings = Findings()
    let ordered = gathered.enumerated().sorted {
      ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
    }
    for (_, finding) in ordered { findings.add(finding) }
    return findings
  }

  /// Adds something wrong about a place.
  public func addError(at place: YamlPlace, read: Words, remedy: Words) {
    gathered.append(
      Finding(.error, file: fileName, line: place.line, column: place.column, read: read, remedy: remedy))
  }

  /// Adds something that is worth saying and stops nothing.
  public func addRemark(at place: YamlPlace, read: Words, remedy: Words) {
    gathered.append(
      Finding(.remark, file: fileName, line: place.line, column: place.column, read: read, remedy: remedy))
  }

  /// The place of a character (from 1) inside a value, where the value stands in the file as it was read; the start
  /// of the value where quotes or folded lines make that uncertain.
  public func place(ofCharacter number: Int, in text: YamlText) -> YamlPlace {
    guard (1...sourceLines.count).contains(text.place.line) else { return text.place }
    let line = sourceLines[text.place.line - 1]
    let start = line.dropFirst(text.place.column - 1)
    let quoted = start.first == "\"" || start.first == "'"
    guard start.dropFirst(quoted ? 1 : 0).hasPrefix(text.text) else { return text.place }
    return YamlPlace(line: text.place.line, column: text.place.column + (quoted ? 1 : 0) + number - 1)
  }

  func mapping(_ node: YamlNode, at place: YamlPlace, keys: [String], what: Words) -> YamlMapping? {
    guard case .mapping(let mapping) = node else {
      addError(
        at: place,
        read: Words(
          "\(what.danish) skal bestå af nøgler med værdier", en: "\(what.english) must hold keys with values"),
        remedy: Words("skriv \(Self.list(keys).danish)", en: "write \(Self.list(keys).english)"))
      return nil
    }
    var values: [String: YamlNode] = [:]
    for (key, value) in mapping {
      let keyPlace = self.place(of: key, or: place)
      guard case .scalar(let scalar) = key, keys.contains(scalar.string) else {
        reportUnknownKey(key.scalar?.string, at: keyPlace, known: keys)
        continue
      }
      values[scalar.string] = value
    }
    return YamlMapping(document: self, place: place, values: values, keyPlaces: keyPlaces(mapping))
  }

  func place(of node: YamlNode, or fallback: YamlPlace) -> YamlPlace {
    node.mark.map { YamlPlace(line: $0.line, column: $0.column) } ?? fallback
  }

  private func keyPlaces(_ mapping: YamlNode.Mapping) -> [String: YamlPlace] {
    var places: [String: YamlPlace] = [:]
    for (key, _) in mapping {
      if let name = key.scalar?.string, let mark = key.mark {
        places[name] = YamlPlace(line: mark.line, column: mark.column)
      }
    }
    return places
  }

  /// Keys or values that may be written, for a remedy.
  static func list(_ keys: [String]) -> Words {
    Words(
      keys.map { "»\($0)«" }.joined(separator: ", "), en: keys.map { "'\($0)'" }.joined(separator: ", "))
  }
}

extension YamlDocument {
  private func reportUnknownKey(_ key: String?, at place: YamlPlace, known: [String]) {
    guard let key else {
      addError(
        at: place, read: Words("en nøgle skal være et ord", en: "a key must be a word"),
        remedy: Words("skriv \(Self.list(known).danish)", en: "write \(Self.list(known).english)"))
      return
    }
    let read = Words("nøglen »\(key)« kendes ikke her", en: "the key '\(key)' is not known here")
    if let near = NearestWord.of(key, among: known) {
      addError(at: place, read: read, remedy: Words("mente du »\(near)«?", en: "did you mean '\(near)'?"))
    } else {
      let keys = Self.list(known)
      addError(
        at: place, read: read, remedy: Words("brug en af: \(keys.danish)", en: "use one of: \(keys.english)"))
    }
  }

  private func reportEmptyFile() {
    addError(
      at: YamlPlace(line: 0, column: 0), read: Words("filen er tom", en: "the file is empty"),
      remedy: Words("skriv indholdet, eller vælg en anden fil", en: "write its content, or choose another file"))
  }

  private func report(_ error: YamlError) {
    switch error {
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      addError(
        at: secondPlace(of: key, after: context.mark),
        read: Words("nøglen »\(key)« står to gange", en: "the key '\(key)' stands twice"),
        remedy: Words("slet den ene", en: "delete one of them"))
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      // A quote that is never closed runs to the end of the file: the place to mend is where it began.
      let began = context.flatMap { $0.text.contains("quoted scalar") ? $0.mark : nil } ?? mark
      addError(
        at: YamlPlace(line: began.line, column: began.column),
        read: Words("filen er ikke gyldig YAML her (\(problem))", en: "the file is not valid YAML here (\(problem))"),
        remedy: Words(
          "se efter indrykning, kolon og anførselstegn på denne linje og linjen før",
          en: "look at indentation, colons and quotation marks on this line and the one before"))
    case .reader(_, let offset, _, let text):
      addError(
        at: Self.place(ofCharacter: offset, in: text),
        read: Words("et tegn kan ikke stå i en tekstfil", en: "a character cannot stand in a text file"),
        remedy: Words("slet det, og gem filen som UTF-8", en: "delete it, and save the file as UTF-8"))
    default:
      addError(
        at: YamlPlace(line: 0, column: 0), read: Words("filen kan ikke læses", en: "the file cannot be read"),
        remedy: Words("gem den som almindelig tekst i UTF-8", en: "save it as plain text in UTF-8"))
    }
  }

  /// Where a key stands for the second time; the parser only tells the first.
  private func secondPlace(of key: String, after mark: Mark) -> YamlPlace {
    let first = YamlPlace(line: mark.line, column: mark.column)
    for (index, line) in sourceLines.enumerated().dropFirst(mark.line) {
      let rest = line.dropFirst(mark.column - 1)
      if rest.hasPrefix(key), rest.dropFirst(key.count).drop(while: { $0 == " " }).first == ":",
        line.prefix(mark.column - 1).allSatisfy({ $0 == " " })
      {
        return YamlPlace(line: index + 1, column: mark.column)
      }
    }
    return first
  }

  private static func place(ofCharacter offset: Int?, in text: String) -> YamlPlace {
    guard let offset else { return YamlPlace(line: 0, column: 0) }
    let before = text.prefix(offset)
    let line = before.count(where: \.isNewline) + 1
    let column = before.reversed().prefix { !$0.isNewline }.count + 1
    return YamlPlace(line: line, column: column)
  }
}
