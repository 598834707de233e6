import Ledger
import RuleKit
import SteeringCore
import SurfaceKit

/// What to think of before a round is made, beside its figures. Nothing of it stops the round.
struct RoundRemarks {
  let closing: Closing
  let books: YearBooks
  let model: SteeringModel
  /// The round that stands for the year before.
  let earlier: EarlierRound?
  /// The last round of the same year.
  let last: Round?

  /// How many units a remark names; the rest are counted.
  private static let named = 5
  private static let tooLarge = Words("mere, end der kan vises", en: "more than can be shown")

  var all: [Words] {
    [withoutBase, withoutLedger, modelNotInForce, finalAlready, admitted, carriedInTwice, otherwiseCarriedIn].compactMap
    { $0 }
  }

  private var withoutBase: Words? {
    let count = closing.units.count { $0.verdict.light == SteeringModel.noLight }
    if count == 0 { return nil }
    return count == 1
      ? Words(
        "1 enhed har intet budget at måle imod og får ingen indikator.",
        en: "1 unit has no budget to measure against and gets no light.")
      : Words(
        "\(count) enheder har intet budget at måle imod og får ingen indikator.",
        en: "\(count) units have no budget to measure against and get no light.")
  }

  private var withoutLedger: Words? {
    books.files.contains { $0.kind == .ledger }
      ? nil : Words("Der er ingen bogføring for året endnu.", en: "There is no ledger for the year yet.")
  }

  private var modelNotInForce: Words? {
    model.isInForce(on: books.year.lastDay)
      ? nil
      : Words(
        "Styringsmodellen gælder ikke den sidste dag i året.",
        en: "The steering model is not in force on the last day of the year.")
  }

  private var finalAlready: Words? {
    guard let last, last.status == .final else { return nil }
    return Words(
      "Året har allerede en endelig opgørelse, nr. \(last.id.number). Den bliver stående; den nye siger, "
        + "hvad der er anderledes.",
      en: "The year has a final closing already, no. \(last.id.number). It stays; the new one says what differs.")
  }

  /// Units that are here only because of the balance they ended the year before with.
  private var admitted: Words? {
    guard let earlier, !books.admitted.isEmpty else { return nil }
    let count = books.admitted.count
    let list = named(books.admitted) { unit, format in
      "\(unit) (\(format.exact(earlier.ends[unit]?.balance ?? .zero)))"
    }
    let id = earlier.id.text
    let (danish, english) = (list.danish, list.english)
    return Words(
      "\(count) \(count == 1 ? "enhed" : "enheder") står ikke i årets filer, men sluttede opgørelse \(id) med en "
        + "saldo og er med med budget 0: \(danish). Er saldoen flyttet til en anden enhed, så indlæs overførsler, hvor "
        + "den er 0.",
      en: "\(count) \(count == 1 ? "unit is" : "units are") not in the year's files, but ended closing \(id) with a "
        + "balance and \(count == 1 ? "is" : "are") here with budget 0: \(english). Where the balance has moved to "
        + "another unit, import a carry-over that says 0.")
  }

  /// Units whose budget and carry-over file say different balances.
  private var carriedInTwice: Words? {
    let count = books.carriedInTwice.count
    if count == 0 { return nil }
    return Words(
      "\(count == 1 ? "1 enhed har" : "\(count) enheder har") ét beløb overført i budgettet og et andet i filen "
        + "med overførsler. Budgettets tal bruges.",
      en: "\(count == 1 ? "1 unit has" : "\(count) units have") one amount carried in in the budget and another "
        + "in the carry-over file. The budget's figure is used.")
  }

  /// Units whose files say another balance carried in than the one they ended the year before with; a unit that is gone
  /// carries in nothing.
  private var otherwiseCarriedIn: Words? {
    guard let earlier else { return nil }
    let carriedIn = Dictionary(
      books.facts.map { ($0.budget.unit, $0.carriedIn) }, uniquingKeysWith: { first, _ in first })
    let units = Set(carriedIn.keys).union(earlier.ends.keys)
    let gaps = units.reduce(into: [UnitCode: Int128]()) { gaps, unit in
      let gap = Int128(carriedIn[unit]?.ore ?? 0) - Int128(earlier.ends[unit]?.balance.ore ?? 0)
      if gap != 0 { gaps[unit] = gap }
    }
    if gaps.isEmpty { return nil }
    let list = named(gaps.keys.sorted()) { unit, format in
      let before = format.exact(earlier.ends[unit]?.balance ?? .zero)
      let now = format.exact(carriedIn[unit] ?? .zero)
      return "\(unit) (\(before) → \(now))"
    }
    let id = earlier.id.text
    let many = gaps.count != 1
    let gap = Int64(exactly: gaps.values.reduce(0, +)).map(Money.init(ore:))
    let sum = Format.words { format in gap.map(format.exact) ?? Self.tooLarge(format.language) }
    return Words(
      "Overførslerne stemmer ikke med opgørelse \(id): \(gaps.count) \(many ? "enheder" : "enhed") får en anden saldo "
        + "med ind, end den sluttede med, i alt \(sum.danish): \(list.danish).",
      en: "What is carried in does not tie with closing \(id): \(gaps.count) \(many ? "units carry" : "unit carries") "
        + "in another balance than they ended with, \(sum.english) in all: \(list.english).")
  }

  private func named(_ units: [UnitCode], _ text: (UnitCode, Format) -> String) -> Words {
    let rest = units.count - Self.named
    return Format.words { format in
      let shown = units.prefix(Self.named).map { text($0, format) }.joined(separator: ", ")
      if rest <= 0 { return shown }
      return shown + (format.language == .danish ? " og \(rest) mere" : " and \(rest) more")
    }
  }
}
