public import SteeringCore

/// The main parts of the site, in the order of the menu.
public enum Section: String, CaseIterable, Sendable {
  /// The front page.
  case house
  /// The agreement units.
  case units
  /// The organisation.
  case organisation
  /// The steering model.
  case model
  /// The closing rounds.
  case rounds
  /// Loading files.
  case imports

  /// Where the part begins.
  public var address: Address {
    switch self {
    case .house: "/"
    case .units: "/units"
    case .organisation: "/organisation"
    case .model: "/model"
    case .rounds: "/rounds"
    case .imports: "/import"
    }
  }

  /// Its name in the menu.
  public var name: Words {
    switch self {
    case .house: Words("Huset", en: "The house")
    case .units: Words("Aftaleenheder", en: "Agreement units")
    case .organisation: Words("Organisationen", en: "The organisation")
    case .model: Words("Modellen", en: "The model")
    case .rounds: Words("Opgørelser", en: "Closings")
    case .imports: Words("Indlæs data", en: "Load data")
    }
  }
}
