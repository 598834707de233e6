import RuleKit
import SteeringCore
import Testing

/// A text that is no condition: the column of the trouble, and words that the message must hold.
struct BrokenCondition: Sendable, CustomTestStringConvertible {
  let text: String
  let purpose: ConditionReader.Purpose
  let column: Int
  let read: String
  let remedy: String

  init(
    _ text: String, _ purpose: ConditionReader.Purpose = .consequence, column: Int, read: String, remedy: String
  ) {
    self.text = text
    self.purpose = purpose
    self.column = column
    self.read = read
    self.remedy = remedy
  }

  var testDescription: String { text }
}

@Suite("A condition is read from one line")
struct ConditionReaderTests {
  @Test("every form is read to its clauses")
  func forms() {
    let clauses = TestModels.condition(
      "  carriedIn<0 and result >= +surplus.explanationPct and balance<=-deficit.redPct and plan not kept "
        + "and base missing and light is yellow or none "
    ).clauses
    let surplus = TestModels.parameters[0]
    let deficit = TestModels.parameters[1]
    let five = Percentage(basisPoints: 500)
    #expect(
      clauses == [
        .compare(.carriedIn, .below, .zero),
        .compare(.result, .atLeast, .share(five, negative: false, parameter: surplus)),
        .compare(.balance, .atMost, .share(five, negative: true, parameter: deficit)),
        .planNotKept, .baseMissing, .lightIs(["yellow", "none"]),
      ])
  }

  @Test("a condition tells its parameters once each and the lights it asks about")
  func parameters() {
    let condition = TestModels.condition(
      "balance < -deficit.redPct and result < deficit.redPct and deficit for negative.consecutiveYears "
        + "and no approved plan looks plan.viewYears ahead and light is red")
    #expect(condition.parameters.map(\.id) == ["deficit.redPct", "negative.consecutiveYears", "plan.viewYears"])
    #expect(condition.lights == ["red"])
    #expect(!condition.isOtherwise)
    #expect(TestModels.condition("otherwise", .light).isOtherwise)
  }

  @Test("a condition tells its meaning in plain words")
  func meaning() {
    let rows: [(String, String, String)] = [
      (
        "balance >= -deficit.redPct and carriedIn <= 0",
        "saldoen er mindst -5 % af det korrigerede budget, og overført fra tidligere år er højst 0 kr.",
        "the balance is at least -5 % of the adjusted budget, and the amount carried in is at most DKK 0"
      ),
      ("light is red or none", "indikatoren er rød eller ingen", "the light is red or none"),
      (
        "deficit for negative.consecutiveYears", "saldoen er negativ to år i træk",
        "the balance is negative two years in a row"
      ),
      (
        "no approved plan looks plan.viewYears ahead",
        "der ikke er en godkendt handleplan, som rækker mindst 2 år frem og stadig løber",
        "there is no approved action plan that looks at least 2 years ahead and still runs"
      ),
      ("plan not kept", "en handleplan ikke er overholdt", "an action plan is not kept"),
      ("base missing", "der ikke er et positivt budget", "there is no positive budget"),
    ]
    for (text, danish, english) in rows {
      #expect(TestModels.condition(text).meaning(in: TestModels.model()) == Words(danish, en: english))
    }
    #expect(
      Condition.otherwise.meaning(in: TestModels.model())
        == Words("ingen af de foregående passer", en: "none of those before fits"))
  }

  @Test("where no parameter would fit, the remedy is to add one")
  func noParameter() throws {
    let error = try #require(throws: ConditionError.self) {
      try ConditionReader(parameters: [], lights: []).read("deficit for x", for: .consequence)
    }
    #expect(error.remedy.english == "first add a parameter that fits here")
  }

  static let all = "'balance', 'carriedIn', 'result', 'deficit', 'no', 'plan', 'base', 'light'"
  static let broken = [
    BrokenCondition("", column: 1, read: "ends too early", remedy: all),
    BrokenCondition("saldo < 0", column: 1, read: "'saldo'", remedy: all),
    BrokenCondition("balance", column: 8, read: "ends too early", remedy: "'<', '<=', '>', '>='"),
    BrokenCondition("balance = 0", column: 9, read: "'='", remedy: "'<', '<=', '>', '>='"),
    BrokenCondition("balance =< 0", column: 9, read: "'=<'", remedy: "'<', '<=', '>', '>='"),
    BrokenCondition("balance <", column: 10, read: "ends too early", remedy: "'0', 'deficit.redPct'"),
    BrokenCondition("balance < 5", column: 11, read: "'5'", remedy: "'0', 'deficit.redPct'"),
    BrokenCondition("balance < -0", column: 12, read: "'0'", remedy: "'deficit.redPct'"),
    BrokenCondition("balance < -deficit.bluePct", column: 12, read: "'deficit.bluePct'", remedy: "'deficit.redPct'"),
    BrokenCondition("balance < plan.viewYears", column: 11, read: "2 years, not a percentage", remedy: "a percentage"),
    BrokenCondition("balance < forecast.planThreshold", column: 11, read: "not set, not a percentage", remedy: "a p"),
    BrokenCondition("balance < negative.pct", column: 11, read: "is negative", remedy: "without a sign"),
    BrokenCondition("balance < 0 or result < 0", column: 13, read: "'or'", remedy: "write 'and'"),
    BrokenCondition("balance < 0 and", column: 16, read: "ends too early", remedy: all),
    BrokenCondition("deficit in plan.viewYears", column: 9, read: "'in'", remedy: "write 'for'"),
    BrokenCondition("deficit for deficit.redPct", column: 13, read: "5 %, not a number", remedy: "a number of years"),
    BrokenCondition("deficit for three.years", column: 13, read: "3 years", remedy: "1 or 2 years"),
    BrokenCondition("no plan", column: 4, read: "'plan'", remedy: "write 'approved'"),
    BrokenCondition(
      "no approved plan looks 2 ahead", column: 24, read: "'2'",
      remedy: "one of: 'negative.consecutiveYears', 'plan.viewYears'"),
    BrokenCondition("no approved plan looks plan.viewYears", column: 38, read: "ends too early", remedy: "'ahead'"),
    BrokenCondition("plan kept", column: 6, read: "'kept'", remedy: "write 'not'"),
    BrokenCondition("base < 0", column: 6, read: "'<'", remedy: "write 'missing'"),
    BrokenCondition("light is purple", column: 10, read: "'purple'", remedy: "'green', 'yellow', 'red', 'none'"),
    BrokenCondition("light is red or", column: 16, read: "ends too early", remedy: "'none'"),
    BrokenCondition("otherwise", column: 1, read: "'otherwise'", remedy: all),
    BrokenCondition("light is red", .light, column: 1, read: "'light'", remedy: "'base', 'otherwise'"),
    BrokenCondition("balance < 0 and otherwise", .light, column: 17, read: "together", remedy: "alone"),
    BrokenCondition("otherwise and balance < 0", .light, column: 1, read: "together", remedy: "alone"),
  ]

  @Test("says what is wrong, where, and what to write instead", arguments: broken)
  func brokenConditions(_ row: BrokenCondition) throws {
    let error = try #require(throws: ConditionError.self) {
      try TestModels.reader.read(row.text, for: row.purpose)
    }
    #expect(error.column == row.column)
    #expect(error.read.english.contains(row.read), "\(error.read.english)")
    #expect(error.remedy.english.contains(row.remedy), "\(error.remedy.english)")
    #expect(error.read.danish != error.read.english && error.remedy.danish != error.remedy.english)
  }
}
