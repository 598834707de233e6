public import Database
import Organisation
import SteeringCore

/// What is due in a class of data, and its deleting, by whoever has the tables. Both take the moment before which it is
/// due, in seconds since 1 January 1970 UTC, and give how many rows.
public struct Sweeper: Sendable {
  /// Counts, or deletes.
  public typealias Work = @Sendable (any DatabaseConnection, _ before: Int64, _ isCarriedOut: Bool) throws -> Int
  let work: Work

  /// A sweeper.
  public init(_ work: @escaping Work) { self.work = work }
}

/// The decisions about preserving, and what they allow, inside one transaction.
struct RetentionStore {
  let connection: any DatabaseConnection
  let now: Int64

  init(_ connection: any DatabaseConnection, now: Int64) {
    self.connection = connection
    self.now = now
  }

  /// The decision that counts, of each class that has one.
  func decisions() throws -> [DataClass: PreservationDecision] {
    var newest: [DataClass: PreservationDecision] = [:]
    let rows = try connection.rows(
      """
      SELECT data_class, verdict, keep_days, reference, decided_on FROM retention_decision
      WHERE tenant = :tenant ORDER BY data_class, version
      """)
    for row in rows {
      guard let dataClass = DataClass(rawValue: try row.text("data_class")),
        let verdict = PreservationDecision.Verdict(rawValue: try row.text("verdict")),
        let day = CalendarDate(iso: try row.text("decided_on"))
      else { throw DatabaseError.of(.corrupt, detail: "a decision about preserving that cannot be read") }
      newest[dataClass] = PreservationDecision(
        dataClass: dataClass, verdict: verdict, keepDays: Int(try row.integer("keep_days")),
        reference: try row.text("reference"), decidedOn: day)
    }
    return newest
  }

  /// Stores a decision.
  func add(_ decision: PreservationDecision) throws {
    let name = decision.dataClass.rawValue
    let last = try connection.row(
      "SELECT COALESCE(MAX(version), 0) AS n FROM retention_decision WHERE tenant = :tenant AND data_class = :class",
      ["class": .text(name)])
    let before = try decisions()[decision.dataClass].map(Self.text) ?? ""
    try connection.run(
      """
      INSERT INTO retention_decision
        (tenant, data_class, version, verdict, keep_days, reference, decided_on, recorded_at)
      VALUES (:tenant, :class, :version, :verdict, :days, :reference, :day, :now)
      """,
      [
        "class": .text(name), "version": .integer((try last?.integer("n") ?? 0) + 1),
        "verdict": .text(decision.verdict.rawValue), "days": DatabaseValue(decision.keepDays),
        "reference": .text(decision.reference), "day": .text(decision.decidedOn.iso), "now": .integer(now),
      ])
    try connection.tell(Act("privacy.decide", object: name, before: before, after: Self.text(decision)))
  }

  /// Where every class stands, with how much is due.
  func standings(_ sweepers: [DataClass: Sweeper]) throws -> [ClassStanding] {
    let decisions = try decisions()
    return try DataClass.allCases.map { dataClass in
      var standing = ClassStanding(dataClass: dataClass, decision: decisions[dataClass])
      standing.due = try sweep(standing, sweepers, isCarriedOut: false)
      return standing
    }
  }

  /// Deletes what is due; gives how much of each class.
  func sweep(_ sweepers: [DataClass: Sweeper]) throws -> [(DataClass, Int)] {
    let decisions = try decisions()
    return try DataClass.allCases.compactMap { dataClass in
      let standing = ClassStanding(dataClass: dataClass, decision: decisions[dataClass])
      let count = try sweep(standing, sweepers, isCarriedOut: true)
      guard count > 0 else { return nil }
      try connection.tell(Act("privacy.sweep", object: dataClass.rawValue, after: "\(count)"))
      return (dataClass, count)
    }
  }

  private func sweep(
    _ standing: ClassStanding, _ sweepers: [DataClass: Sweeper], isCarriedOut: Bool
  ) throws -> Int {
    guard case .free(let days) = standing.state, let sweeper = sweepers[standing.dataClass] else { return 0 }
    return try sweeper.work(connection, now - Int64(days) * 86_400, isCarriedOut)
  }

  private static func text(_ decision: PreservationDecision) -> String {
    FieldText.text([
      "verdict": decision.verdict.rawValue, "keepDays": "\(decision.keepDays)", "reference": decision.reference,
      "decidedOn": decision.decidedOn.iso,
    ])
  }
}
