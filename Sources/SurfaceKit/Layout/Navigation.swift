public import SteeringCore

/// The main parts of the site, in the order of the menu.
public enum Section: String, CaseIterable, Sendable {
  /// The front page.
  case house
  /// The agreement units.
  case units
  /// The monthly supervision.
  case supervision
  /// The organisation.
  case organisation
  /// The steering model.
  case model
  /// The closing rounds.
  case rounds
  /// Loading files.
  case imports
  /// Who decides what.
  case plan
  /// People and positions.
  case people
  /// The audit trail.
  case audit

  /// What the visitor must be allowed for the entry to be in the menu; nil for one that is always there.
  public var permission: String? {
    switch self {
    case .house, .units, .organisation, .model, .rounds, .plan: nil
    case .supervision: "supervision.read"
    case .imports: "data.read"
    case .people: "people.read"
    case .audit: "audit.read"
    }
  }

  /// Where the part begins.
  public var address: Address {
    switch self {
    case .house: "/"
    case .units: "/units"
    case .supervision: "/supervision"
    case .organisation: "/organisation"
    case .model: "/model"
    case .rounds: "/rounds"
    case .imports: "/import"
    case .plan: "/plan"
    case .people: "/people"
    case .audit: "/audit"
    }
  }

  /// Its name in the menu.
  public var name: Words {
    switch self {
    case .house: Words("Huset", en: "The house")
    case .units: Words("Aftaleenheder", en: "Agreement units")
    case .supervision: Words("Ledelsestilsyn", en: "Supervision")
    case .organisation: Words("Organisationen", en: "The organisation")
    case .model: Words("Modellen", en: "The model")
    case .rounds: Words("Opgørelser", en: "Closings")
    case .imports: Words("Indlæs data", en: "Load data")
    case .plan: Words("Kompetenceplan", en: "Delegation plan")
    case .people: Words("Folk", en: "People")
    case .audit: Words("Revisionsspor", en: "Audit trail")
    }
  }
}
