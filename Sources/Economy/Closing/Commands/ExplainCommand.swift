public import ArgumentParser
import Ledger
import RuleKit
import SteeringCore
import SurfaceKit

/// `styrehus explain UNIT`: why one unit stands where it stands.
public struct ExplainCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain one unit's closing: numbers, rules, sources and rows.")

  @Argument(help: "The agreement unit's code.")
  var unit: String

  @OptionGroup var options: ClosingOptions

  @Flag(help: "Name every row, however many there are.")
  var allRows = false

  /// An empty command, to be parsed.
  public init() {}

  /// Closes the year and prints the unit's trace.
  public func run() throws {
    let terminal = Terminal.current
    try ClosingRefusal.telling(terminal) {
      let code = UnitCode(unit)
      let outcome = try FileClosing(options, terminal.language, ClosingNeeds.current).run(watching: code)
      guard let closing = outcome.closing.units.first(where: { $0.unit == code }),
        let facts = outcome.facts.first(where: { $0.budget.unit == code })
      else {
        let near = outcome.closing.units.map(\.unit.text).filter { $0.hasPrefix(unit.prefix(1)) }.prefix(5)
        let hint = near.isEmpty ? "" : " (\(near.joined(separator: ", ")) …)"
        throw ClosingRefusal.one(
          .badInput,
          Words("enheden \(unit) står ikke i budgettet\(hint)", en: "the unit \(unit) is not in the budget\(hint)"),
          terminal.language)
      }
      for line in outcome.remarks { terminal.say(line) }
      let text = UnitExplanation(
        closing: closing, facts: facts, model: outcome.model, year: outcome.closing.year, language: terminal.language,
        rows: RowSources(watch: outcome.watch, ledgers: options.ledger, all: allRows), budgetFile: options.budget,
        carryOver: options.carryOver.map { "\($0):\(outcome.carryOverLines[code] ?? 0)" })
      try terminal.write(Array(text.lines.map { $0.onOneLine + "\n" }.joined().utf8))
    }
  }
}

/// Which rows of which ledgers made a unit's sums.
struct RowSources {
  let watch: PostingWatch?
  let ledgers: [String]
  let all: Bool

  /// Lines like `L.csv: 2, 5–9 (6 rows, 1.234,56)` for the postings of a category, by function and kind of account.
  func lines(_ category: AccountCategory, _ language: Language) -> [String] {
    let groups = (watch?.groups ?? [:]).filter { $0.key.category == category }
    let ordered = groups.sorted {
      ($0.key.file, $0.key.function, $0.key.kind) < ($1.key.file, $1.key.function, $1.key.kind)
    }
    return ordered.map { group, rows in
      let account = [group.function, group.kind].filter { !$0.isEmpty }.joined(separator: " / ")
      let number = rows.lines.count
      let count = (number == 1 ? Words("1 række", en: "1 row") : Words("\(number) rækker", en: "\(number) rows"))(
        language)
      let sum = Int64(exactly: rows.ore).map { Money(ore: $0).withOre.written(language) } ?? "–"
      return "  \(account): \(sum) (\(count))  \(ledgers[group.file]):\(Self.ranges(rows.lines, all: all))"
    }
  }

  /// `2,5–9,14`; the first twelve stretches unless all are wanted.
  static func ranges(_ lines: [Int], all: Bool) -> String {
    var stretches: [(Int, Int)] = []
    for line in lines {
      if let last = stretches.last, line == last.1 + 1 {
        stretches[stretches.count - 1].1 = line
      } else {
        stretches.append((line, line))
      }
    }
    let shown = all ? stretches[...] : stretches.prefix(12)
    let text = shown.map { $0 == $1 ? "\($0)" : "\($0)–\($1)" }.joined(separator: ",")
    return text + (shown.count < stretches.count ? ",…" : "")
  }
}

extension String {
  /// A Danish number as the language writes it: English has its points and commas the other way round.
  fileprivate func written(_ language: Language) -> String {
    language == .danish ? self : String(map { $0 == "." ? "," : $0 == "," ? "." : $0 })
  }
}

/// One unit's closing in words: the ladder of amounts, then each rule with its parameter and source.
struct UnitExplanation {
  let closing: UnitClosing
  let facts: UnitFacts
  let model: SteeringModel
  let year: FiscalYear
  let language: Language
  let rows: RowSources
  let budgetFile: String
  /// Where in the file with balances carried in the unit stands; nil without such a file.
  let carryOver: String?

  private func say(_ danish: String, _ english: String) -> String { language == .danish ? danish : english }

  var lines: [String] { heading + ladder + rules + plans }

  private var heading: [String] {
    let light = model.light(closing.verdict.light)?.name(language) ?? say("ingen indikator", "no light")
    let share = closing.balanceBasisPoints.map { ", " + Percentage(basisPoints: $0).text.written(language) } ?? ""
    return [
      "\(closing.unit) \(closing.name), \(year), \(model.id)",
      say("Balance ", "Balance ") + closing.balance.withOre.written(language) + " kr." + share + ": " + light,
      say("Krav: ", "Duties: ") + list(closing.verdict.duties),
      say("Vurderinger: ", "Reviews: ") + list(closing.verdict.reviews),
      "",
    ]
  }

  private func list(_ ids: [String]) -> String { ids.isEmpty ? say("ingen", "none") : ids.joined(separator: ", ") }

  private var ladder: [String] {
    var lines = [
      amount(say("Lønbudget", "Pay budget"), closing.payBudget, place(facts.budget.payLines)),
      amount(say("Øvrigt budget", "Other budget"), closing.otherBudget, place(facts.budget.otherLines)),
      amount(say("Grundlag for procenten: ", "Base of the percentage: ") + model.base.name(language), closing.base, ""),
      amount(say("Forbrug, løn", "Spent on pay"), closing.actualPay, ""),
    ]
    lines += rows.lines(.pay, language)
    lines.append(amount(say("Forbrug, øvrig", "Spent on other"), closing.actualOther, ""))
    lines += rows.lines(.other, language)
    let outside = Money.sum(facts.actuals.outside.map { Money(ore: $0) })
    lines.append(amount(say("Uden for den decentrale økonomi (tæller ikke)", "Outside (does not count)"), outside, ""))
    lines += rows.lines(.outside, language)
    lines += [
      amount(say("Resultat = budget − forbrug", "Result = budget − spent"), closing.result, "R-66"),
      amount(say("Overført fra tidligere år", "Carried in"), closing.carriedIn, carriedInFrom),
      amount(say("Balance = overført + resultat", "Balance = carried in + result"), closing.balance, "R-73, R-75"),
      "",
    ]
    return lines
  }

  private var carriedInFrom: String {
    switch facts.carriedInFrom {
    case .budget: "\(budgetFile):\(facts.budget.line)"
    case .carryOver: carryOver ?? ""
    case .earlierRound, .nowhere: say("står ingen steder, så 0", "stands nowhere, so 0")
    }
  }

  /// Where in the budget file an amount stands.
  private func place(_ lines: [Int]) -> String {
    if lines.isEmpty { return say("ikke i budgettet", "not in the budget") }
    return "\(budgetFile):\(RowSources.ranges(lines, all: rows.all))"
  }

  private func amount(_ name: String, _ money: Money?, _ source: String) -> String {
    let value = money?.withOre.written(language) ?? say("for stort til at vise", "too large to show")
    let gap = String(repeating: " ", count: max(2, 66 - name.count - value.count))
    return name + gap + value + (source.isEmpty ? "" : "  [\(source)]")
  }

  private var rules: [String] {
    closing.verdict.steps.flatMap { step in
      let mark = step.holds ? say("gælder", "holds") : say("gælder ikke", "does not hold")
      let parameters = step.parameters.map { "\($0.id) = \($0.value.words(language)) [\($0.citation.rule)]" }
      return [
        "\(step.ruleID) (\(step.name(language))): \(mark). \(step.sentence(language))",
        "  [\(step.citation.rule); \(step.citation.source)]"
          + (parameters.isEmpty ? "" : "  " + parameters.joined(separator: "; ")),
      ]
    }
  }

  private var plans: [String] {
    facts.plans.isEmpty
      ? []
      : [""]
        + facts.plans.map { plan in
          let word = PlanFile.kinds.first { $0.kind == plan.kind }?.word ?? ""
          let approved =
            plan.approvedOn.map { say("godkendt ", "approved ") + $0.iso } ?? say("ikke godkendt", "not approved")
          let repaid = plan.repaidBy.map { say(", tilbagebetalt senest ", ", repaid by ") + String($0) } ?? ""
          let place = plan.origin.map { "  [\($0.file):\($0.line)]" } ?? ""
          return say("Plan: ", "Plan: ") + "\(word) \(plan.year), \(approved)\(repaid)\(place)"
        }
  }
}
