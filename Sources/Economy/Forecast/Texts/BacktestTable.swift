import SteeringCore
import SurfaceKit

extension ForecastBacktest.Contender {
  /// Its name in the table.
  var name: Words {
    switch self {
    case .straightLine: Words("ret linje", en: "straight line")
    case .lastYearsPattern: Words("sidste års mønster", en: "last year's pattern")
    case .budget: Words("budgettet", en: "the budget")
    case .chosen: Words("valgt", en: "chosen")
    }
  }
}

extension ForecastBacktest {
  /// The table for people: a heading that says which data it is, then a line for each period and method, all together
  /// last. `source` is the name of the data.
  func table(_ source: Words, _ language: Language) -> String {
    let forecast = years.map(\.description).joined(separator: ", ")
    let title = Words(
      "Efterprøvning på \(source.danish): \(forecast) efter hver af \(periods) perioder, kun ud fra årene før.",
      en: "Back-test on \(source.english): \(forecast) after each of \(periods) periods, from the years before only.")
    let unit = Words(
      "Fejl i hundrededele procent af enhedens budget; skævhed over nul er for lyse prognoser.",
      en: "Errors in basis points of the unit's budget; a bias above zero is forecasts that were too bright.")
    let heads = [
      Words("efter", en: "after"), Words("metode", en: "method"), Words("middelfejl", en: "mean error"),
      Words("median", en: "median"), Words("skævhed", en: "bias"),
      Words("i 80 %-intervallet", en: "in the 80 % interval"), Words("enhedsår", en: "unit years"),
    ].map { $0(language) }
    let format = Format(language)
    let rows =
      [heads]
      + lines.map { line in
        [
          line.known.map(String.init) ?? Words("alle", en: "all")(language), line.contender.name(language),
          "\(line.meanAbsolute)", "\(line.median)", "\(line.bias)",
          line.coverage.map(format.percent) ?? "–", format.number(line.count),
        ]
      }
    let widths = heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let table = rows.map { row in
      row.enumerated().map { index, cell in
        let blanks = String(repeating: " ", count: widths[index] - cell.count)
        return index == 1 ? cell + blanks : blanks + cell
      }.joined(separator: "  ")
    }
    return ([title(language), unit(language), ""] + table).map { $0 + "\n" }.joined()
  }
}
