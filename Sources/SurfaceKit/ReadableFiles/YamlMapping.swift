public import SteeringCore
import Yams

/// A text value with its place.
public struct YamlText: Hashable, Sendable {
  /// The value, without quotes and surrounding blanks.
  public let text: String
  /// Where it starts, quotes included.
  public let place: YamlPlace
}

/// Keys with values in a `YamlDocument`. A method without `IfPresent` needs its key: where it is missing, empty or
/// of the wrong kind, the document gets a finding and the answer is nil.
public struct YamlMapping {
  /// The file it belongs to.
  public let document: YamlDocument
  /// Where it starts.
  public let place: YamlPlace

  let values: [String: YamlNode]
  let keyPlaces: [String: YamlPlace]

  /// Whether the key stands there with a value.
  public func has(_ key: String) -> Bool { values[key].map { !Self.isNull($0) } ?? false }

  /// Whether the key stands there, with a value or empty.
  public func stands(_ key: String) -> Bool { values[key] != nil }

  /// Where the key stands; the start of the mapping when it does not.
  public func place(of key: String) -> YamlPlace { keyPlaces[key] ?? place }

  /// The text of a key.
  public func text(_ key: String) -> YamlText? {
    guard let node = needed(key) else { return nil }
    return text(of: node, key: key)
  }

  /// The text of a key that may be left out.
  public func textIfPresent(_ key: String) -> YamlText? { has(key) ? text(key) : nil }

  /// The whole number of a key, within limits.
  public func number(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = text(key) else { return nil }
    if let number = Int(text.text), range.contains(number) { return number }
    document.addError(
      at: text.place,
      read: Words("»\(text.text)« er ikke et tal her", en: "'\(text.text)' is not a number here"),
      remedy: Words(
        "skriv et helt tal fra \(range.lowerBound) til \(range.upperBound)",
        en: "write a whole number from \(range.lowerBound) to \(range.upperBound)"))
    return nil
  }

  /// The date of a key, written `2022-01-01`.
  public func date(_ key: String) -> CalendarDate? {
    guard let text = text(key) else { return nil }
    if let date = CalendarDate(iso: text.text) { return date }
    document.addError(
      at: text.place, read: Words("»\(text.text)« er ikke en dato", en: "'\(text.text)' is not a date"),
      remedy: Words("skriv den som 2022-01-31", en: "write it as 2022-01-31"))
    return nil
  }

  /// `true` or `false`; the given value when the key is left out.
  public func flag(_ key: String, default standard: Bool) -> Bool {
    guard let text = textIfPresent(key) else { return standard }
    return choice(text, among: ["true", "false"]) == "true"
  }

  /// One of the allowed words.
  public func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String, _ kind: Choice.Type) -> Choice? {
    guard let text = text(key) else { return nil }
    return choice(text, among: Choice.allCases.map(\.rawValue)).flatMap(Choice.init)
  }

  /// A text in both languages: the keys `da` and `en`.
  public func words(_ key: String) -> Words? {
    guard let both = mapping(key, keys: ["da", "en"]) else { return nil }
    let danish = both.text("da")
    let english = both.text("en")
    guard let danish, let english else { return nil }
    return Words(danish.text, en: english.text)
  }

  /// The keys with values under a key.
  public func mapping(_ key: String, keys: [String]) -> YamlMapping? {
    guard let node = needed(key) else { return nil }
    return document.mapping(
      node, at: document.place(of: node, or: place(of: key)), keys: keys, what: Words("»\(key)«", en: "'\(key)'"))
  }

  /// The list of mappings under a key; the broken ones are left out with a finding each. Nil when the key is
  /// missing or no list; an empty list is a list.
  public func mappings(_ key: String, keys: [String]) -> [YamlMapping]? {
    guard let node = needed(key), let nodes = list(of: node, key: key) else { return nil }
    return nodes.compactMap { item in
      document.mapping(
        item, at: document.place(of: item, or: place(of: key)), keys: keys,
        what: Words("hvert punkt i »\(key)«", en: "each item of '\(key)'"))
    }
  }

  /// The list of texts under a key; nil when the key is missing or no list.
  public func texts(_ key: String) -> [YamlText]? {
    guard let node = needed(key), let nodes = list(of: node, key: key) else { return nil }
    return nodes.compactMap { text(of: $0, key: key) }
  }

  /// The keys under a key with free names, each with one text or a list of texts, in file order; nil when the key is
  /// missing or holds something else. A key with an empty list is left out with a finding.
  public func lists(_ key: String) -> [(key: YamlText, values: [YamlText])]? {
    guard let node = needed(key) else { return nil }
    guard case .mapping(let mapping) = node else {
      wrongKind(key, node, wanted: Words("nøgler med værdier", en: "keys with values"))
      return nil
    }
    return mapping.compactMap { name, value in
      guard let name = text(of: name, key: key) else { return nil }
      guard case .sequence(let items) = value else { return text(of: value, key: name.text).map { (name, [$0]) } }
      if items.isEmpty {
        document.addError(
          at: name.place, read: Words("»\(name.text)« er tom", en: "'\(name.text)' is empty"),
          remedy: Words("skriv en værdi", en: "write a value"))
        return nil
      }
      return (name, items.compactMap { text(of: $0, key: name.text) })
    }
  }
}

extension YamlMapping {
  /// The text where it is one of the allowed words; nil, with a finding, where it is not.
  public func choice(_ text: YamlText, among allowed: [String]) -> String? {
    if allowed.contains(text.text) { return text.text }
    let listed = YamlDocument.list(allowed)
    let near = NearestWord.of(text.text, among: allowed)
    document.addError(
      at: text.place, read: Words("»\(text.text)« kendes ikke her", en: "'\(text.text)' is not known here"),
      remedy: near.map { Words("mente du »\($0)«?", en: "did you mean '\($0)'?") }
        ?? Words("brug en af: \(listed.danish)", en: "use one of: \(listed.english)"))
    return nil
  }

  private func needed(_ key: String) -> YamlNode? {
    guard let node = values[key] else {
      document.addError(
        at: place, read: Words("nøglen »\(key)« mangler her", en: "the key '\(key)' is missing here"),
        remedy: Words("tilføj »\(key)«", en: "add '\(key)'"))
      return nil
    }
    guard !Self.isNull(node) else {
      document.addError(
        at: place(of: key), read: Words("»\(key)« er tom", en: "'\(key)' is empty"),
        remedy: Words("skriv en værdi", en: "write a value"))
      return nil
    }
    return node
  }

  private func text(of node: YamlNode, key: String) -> YamlText? {
    guard case .scalar(let scalar) = node else {
      wrongKind(key, node, wanted: Words("en tekst", en: "a text"))
      return nil
    }
    var text = scalar.string[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    guard !text.isEmpty else {
      document.addError(
        at: document.place(of: node, or: place(of: key)), read: Words("»\(key)« er tom", en: "'\(key)' is empty"),
        remedy: Words("skriv en værdi", en: "write a value"))
      return nil
    }
    return YamlText(text: String(text), place: document.place(of: node, or: place(of: key)))
  }

  private func list(of node: YamlNode, key: String) -> [YamlNode]? {
    guard case .sequence(let sequence) = node else {
      wrongKind(key, node, wanted: Words("en liste (linjer med »- « foran)", en: "a list (lines that start with '- ')"))
      return nil
    }
    return Array(sequence)
  }

  private func wrongKind(_ key: String, _ node: YamlNode, wanted: Words) {
    document.addError(
      at: document.place(of: node, or: place(of: key)),
      read: Words("»\(key)« er ikke \(wanted.danish)", en: "'\(key)' is not \(wanted.english)"),
      remedy: Words("skriv \(wanted.danish)", en: "write \(wanted.english)"))
  }

  private static func isNull(_ node: YamlNode) -> Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
    return scalar.string.isEmpty || scalar.string == "~" || scalar.string == "null"
  }
}
