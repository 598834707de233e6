public import RuleKit
public import SteeringCore

/// Who decides what (kompetenceplan, seeds/004 §3.3): the council's own document, as data. The page that
/// answers "may I decide this?" and the gate before a decision ask the same plan.
public struct DelegationPlan: Hashable, Sendable {
  /// Its id, such as `kompetenceplan-randersmodellen-2.0`.
  public let id: String
  /// Its name.
  public let name: Words
  /// The first day on which it can count.
  public let validFrom: CalendarDate
  /// The documents that its rows rest on.
  public let documents: [Document]
  /// The types of decisions, in the order of the file.
  public let decisions: [Decision]

  /// A document that rows rest on, such as the economic policy.
  public struct Document: Hashable, Sendable {
    /// Its id in the plan.
    public let id: String
    /// Its name.
    public let name: Words
  }

  /// A type of decision and who makes it.
  public struct Decision: Hashable, Sendable {
    /// Its id, such as `agreement.approve`.
    public let id: String
    /// What is decided.
    public let name: Words
    /// Who decides; any of them alone.
    public let holders: [Holder]
    /// The document that it rests on, by id.
    public let document: String
    /// Rule and section.
    public let citation: Citation
    /// Whether the document states it.
    public let standing: Standing
  }

  /// A row: a level and how far its competence reaches.
  public struct Holder: Hashable, Sendable {
    /// Who.
    public let level: Level
    /// Over what.
    public let scope: Scope
    /// Up to what, itself included; nil where there is no limit.
    public let limit: Limit?
    /// On which condition, in words for people; nil without one.
    public let condition: Words?
    /// Who records what a body has decided; empty for people.
    public let recordedBy: [PositionKind]
    /// The line of the row in the plan's file.
    public let line: Int

    /// The kinds of positions that may carry the decision out in Styrehus.
    public var actingKinds: [PositionKind] {
      switch level {
      case .everyone, .anyPosition: []
      case .kind(let kind): kind.isBody ? recordedBy : [kind]
      }
    }
  }

  /// Who can be named by a row.
  public enum Level: Hashable, Sendable {
    /// Everybody, also without signing in.
    case everyone
    /// Whoever holds a position.
    case anyPosition
    /// Those of one kind.
    case kind(PositionKind)

    /// The level of a word in a file; nil where it is none.
    public init?(_ word: String) {
      switch word {
      case "everyone": self = .everyone
      case "anyPosition": self = .anyPosition
      default:
        guard let kind = PositionKind(rawValue: word) else { return nil }
        self = .kind(kind)
      }
    }

    /// The words that a file may hold.
    static let words = ["everyone", "anyPosition"] + PositionKind.allCases.map(\.rawValue)

    /// Its name.
    public var name: Words {
      switch self {
      case .everyone: Words("Alle", en: "Everybody")
      case .anyPosition: Words("Enhver med en stilling", en: "Whoever holds a position")
      case .kind(let kind): kind.name
      }
    }
  }

  /// How far a competence reaches.
  public enum Scope: String, CaseIterable, Sendable {
    /// The unit of the position, and what lies under it.
    case ownUnit
    /// The directorate of the position, and what lies under it.
    case ownDirectorate
    /// The whole municipality.
    case all

    /// Its name.
    public var name: Words {
      switch self {
      case .ownUnit: Words("egen enhed", en: "own unit")
      case .ownDirectorate: Words("egen forvaltning", en: "own directorate")
      case .all: Words("hele kommunen", en: "the whole municipality")
      }
    }
  }

  /// Up to what somebody may decide, itself included.
  public enum Limit: Hashable, Sendable {
    /// An amount in øre.
    case amount(Money)
    /// A share of the base that the rule names.
    case share(Percentage)
  }

  /// A type of decision by its id; nil where the plan has none.
  public func decision(_ id: String) -> Decision? { decisions.first { $0.id == id } }
}

/// The plan that counts on a day, and whether the council has adopted it.
public struct PlanInForce: Hashable, Sendable {
  /// The plan.
  public let plan: DelegationPlan
  /// Its adoption; nil where nobody has adopted any, and the one that comes with Styrehus applies.
  public let adoption: PlanAdoption?

  /// A plan that counts.
  public init(plan: DelegationPlan, adoption: PlanAdoption?) {
    self.plan = plan
    self.adoption = adoption
  }
}

/// That the council has adopted a plan, as its secretariat recorded it. Never changed; the latest one counts.
public struct PlanAdoption: Hashable, Sendable {
  /// Its number, from 1.
  public let number: Int
  /// The council's term.
  public let term: CouncilTerm
  /// The day of the council's decision.
  public let decidedOn: CalendarDate
  /// The day from which it counts.
  public let validFrom: CalendarDate
  /// Where the decision can be found, such as the item of an agenda.
  public let reference: String
  /// When it was recorded, in seconds since 1 January 1970 UTC.
  public let recordedAt: Int64
}
