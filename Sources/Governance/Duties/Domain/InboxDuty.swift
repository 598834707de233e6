public import SteeringCore
public import SurfaceKit

/// Something that a position has to do. It is derived from facts and the rules in force, and gone when they say so.
public struct InboxDuty: Hashable, Sendable {
  /// Who has to do it.
  public let kind: PositionKind
  /// Where the position stands: the code of a unit or a directorate; empty for the whole municipality.
  public let place: String
  /// What is to be done.
  public let what: Words
  /// What it is about, such as a unit's name; empty where it is about the whole municipality.
  public let about: Words
  /// Why, in plain words.
  public let why: Words
  /// The rule and its source.
  public let citation: Citation
  /// The last day in time; nil where the rule gives none.
  public let due: CalendarDate?
  /// Where it is done.
  public let address: Address

  /// A duty.
  public init(
    kind: PositionKind, place: String, what: Words, about: Words = Words(same: ""), why: Words, citation: Citation,
    due: CalendarDate?, address: Address
  ) {
    self.kind = kind
    self.place = place
    self.what = what
    self.about = about
    self.why = why
    self.citation = citation
    self.due = due
    self.address = address
  }

  /// What is most urgent first; what has no day last.
  static func isBefore(_ left: InboxDuty, _ right: InboxDuty) -> Bool {
    switch (left.due, right.due) {
    case (let first?, let second?) where first != second: first < second
    case (.some, nil): true
    case (nil, .some): false
    default: (left.what.danish, left.about.danish) < (right.what.danish, right.about.danish)
    }
  }
}

extension [InboxDuty] {
  /// Those of some positions, the most urgent first.
  public func of(_ positions: [Position]) -> [InboxDuty] {
    let mine = Set(positions.map { Owner(kind: $0.kind, place: $0.place) })
    return filter { mine.contains(Owner(kind: $0.kind, place: $0.place)) }.sorted(by: InboxDuty.isBefore)
  }

  private struct Owner: Hashable {
    let kind: PositionKind
    let place: String
  }
}

/// What the municipality's own house has to do: the plan for the council's secretariat, positions for who looks after
/// people.
public struct HouseDuties: Sendable {
  /// The duties that follow from the plan in force, and from so many positions that need somebody's attention.
  public static func duties(
    _ plan: PlanInForce, vacancies: Int, on day: CalendarDate
  ) -> [InboxDuty] {
    var duties: [InboxDuty] = []
    let term = CouncilTerm(of: day)
    if plan.adoption?.term != term {
      duties.append(
        InboxDuty(
          kind: .councilSecretariat, place: "",
          what: plan.adoption == nil
            ? Words("Få kompetenceplanen vedtaget", en: "Have the delegation plan adopted")
            : Words("Få kompetenceplanen vedtaget igen", en: "Have the delegation plan adopted again"),
          why: Words(
            "Byrådet vedtager den i starten af hver periode; denne er \(term).",
            en: "The council adopts it at the start of each term; this one is \(term)."),
          citation: Citation(rule: "R-13", source: "seeds/004, §3.3"), due: nil, address: "/plan/adopt"))
    }
    if vacancies > 0 {
      duties.append(
        InboxDuty(
          kind: .administrator, place: "",
          what: Words(
            "Se på stillinger, der står tomme eller mangler", en: "Look at positions that are empty or missing"),
          about: Words("\(vacancies)", en: "\(vacancies)"),
          why: Words(
            "Det, en stilling har ansvar for, må ikke stå uden nogen.",
            en: "What a position is responsible for must not be left with nobody."),
          citation: Citation(rule: "R-14", source: "Styrehus"), due: nil, address: "/people"))
    }
    return duties
  }
}
