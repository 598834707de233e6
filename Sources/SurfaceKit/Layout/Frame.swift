public import SteeringCore

/// What surrounds every page and is the same for all pages of a request: who owns the house, which language is
/// spoken, whether the figures are invented.
public struct Frame: Sendable {
  /// The language of the page.
  public let language: Language
  /// The name of the municipality, as its people write it; empty before one has been chosen, when there is no menu.
  public let municipality: String
  /// A quiet, constant mark on every page, such as that all figures are invented; nil where the figures are real.
  public let mark: Words?
  /// The address of this same page in the other language.
  public let otherLanguage: Address
  /// What stands in front of every path of the house, such as `/egelund`; empty for a house of its own.
  public let prefix: String
  /// The name of whoever is signed in; nil for nobody.
  public let visitor: String?
  /// Whether one can sign in.
  public let hasDoor: Bool
  /// The parts of the site that the visitor may enter.
  public let sections: [Section]

  /// The surroundings of a page.
  public init(
    language: Language, municipality: String, mark: Words?, otherLanguage: Address, prefix: String = "",
    visitor: String? = nil, hasDoor: Bool = false, sections: [Section] = Section.allCases
  ) {
    self.visitor = visitor
    self.hasDoor = hasDoor
    self.sections = sections
    self.language = language
    self.municipality = municipality
    self.mark = mark
    self.otherLanguage = otherLanguage
    self.prefix = prefix
  }
}
