public import SteeringCore

/// Who stands at the door, as far as a page needs to know.
public struct Visitor: Sendable {
  /// The person's key; nil for somebody who has not signed in.
  public let person: String?
  /// The person's name; empty for somebody who has not signed in.
  public let name: String
  /// What the person holds, in words, such as `Leder af en aftaleenhed`; empty without a position.
  public let positions: [Words]
  private let answer: @Sendable (_ permission: String) -> Bool

  /// A visitor. `may` answers whether something may be done, about some unit or other.
  public init(
    person: String?, name: String, positions: [Words],
    may: @escaping @Sendable (_ permission: String) -> Bool
  ) {
    self.person = person
    self.name = name
    self.positions = positions
    answer = may
  }

  /// Somebody about whom nothing is known, and who may do nothing.
  public static let stranger = Visitor(person: nil, name: "", positions: []) { _ in false }

  /// Whether the visitor may do something, as the delegation plan says. Pages ask it to leave out what would be
  /// refused.
  public func may(_ permission: String) -> Bool { answer(permission) }
}

/// What a route asks of a visitor.
public struct AccessRule: Hashable, Sendable {
  /// What must be allowed, by its name in the delegation plan; nil where everybody comes in.
  public let permission: String?
  /// The parameter of the path that names the unit it is about; nil where it is about none.
  public let unitParameter: String?
  /// Whether reading the page is written in the audit trail.
  public let isLogged: Bool
  /// Whether somebody must be signed in, where no permission is asked for: what is about the person alone.
  public let needsPerson: Bool
  /// Whether the route itself sees to it that it is about the person's own position.
  public let isAboutOwnPosition: Bool

  /// What a route asks.
  public init(
    permission: String?, unitParameter: String? = nil, isLogged: Bool = false, needsPerson: Bool = false,
    isAboutOwnPosition: Bool = false
  ) {
    self.permission = permission
    self.unitParameter = unitParameter
    self.isLogged = isLogged
    self.needsPerson = needsPerson
    self.isAboutOwnPosition = isAboutOwnPosition
  }
}
