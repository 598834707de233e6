import Database
import Ledger
import RuleKit
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("Monthly supervision")
struct SupervisionDeskTests {
  private static let unit = UnitCode("1001")
  private static let year = FiscalYear(2025)!

  /// A ground with two units, a budget, and a ledger of January and February.
  private func withDesk(_ body: (ImportGround, SupervisionDesk, RoundKeeper, String) async throws -> Void) async throws
  {
    let migrations =
      LedgerImportCapability.migrations + ClosingCapability.migrations + SupervisionCapability.migrations
      + DatabaseTables.migrations
    try await EmptyDatabase.with(migrations) { database in
      let ground = ImportGround(database: database)
      let desk = SupervisionDesk(database: database, tenant: EmptyDatabase.tenant, now: { 1_750_000_000 })
      let keeper = RoundKeeper(database: database, tenant: EmptyDatabase.tenant, needs: .live, now: { 1_750_000_000 })
      guard case .found(_, let text) = try ClosingNeeds.live.model("randersmodellen-2.0") else { return }
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      _ = try await ground.imported(ImportGround.ledger)
      try await body(ground, desk, keeper, text)
    }
  }

  private static func month(_ number: Int) -> SupervisionMonth { SupervisionMonth(year, number)! }

  /// A form that is filled in for February: voucher control done.
  private static func answers(pay: Int64 = 1_000_000, other: Int64 = 200_000) -> SupervisionAnswers {
    var answers = SupervisionAnswers()
    answers.pay = Money(kroner: pay)
    answers.other = Money(kroner: other)
    answers.controls = [0: "sag 25-117"]
    return answers
  }

  private func sign(
    _ desk: SupervisionDesk, _ month: Int, _ answers: SupervisionAnswers, knowing version: Int = 0,
    key: CommandKey = .fresh()
  ) async throws -> SignOutcome {
    let command = Command(key, kind: "supervision.sign") { ["\(month)", "\(answers)"] }
    return try await desk.sign(Self.unit, Self.month(month), knowing: version, answers, command)
  }

  @Test("opens by itself with the newest month of the ledger, filled in with what is known")
  func opens() async throws {
    try await withDesk { _, desk, _, _ in
      let month = try #require(try await desk.unitMonth(Self.unit, nil))
      #expect(month.month == Self.month(2))
      #expect(month.prefilled == (Money(kroner: 1_000_000), Money(kroner: 200_000)))
      #expect(month.spent == Money(ore: 123_456 - 10_000))
      #expect(month.controlsOfMonth.map(\.name) == ["Bilagskontrol"])
      #expect(month.fieldCount == 4)
      let january = try #require(try await desk.unitMonth(Self.unit, Self.month(1)))
      #expect(january.spent == Money(ore: 123_456) && january.controlsOfMonth.isEmpty)
      #expect(try await desk.unitMonth(Self.unit, Self.month(3)) == nil, "nothing is posted in March")
      #expect(try await desk.unitMonth(UnitCode("9999"), nil) == nil)
      #expect(try await desk.unitMonth(Self.unit, SupervisionMonth(FiscalYear(2024)!, 2)) == nil)
    }
  }

  @Test("is signed once under a key; a correction is a new version, and the next month begins with it")
  func signs() async throws {
    try await withDesk { ground, desk, _, _ in
      let key = CommandKey.fresh()
      for _ in 0..<2 {
        guard case .signed(let signed) = try await sign(desk, 1, Self.answers(), key: key) else {
          Issue.record("not signed")
          return
        }
        #expect(signed.version == 1)
      }
      var corrected = Self.answers(pay: 1_100_000)
      guard case .faults(let faults, _) = try await sign(desk, 1, corrected, knowing: 1) else {
        Issue.record("another forecast without a reason")
        return
      }
      #expect(faults == [.noReason])
      corrected.reason = "Barsel"
      guard case .signedMeanwhile(let other) = try await sign(desk, 1, corrected, knowing: 0) else {
        Issue.record("somebody else's signature was written over")
        return
      }
      #expect(other.version == 1)
      guard case .signed(let second) = try await sign(desk, 1, corrected, knowing: 1) else {
        Issue.record("not corrected")
        return
      }
      #expect(second.version == 2 && second.reason == "Barsel" && second.result == Money(kroner: -100_000))
      let february = try #require(try await desk.unitMonth(Self.unit, nil))
      #expect(february.prefilled.pay == Money(kroner: 1_100_000))
      let trail = try await ground.database.read(EmptyDatabase.tenant) { try AuditTrail($0).latest(9) }
      #expect(
        trail.filter { $0.act.action == "supervision.sign" }.map(\.act.object) == ["1001 2025-01", "1001 2025-01"])
    }
  }

  @Test("asks for controls with their evidence, and asks again about nothing and about ten times the budget")
  func faults() async throws {
    try await withDesk { _, desk, _, _ in
      let month = try #require(try await desk.unitMonth(Self.unit, nil))
      #expect(SupervisionAnswers().faults(month) == [.noAmount("pay"), .noAmount("other"), .controlNotDone(0)])
      var answers = Self.answers()
      answers.controls = [0: ""]
      #expect(answers.faults(month) == [.noEvidence(0)])
      for (pay, other, isStrange) in [
        (0, 0, true), (-5, 5, true), (11_800_000, 200_000, true), (11_800_000, 199_999, false), (1, 0, false),
      ] {
        var answers = Self.answers(pay: Int64(pay), other: Int64(other))
        #expect(answers.faults(month) == (isStrange ? [.strange] : []), "\(pay) + \(other)")
        answers.isSure = true
        #expect(answers.faults(month).isEmpty)
      }
      var huge = Self.answers()
      huge.pay = Money(ore: .max)
      #expect(huge.faults(month).first == .tooLarge)
      huge.pay = Money(ore: .min + 1)
      huge.other = Money(ore: -1)
      #expect(huge.faults(month).first == .tooLarge, "the smallest amount there is")
      var long = Self.answers()
      long.uncertainties = String(repeating: "x", count: 4_001)
      #expect(long.faults(month) == [.tooLong("uncertainties")], "nothing is cut without a word")
    }
  }

  @Test("is not signed any more when the month is frozen, and not at all when the year is closed")
  func frozen() async throws {
    try await withDesk { _, desk, keeper, model in
      #expect(try await desk.freeze(Self.month(2), Command(.fresh(), kind: "supervision.freeze") { [] }))
      #expect(try await desk.freeze(Self.month(2), Command(.fresh(), kind: "supervision.freeze") { [] }) == false)
      guard case .frozen = try await sign(desk, 2, Self.answers()) else {
        Issue.record("a frozen month was signed")
        return
      }
      guard case .signed = try await sign(desk, 1, Self.answers()) else {
        Issue.record("January is not frozen")
        return
      }
      _ = try made(try await keeper.make(Self.year, .preliminary, modelText: model))
      #expect(try await desk.unitMonth(Self.unit, nil) != nil, "a preliminary closing does not end the year")
      _ = try made(try await keeper.make(Self.year, .final, modelText: model))
      #expect(try await desk.unitMonth(Self.unit, nil) == nil)
    }
  }

  @Test("is not signed for figures that the form did not show")
  func seen() async throws {
    try await withDesk { ground, desk, _, _ in
      var answers = Self.answers()
      answers.seen = try #require(try await desk.unitMonth(Self.unit, nil)).seen
      let late = ImportGround.header + "4;20.02.2025;1001;3.22.01;2.9;Sent;400,00\n"
      _ = try await ground.imported(late, as: "sent.csv", overlap: .add)
      guard case .faults(let faults, let month) = try await sign(desk, 2, answers) else {
        Issue.record("signed for other figures")
        return
      }
      #expect(faults == [.moved])
      answers.seen = month.seen
      guard case .signed(let signed) = try await sign(desk, 2, answers) else {
        Issue.record("not signed")
        return
      }
      #expect(signed.spent == Money(ore: 113_456 + 40_000))
    }
  }

  @Test("opens no month before it is over, whatever is posted ahead of its time")
  func ahead() async throws {
    try await withDesk { ground, desk, _, _ in
      let ahead = ImportGround.header + "4;20.12.2025;1001;3.22.01;2.9;Periodisering;400,00\n"
      _ = try await ground.imported(ahead, as: "frem.csv", overlap: .add)
      // The desk's clock stands in June.
      #expect(try #require(try await desk.unitMonth(Self.unit, nil)).month == Self.month(5))
      #expect(try await desk.unitMonth(Self.unit, Self.month(6)) == nil)
    }
  }

  @Test("tells what has moved since it was signed, and keeps what was signed as it was")
  func moved() async throws {
    try await withDesk { ground, desk, _, _ in
      guard case .signed(let signed) = try await sign(desk, 2, Self.answers()) else {
        Issue.record("not signed")
        return
      }
      #expect(try #require(try await desk.unitMonth(Self.unit, nil)).movedSinceSigned == nil)
      let late = ImportGround.header + "4;20.02.2025;1001;3.22.01;2.9;Sent;400,00\n"
      _ = try await ground.imported(late, as: "sent.csv", overlap: .add)
      let month = try #require(try await desk.unitMonth(Self.unit, nil))
      #expect(month.movedSinceSigned == Money(kroner: 400))
      #expect(month.signed == signed)
    }
  }

  @Test("has a central list of controls that begins with voucher control six times a year")
  func controls() async throws {
    try await withDesk { ground, _, _, _ in
      let tenant = EmptyDatabase.tenant
      func controls() async throws -> [SupervisionControl] {
        try await ground.database.read(tenant) { try SupervisionStore(connection: $0).controls() }
      }
      #expect(try await controls() == [.first])
      #expect(SupervisionControl.first.months.count == 6)
      let new = SupervisionControl(
        id: -1, name: "Lønkontrol", task: "Se lønnen", months: [2, 1, 2], asksForEvidence: false)
      try await ground.database.write(tenant) { try SupervisionStore(connection: $0).write(new, at: 5) }
      let both = try await controls()
      #expect(both.map(\.name) == ["Bilagskontrol", "Lønkontrol"] && both[1].months == [1, 2])
      try await ground.database.write(tenant) {
        try SupervisionStore(connection: $0).write(both[0], isWithdrawn: true, at: 6)
      }
      #expect(try await controls().map(\.name) == ["Lønkontrol"])
      try await ground.database.write(tenant) {
        try SupervisionStore(connection: $0).write(both[1], isWithdrawn: true, at: 7)
      }
      #expect(try await controls().isEmpty, "an empty list stays empty")
      let burden = ReportingBurden(units: 10, controls: both, looks: 3)
      #expect(burden.fieldsInYear == 12 * 5 + 6 * 2 + 2 && burden.fields == 740)
    }
  }
}
