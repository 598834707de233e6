public import SteeringCore

/// Which budget the percentages are taken of (1.I). Neither includes what is carried over between years.
public enum BudgetBase: String, CaseIterable, Sendable {
  /// The budget with the year's changes (korrigeret budget).
  case adjusted
  /// The budget as it was adopted (oprindeligt budget).
  case original

  /// What the base is called on screen, in the definite form so that it fits into a sentence.
  public var name: Words {
    switch self {
    case .adjusted: Words("det korrigerede budget", en: "the adjusted budget")
    case .original: Words("det oprindelige budget", en: "the original budget")
    }
  }
}

/// The colour family of a light. A page chooses the exact colours; a light is never told by colour alone.
public enum LightTone: String, CaseIterable, Sendable {
  /// All is well.
  case green
  /// Needs care.
  case yellow
  /// Needs action.
  case red
  /// Worth noticing, neither good nor bad.
  case blue
  /// Between yellow and red.
  case orange
}

/// The shape that tells a light apart in print and for eyes that do not see its colour.
public enum LightShape: String, CaseIterable, Sendable {
  /// A filled disc.
  case full
  /// A half-filled disc.
  case half
  /// A disc with a cross.
  case crossed
  /// A ring.
  case ring
  /// A striped disc.
  case striped
}

/// A light that a balance can get, and when.
public struct LightRule: Hashable, Sendable {
  /// The light's id, such as `green`; never `none`.
  public let id: String
  /// What the light is called on screen.
  public let name: Words
  /// Its colour family.
  public let tone: LightTone
  /// Its shape.
  public let shape: LightShape
  /// What the light asks of the unit, in plain words.
  public let demand: Words
  /// When it is given. The first rule in the model's order that holds wins.
  public let condition: Condition
  /// Where the rule comes from.
  public let citation: Citation
  /// Stated in the document, or our reading of it.
  public let standing: Standing

  /// A light.
  public init(
    id: String, name: Words, tone: LightTone, shape: LightShape, demand: Words, condition: Condition,
    citation: Citation, standing: Standing
  ) {
    self.id = id
    self.name = name
    self.tone = tone
    self.shape = shape
    self.demand = demand
    self.condition = condition
    self.citation = citation
    self.standing = standing
  }
}

/// Something that follows from a closing: a duty (krav) of the unit, or a review that a person must decide.
public struct ConsequenceRule: Hashable, Sendable {
  /// The id that files and outputs use, such as `actionPlan`.
  public let id: String
  /// What it is called on screen.
  public let name: Words
  /// What it means and who does what, in plain words.
  public let explanation: Words
  /// When it follows.
  public let condition: Condition
  /// Where the rule comes from.
  public let citation: Citation
  /// Stated in the document, or our reading of it.
  public let standing: Standing

  /// A duty or a review.
  public init(
    id: String, name: Words, explanation: Words, condition: Condition, citation: Citation, standing: Standing
  ) {
    self.id = id
    self.name = name
    self.explanation = explanation
    self.condition = condition
    self.citation = citation
    self.standing = standing
  }
}

/// The rules a municipality steers its agreement units by, as data with a validity: it changes by adopting a new
/// version, never by changing code. A model proposes; where it leads to a review, a person decides.
public struct SteeringModel: Hashable, Sendable {
  /// The light of a unit without a positive base: no light at all. No `LightRule` may bear this id.
  public static let noLight = "none"

  /// The id, such as `randersmodellen-2.0`.
  public let id: String
  /// What the model is called.
  public let name: Words
  /// What the model is, in a few plain sentences.
  public let description: Words
  /// The first day the model is in force.
  public let validFrom: CalendarDate
  /// The last day it is in force; nil while it is open.
  public let validTo: CalendarDate?
  /// Which budget the percentages are taken of.
  public let base: BudgetBase
  /// Every number and choice, in the file's order.
  public let parameters: [Parameter]
  /// The lights in the order they are tried; the first that holds is given.
  public let lights: [LightRule]
  /// The duties, in the file's order.
  public let duties: [ConsequenceRule]
  /// The reviews, in the file's order.
  public let reviews: [ConsequenceRule]

  /// A model. Give it parts that fit together: ids once each, `otherwise` on the last light and there only.
  public init(
    id: String, name: Words, description: Words, validFrom: CalendarDate, validTo: CalendarDate?, base: BudgetBase,
    parameters: [Parameter], lights: [LightRule], duties: [ConsequenceRule], reviews: [ConsequenceRule]
  ) {
    self.id = id
    self.name = name
    self.description = description
    self.validFrom = validFrom
    self.validTo = validTo
    self.base = base
    self.parameters = parameters
    self.lights = lights
    self.duties = duties
    self.reviews = reviews
  }

  /// The parameter with an id.
  public func parameter(_ id: String) -> Parameter? { parameters.first { $0.id == id } }
  /// The light with an id; nil for `none` and for ids that the model does not have.
  public func light(_ id: String) -> LightRule? { lights.first { $0.id == id } }
  /// The duty with an id.
  public func duty(_ id: String) -> ConsequenceRule? { duties.first { $0.id == id } }
  /// The review with an id.
  public func review(_ id: String) -> ConsequenceRule? { reviews.first { $0.id == id } }
  /// Whether the model is in force on a day.
  public func isInForce(on day: CalendarDate) -> Bool { validFrom <= day && validTo.map { day <= $0 } ?? true }
}
