public import SteeringCore

/// What kind of position somebody can hold, or a body that decides together. Levels of the delegation plan (R-13,
/// seeds/004 §3.3) are named by these.
public enum PositionKind: String, CaseIterable, Sendable {
  // People in the administration.
  case unitLeader, serviceAreaChief, controller, secretariatHead, director, chiefExecutive
  case financeDepartment, financeDirector, councilSecretariat, employee
  // People in politics and in the bodies.
  case councilMember, mayor, committeeMember, committeeChair, medRepresentative, userBoardMember
  // People who look after the system itself.
  case auditor, administrator
  // Bodies: what they decide is recorded by somebody else.
  case council, committee, executiveBoard, medCommittee, userBoard

  /// What a position of the kind is bound to.
  public enum Place: Sendable {
    /// A unit of the organisation, and what lies under it.
    case unit
    /// A directorate, and what lies under it.
    case directorate
    /// A body by its name, such as a committee.
    case body
    /// Nothing less than the municipality.
    case municipality
  }

  /// What a position of the kind is bound to.
  public var place: Place {
    switch self {
    case .unitLeader, .serviceAreaChief, .employee: .unit
    case .controller, .secretariatHead, .director: .directorate
    case .committeeMember, .committeeChair, .committee, .medRepresentative, .medCommittee, .userBoardMember, .userBoard:
      .body
    case .chiefExecutive, .financeDepartment, .financeDirector, .councilSecretariat, .councilMember, .mayor, .auditor,
      .administrator, .council, .executiveBoard:
      .municipality
    }
  }

  /// Whether it is a body: nobody holds it alone.
  public var isBody: Bool {
    switch self {
    case .council, .committee, .executiveBoard, .medCommittee, .userBoard: true
    default: false
    }
  }

  /// The kinds that a person can hold.
  public static let held = allCases.filter { !$0.isBody }

  /// Its name.
  public var name: Words {
    switch self {
    case .unitLeader: Words("Leder af en aftaleenhed", en: "Leader of an agreement unit")
    case .serviceAreaChief: Words("Chef for et chefområde", en: "Chief of a service area")
    case .controller: Words("Controller i en forvaltning", en: "Controller of a directorate")
    case .secretariatHead: Words("Sekretariatschef", en: "Head of secretariat")
    case .director: Words("Direktør", en: "Director")
    case .chiefExecutive: Words("Kommunaldirektør", en: "Chief executive")
    case .financeDepartment: Words("Medarbejder i økonomiafdelingen", en: "Finance department")
    case .financeDirector: Words("Økonomidirektør", en: "Finance director")
    case .councilSecretariat: Words("Byrådets sekretariat", en: "Council's secretariat")
    case .employee: Words("Medarbejder", en: "Employee")
    case .councilMember: Words("Byrådsmedlem", en: "Member of the council")
    case .mayor: Words("Borgmester", en: "Mayor")
    case .committeeMember: Words("Medlem af et fagudvalg", en: "Member of a committee")
    case .committeeChair: Words("Formand for et fagudvalg", en: "Chair of a committee")
    case .medRepresentative: Words("MED-repræsentant", en: "MED representative")
    case .userBoardMember: Words("Medlem af en brugerbestyrelse", en: "Member of a user board")
    case .auditor: Words("Revisor", en: "Auditor")
    case .administrator: Words("Administrator af Styrehus", en: "Administrator of Styrehus")
    case .council: Words("Byrådet", en: "The council")
    case .committee: Words("Fagudvalget", en: "The committee")
    case .executiveBoard: Words("Direktionen", en: "The executive board")
    case .medCommittee: Words("MED-udvalget", en: "The MED committee")
    case .userBoard: Words("Brugerbestyrelsen", en: "The user board")
    }
  }
}
