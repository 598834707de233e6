public import Organisation
public import SteeringCore

/// Who asks, with everything that decides what the person may do.
public struct Actor: Hashable, Sendable {
  /// The person's number; nil for somebody who has not signed in.
  public let person: Int64?
  /// The positions that the person holds on the day.
  public let positions: [Position]
  /// What others have delegated to the person, with the position whose competence it is.
  public let delegated: [Delegated]

  /// A position's competence in part.
  public struct Delegated: Hashable, Sendable {
    /// The position whose competence it is.
    public let position: Position
    /// The types of decisions.
    public let decisions: Set<String>

    /// A part of a position's competence.
    public init(position: Position, decisions: Set<String>) {
      self.position = position
      self.decisions = decisions
    }
  }

  /// Somebody who asks.
  public init(person: Int64?, positions: [Position], delegated: [Delegated] = []) {
    self.person = person
    self.positions = positions
    self.delegated = delegated
  }

  /// Somebody who has not signed in.
  public static let stranger = Actor(person: nil, positions: [])

  /// A person of the register on a day.
  public init(_ person: Int64, in register: PeopleRegister, on day: CalendarDate) {
    self.init(
      person: person, positions: register.positions(of: person, on: day),
      delegated: register.delegations(to: person, on: day).compactMap { delegation in
        register.position(delegation.position).map { Delegated(position: $0, decisions: delegation.decisions) }
      })
  }
}

/// What is to be decided.
public struct Matter: Hashable, Sendable {
  /// The type of decision.
  public let decision: String
  /// The unit that it is about; nil for one that is about no unit, or about all.
  public let unit: UnitCode?
  /// How much; nil where it is not about an amount.
  public let amount: Money?
  /// How much of the base that the rule names; nil where it is not about a share.
  public let share: Percentage?

  /// Something to decide.
  public init(_ decision: String, unit: UnitCode? = nil, amount: Money? = nil, share: Percentage? = nil) {
    self.decision = decision
    self.unit = unit
    self.amount = amount
    self.share = share
  }
}

/// The answer to "may I decide this?", with the paragraph that it rests on.
public struct Ruling: Hashable, Sendable {
  /// Why it is so.
  public enum Reason: Hashable, Sendable {
    /// It is within a position's competence.
    case held(Position)
    /// It is within what was delegated from a position.
    case delegated(Position)
    /// Everybody may.
    case everybody
    /// Signing in comes first.
    case signInFirst
    /// Other levels decide.
    case othersDecide
    /// It is about a unit that the positions do not reach.
    case outsideScope
    /// It goes over the limit.
    case overLimit(DelegationPlan.Limit)
    /// The plan has no such decision.
    case unknown
  }

  /// Why it is so.
  public let reason: Reason
  /// The type of decision; nil where the plan has none.
  public let decision: DelegationPlan.Decision?
  /// The row that allows it, or that comes nearest; nil where none does.
  public let row: DelegationPlan.Holder?

  /// Whether it may be done.
  public var isAllowed: Bool {
    switch reason {
    case .held, .delegated, .everybody: true
    default: false
    }
  }

  /// The position in whose name it is done; nil where none is needed, or it may not be done.
  public var position: Position? {
    switch reason {
    case .held(let position), .delegated(let position): position
    default: nil
    }
  }
}

extension DelegationPlan {
  /// Whether somebody may decide something. `tree` is the organisation on the day.
  public func ruling(on matter: Matter, by actor: Actor, _ tree: OrganisationTree) -> Ruling {
    guard let decision = decision(matter.decision) else {
      return Ruling(reason: .unknown, decision: nil, row: nil)
    }
    var nearest = Ruling(reason: actor.person == nil ? .signInFirst : .othersDecide, decision: decision, row: nil)
    for row in decision.holders {
      let found = Ruling(reason: reason(row, matter, actor, tree), decision: decision, row: row)
      if found.isAllowed { return found }
      // Over the limit is nearer than outside the scope, and that is nearer than another level.
      if Self.nearness(found.reason) > Self.nearness(nearest.reason) { nearest = found }
    }
    return nearest
  }

  private static func nearness(_ reason: Ruling.Reason) -> Int {
    switch reason {
    case .overLimit: 2
    case .outsideScope: 1
    default: 0
    }
  }

  private func reason(_ row: Holder, _ matter: Matter, _ actor: Actor, _ tree: OrganisationTree) -> Ruling.Reason {
    if row.level == .everyone { return .everybody }
    guard actor.person != nil else { return .signInFirst }
    let kinds = Set(row.level == .anyPosition ? PositionKind.held : row.actingKinds)
    let own = actor.positions.filter { kinds.contains($0.kind) }.map { ($0, Ruling.Reason.held($0)) }
    let lent = actor.delegated.filter { kinds.contains($0.position.kind) && $0.decisions.contains(matter.decision) }
      .map { ($0.position, Ruling.Reason.delegated($0.position)) }
    guard !(own + lent).isEmpty else { return .othersDecide }
    guard let reaching = (own + lent).first(where: { Self.reaches($0.0, row.scope, matter.unit, tree) }) else {
      return .outsideScope
    }
    if let limit = row.limit, Self.isOver(limit, matter) { return .overLimit(limit) }
    return reaching.1
  }

  /// Whether a position's competence reaches a unit. What is about no unit in particular is within everybody's reach:
  /// the list of what a person may see, or a question in general.
  private static func reaches(
    _ position: Position, _ scope: Scope, _ unit: UnitCode?, _ tree: OrganisationTree
  ) -> Bool {
    guard let unit else { return true }
    let place = UnitCode(position.place)
    switch scope {
    case .all: return true
    case .ownUnit: return lies(unit, in: place, tree)
    case .ownDirectorate: return lies(unit, in: tree.directorate(of: place)?.code ?? place, tree)
    }
  }

  private static func lies(_ unit: UnitCode, in place: UnitCode, _ tree: OrganisationTree) -> Bool {
    unit == place || tree.ancestors(of: unit).contains { $0.code == place }
  }

  /// Exactly the limit is within it. Something without an amount is not over an amount.
  private static func isOver(_ limit: Limit, _ matter: Matter) -> Bool {
    switch limit {
    case .amount(let most): matter.amount.map { $0 > most } ?? false
    case .share(let most): matter.share.map { $0 > most } ?? false
    }
  }
}
