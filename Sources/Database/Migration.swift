/// One step of a capability's tables, forward only. Once it has shipped, its statements never change: a mistake is
/// mended by the next step.
public struct Migration: Sendable, Hashable, CustomStringConvertible {
  /// The capability that owns the tables, such as `closing`.
  public let capability: String
  /// The step's number within the capability: 1, 2, 3, without gaps.
  public let number: Int
  /// What the step is about, in a word or two.
  public let name: String
  /// The statements in order, one each, with the placeholders of `Dialect`. They run in one transaction.
  public let statements: [String]

  /// A step.
  public init(capability: String, number: Int, name: String, statements: [String]) {
    self.capability = capability
    self.number = number
    self.name = name
    self.statements = statements
  }

  /// SHA-256 of the statements as written, in hexadecimal; the same for every database. Each statement counts with
  /// its length, so that text cannot move from one to the next unnoticed.
  public var digest: String { Fingerprint.of(statements) }

  /// `closing 1 (rounds)`.
  public var description: String { "\(capability) \(number) (\(name))" }
}
