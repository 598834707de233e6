/// A language that Styrehus speaks to people.
public enum Language: String, CaseIterable, Sendable {
  /// Danish, the first language of the pages.
  case danish = "da"
  /// English.
  case english = "en"

  /// The language that the process environment asks for: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is
  /// set and not empty decides; Danish where it starts with `da`, English otherwise.
  public init(environment: [String: String]) {
    let wanted = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    let code = wanted.map { $0.prefix { $0 != "_" && $0 != "." && $0 != "-" && $0 != "@" }.lowercased() }
    self = code == "da" ? .danish : .english
  }
}

/// A text in both languages. Every text that a person can meet is one of these.
public struct Words: Hashable, Sendable {
  /// The Danish text.
  public let danish: String
  /// The English text.
  public let english: String

  /// A text in both languages.
  public init(_ danish: String, en english: String) {
    self.danish = danish
    self.english = english
  }

  /// A text that is the same in both languages: a code, a name.
  public init(same text: String) { self.init(text, en: text) }

  /// The text in one language.
  public func callAsFunction(_ language: Language) -> String { language == .danish ? danish : english }
}
