import SteeringCore

/// Who does something, in which position and why: it stands in the audit trail with everything that is written.
public struct Deed: Hashable, Sendable {
  /// The key of the person in the register of people; empty for what the house does by itself, and on the command line.
  public let person: String
  /// The key of the position that the person acts in; else what acts: `house` or `command-line`.
  public let position: String
  /// The reason that was given; empty where none was asked for.
  public let reason: String
  /// The number of the request, as it stands in the log and on error pages; empty without one.
  public let request: String

  /// Someone who acts.
  public init(person: String, position: String, reason: String = "", request: String = "") {
    self.person = person
    self.position = position
    self.reason = reason
    self.request = request
  }

  /// What the house does by itself.
  public static let house = Deed(person: "", position: "house")

  /// What is done by a command, by whoever may read the database's file or knows its password.
  public static let commandLine = Deed(person: "", position: "command-line")

  /// What is being done in this task. A database takes it from here when a write begins.
  @TaskLocal public static var current = Deed.house

  /// The same act for a reason.
  public func because(_ reason: String) -> Deed {
    Deed(person: person, position: position, reason: reason, request: request)
  }

  /// Does something for the reason that somebody gave, as far as the trail takes it: 500 characters.
  public static func explained<Result>(
    _ why: String, _ body: () async throws -> Result
  ) async rethrows -> Result {
    try await $current.withValue(current.because(CivilNumber.masked(String(why.prefix(500))))) { try await body() }
  }

  /// What stands beside a job, so that whoever does it does it in the name of whoever asked.
  var text: String {
    FieldText.text(["person": person, "position": position, "reason": reason, "request": request])
  }

  init(text: String?) {
    let fields = FieldText.fields(text ?? "")
    self.init(
      person: fields["person"] ?? "", position: fields["position"] ?? Deed.house.position,
      reason: fields["reason"] ?? "", request: fields["request"] ?? "")
  }
}
