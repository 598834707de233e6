public import Ledger
import RuleKit
public import SteeringCore
import SurfaceKit

/// The closing as files, exactly as the closing contract says.
public enum ClosingFiles {
  /// The JSON of a closing. `unknown` is given when unknown units were allowed.
  public static func json(_ closing: Closing, unknown: [(unit: UnitCode, tally: ClosingSums.Tally)]?) -> [UInt8] {
    var out = JSONText()
    let totals = closing.totals
    out.object { out in
      out.number("year", Int64(closing.year.number))
      out.string("model", closing.modelID)
      out.object("totals") { out in
        out.number("lines", Int64(totals.all.lines))
        out.number("allOre", totals.all.ore)
        out.number("insideOre", totals.inside.ore)
        out.number("outsideOre", totals.outside.ore)
        out.number("ignoredOre", totals.ignored.ore)
        out.number("unknownOre", totals.unknown.ore)
        out.number("ignoredLines", Int64(totals.ignored.lines))
        out.number("unknownLines", Int64(totals.unknown.lines))
      }
      out.array("units", closing.units) { out, unit in append(unit, to: &out) }
      if let unknown {
        out.array("unknownUnits", unknown) { out, row in
          out.object { out in
            out.string("unit", row.unit.text)
            out.number("lines", Int64(row.tally.lines))
            out.number("ore", row.tally.ore)
          }
        }
      }
    }
    out.bytes.append(UInt8(ascii: "\n"))
    return out.bytes
  }

  private static func append(_ unit: UnitClosing, to out: inout JSONText) {
    out.newLine()
    out.object { out in
      out.string("unit", unit.unit.text)
      out.string("name", unit.name)
      for (key, amount) in amounts(unit) { out.number(key, amount.ore) }
      out.number("balanceBasisPoints", unit.balanceBasisPoints)
      out.string("light", unit.verdict.light)
      out.array("duties", unit.verdict.duties) { $0.string(nil, $1) }
      out.array("reviews", unit.verdict.reviews) { $0.string(nil, $1) }
      out.array("monthlyCumulatedOre", unit.monthlyCumulated) { $0.number(nil, $1) }
    }
  }

  private static func amounts(_ unit: UnitClosing) -> [(StaticString, Money)] {
    [
      ("payBudgetOre", unit.payBudget), ("otherBudgetOre", unit.otherBudget), ("baseOre", unit.base),
      ("carriedInOre", unit.carriedIn), ("actualPayOre", unit.actualPay), ("actualOtherOre", unit.actualOther),
      ("resultOre", unit.result), ("balanceOre", unit.balance),
    ]
  }

  /// The CSV of a closing: the JSON's unit keys as columns, amounts in kr. with decimal comma, lists joined by `+`.
  public static func csv(_ closing: Closing) -> [UInt8] {
    var table = CSVText()
    table.record(
      ["unit", "name", "payBudgetOre", "otherBudgetOre", "baseOre", "carriedInOre", "actualPayOre", "actualOtherOre"]
        + ["resultOre", "balanceOre", "balanceBasisPoints", "light", "duties", "reviews", "monthlyCumulatedOre"])
    for unit in closing.units {
      let points = unit.balanceBasisPoints.map { String($0) } ?? ""
      table.record(
        [CSVText.text(unit.unit.text), CSVText.text(unit.name)] + amounts(unit).map { $0.1.forFile }
          + [points, unit.verdict.light, unit.verdict.duties.joined(separator: "+")]
          + [unit.verdict.reviews.joined(separator: "+")]
          + [unit.monthlyCumulated.map { Money(ore: $0).forFile }.joined(separator: "+")])
    }
    return table.bytes
  }

  /// The closing as a table for people, in their language.
  public static func table(_ closing: Closing, _ lightName: (String) -> String, _ language: Language) -> [UInt8] {
    let heads = [
      Words("Enhed", en: "Unit"), Words("Navn", en: "Name"), Words("Budget", en: "Budget"),
      Words("Overført", en: "Carried in"), Words("Forbrug", en: "Spent"), Words("Resultat", en: "Result"),
      Words("Balance", en: "Balance"), Words("%", en: "%"), Words("Indikator", en: "Light"),
      Words("Krav og vurderinger", en: "Duties and reviews"),
    ]
    var rows = [heads.map { $0(language) }]
    for unit in closing.units {
      let points = unit.balanceBasisPoints.map { Percentage(basisPoints: $0).text } ?? "–"
      let spent = Money.sum([unit.actualPay, unit.actualOther]) ?? .zero
      let budget = Money.sum([unit.payBudget, unit.otherBudget]) ?? .zero
      rows.append(
        [unit.unit.text, String(unit.name.prefix(36)), budget.withOre, unit.carriedIn.withOre, spent.withOre]
          + [unit.result.withOre, unit.balance.withOre, points, lightName(unit.verdict.light)]
          + [(unit.verdict.duties + unit.verdict.reviews).joined(separator: " ")])
    }
    rows = rows.map { $0.map(\.onOneLine) }
    let widths = heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var out = ""
    for row in rows {
      let cells = row.enumerated().map { index, cell in
        let blanks = String(repeating: " ", count: widths[index] - cell.count)
        return (2...7).contains(index) ? blanks + cell : cell + blanks
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      out += line + "\n"
    }
    return Array(out.utf8)
  }
}
