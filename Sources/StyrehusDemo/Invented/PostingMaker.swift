import SteeringCore

/// A posting of the invented ledger.
struct Posting {
  /// Month · 100 + day.
  let date: Int
  /// The unit's place among the units of the year.
  let unit: Int
  /// Place in the catalogue's texts.
  let text: Int
  /// Øre, expense positive.
  let amount: Int64
}

/// Makes a unit's postings of a year so that the ones inside the decentral economy add up to the øre.
struct PostingMaker {
  let catalogue: PostingCatalogue
  let year: FiscalYear
  private(set) var postings: [Posting] = []

  init(catalogue: PostingCatalogue, year: FiscalYear) {
    self.catalogue = catalogue
    self.year = year
    postings.reserveCapacity(45_000)
  }

  /// Adds the postings of a unit that is to leave the year with `balance`, and returns the sum of those inside its
  /// decentral economy, in øre. Three quarters of what the year differs from the budget lie in the pay.
  mutating func add(_ unitYear: UnitYear, place: Int, leavingWith balance: Int64) -> Int64 {
    let budget = unitYear.budget
    let result = balance - unitYear.carriedIn
    let pay = budget.pay - result * 3 / 4
    let other = budget.base - result - pay
    let first = postings.count
    addPay(unitYear, place, total: pay)
    addIncomeAndPurchases(unitYear, place, total: other)
    let inside = postings[first...].reduce(0) { $0 + $1.amount }
    addOutside(unitYear, place)
    return inside
  }

  private mutating func add(_ amount: Int64, _ text: Int, _ place: Int, month: Int, day: Int64) {
    guard amount != 0 else { return }
    postings.append(Posting(date: month * 100 + Int(day), unit: place, text: text, amount: amount))
  }

  /// Pay at the end of the month, refunds in its middle.
  private mutating func addPay(_ unitYear: UnitYear, _ place: Int, total: Int64) {
    var numbers = unitYear.unit.numbers("pay", year)
    let season = unitYear.unit.kind.season.pay
    var refunds: Int64 = 0
    for line in catalogue.pay where line.share < 0 {
      let weights = unitYear.months.map { line.months[$0 - 1] * numbers.draw(60...140) }
      let whole = unitYear.budget.pay * line.share / 1_000 * numbers.draw(50...150) / 100
      for (month, amount) in zip(unitYear.months, parts(of: whole, by: weights)) {
        add(amount, line.text, place, month: month, day: numbers.draw(12...22))
        refunds += amount
      }
    }
    var lines: [(text: Int, month: Int)] = []
    var weights: [Int64] = []
    for line in catalogue.pay where line.share > 0 {
      for month in unitYear.months where line.months[month - 1] > 0 {
        lines.append((line.text, month))
        weights.append(line.share * line.months[month - 1] * season[month - 1] * numbers.draw(980...1_020))
      }
    }
    for (line, amount) in zip(lines, parts(of: total - refunds, by: weights)) {
      add(amount, line.text, place, month: line.month, day: Int64(CalendarDate.days(in: line.month, of: year.number)))
    }
  }

  /// Income month by month and a few credit notes, then invoices for the rest.
  private mutating func addIncomeAndPurchases(_ unitYear: UnitYear, _ place: Int, total: Int64) {
    let (unit, months) = (unitYear.unit, unitYear.months)
    var numbers = unit.numbers("purchases", year)
    let season = unit.kind.season.purchases
    let goods = catalogue.purchases(of: unit.kind)
    let choice = goods.map(\.weight)

    var rest = total
    let income = unitYear.budget.income * numbers.draw(97...103) / 100
    let incomeWeights = months.map { season[$0 - 1] * numbers.draw(85...115) }
    for (month, amount) in zip(months, parts(of: -income, by: incomeWeights)) {
      add(amount, catalogue.income, place, month: month, day: numbers.draw(3...27))
      rest -= amount
    }
    for _ in 0..<numbers.draw(0...2) {
      let credit = -numbers.draw(20_000...900_000)
      let month = Int(numbers.draw(Int64(months.lowerBound)...Int64(months.upperBound)))
      let good = goods[numbers.place(by: choice)]
      add(credit, good.creditText, place, month: month, day: numbers.draw(1...28))
      rest -= credit
    }
    addInvoices(unitYear, place, total: rest, goods, &numbers)
  }

  private mutating func addInvoices(
    _ unitYear: UnitYear, _ place: Int, total: Int64, _ goods: [PostingCatalogue.Purchase],
    _ numbers: inout SeededNumbers
  ) {
    let season = unitYear.unit.kind.season.purchases
    let choice = goods.map(\.weight)
    let wasThere = FiscalYear(year.number - 1).flatMap { unitYear.unit.months(of: $0) } != nil
    var invoices: [(text: Int, month: Int, day: Int64)] = []
    var weights: [Int64] = []
    for month in unitYear.months {
      let count = max(1, unitYear.unit.kind.invoices * (100 + season[month - 1]) / 200 + numbers.draw(-1...1))
      // The whole month's weight follows the season, however many invoices the month happens to have.
      let weight = season[month - 1] * 1_000 / count
      for _ in 0..<count {
        let good = goods[numbers.place(by: choice)]
        let late = month == 1 && wasThere && numbers.draw(0...99) < 35
        let day = late ? numbers.draw(2...20) : month == 12 ? numbers.draw(1...31) : numbers.draw(1...28)
        invoices.append((late ? good.lateText : good.text, month, day))
        weights.append(weight * good.size * numbers.draw(30...170))
      }
    }
    for (invoice, amount) in zip(invoices, parts(of: total, by: weights)) {
      add(amount, invoice.text, place, month: invoice.month, day: invoice.day)
    }
  }

  /// Energy, buildings, large IT systems, jubilees and the maternity pool: paid centrally, in nobody's balance.
  private mutating func addOutside(_ unitYear: UnitYear, _ place: Int) {
    var numbers = unitYear.unit.numbers("outside", year)
    let expenses = unitYear.budget.pay + unitYear.budget.purchases
    for line in catalogue.outside where !(line.isEnergy && unitYear.unit.kind.paysEnergy) {
      guard numbers.draw(0...99) < line.frequency else { continue }
      let whole = expenses * line.share / 1_000 * numbers.draw(70...130) / 100
      let weights = unitYear.months.map { line.months[$0 - 1] * numbers.draw(85...115) }
      for (month, amount) in zip(unitYear.months, parts(of: whole, by: weights)) {
        add(amount, line.text, place, month: month, day: numbers.draw(5...26))
      }
    }
  }
}
