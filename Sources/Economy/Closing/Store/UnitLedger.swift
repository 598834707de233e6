import Database
import Ledger
import SteeringCore

/// What one unit spent in the ledgers of a round: a sum for each file, month and account, with where it counts.
struct UnitLedger: Sendable {
  /// The postings of one file, month and account together.
  struct Sum: Sendable {
    /// The place of the file among `files`.
    let file: Int
    /// 1...12.
    let month: Int
    let account: AccountCode
    let category: AccountCategory
    /// How many postings.
    let count: Int
    /// Expense is positive.
    let amount: Money
  }

  /// A posting, and where it is from.
  struct Posting: Sendable {
    /// The place of the file among `files`.
    let file: Int
    let month: Int
    let category: AccountCategory
    let stored: StoredPosting
  }

  let unit: UnitCode
  /// The round's ledgers, in the order they were imported.
  let files: [ImportedFile]
  /// By file, month and account. Any of them can be added up without running out of 64 bits.
  let sums: [Sum]

  /// Reads the sums. Throws `ClosingOverflow` where they are beyond any municipality.
  init(_ store: ImportStore, _ unit: UnitCode, _ inputs: [ImportedFile]) throws {
    self.unit = unit
    files = inputs.filter { $0.kind == .ledger }
    let mapping = try store.mapping(inputs.last { $0.kind == .accounts }?.id)
    var sums: [Sum] = []
    for (index, file) in files.enumerated() {
      try store.forEachUnit(file.id, only: unit) { packet in
        try packet.forEachSumOfYear(by: mapping) { sum, category in
          sums.append(
            Sum(
              file: index, month: sum.month, account: AccountCode(function: sum.function, kind: sum.kind),
              category: category, count: sum.count, amount: Money(ore: sum.sumOre)))
        }
      }
    }
    guard sums.reduce(Int128(0), { $0 + Int128($1.amount.ore.magnitude) }) <= Int128(Int64.max) else {
      throw ClosingOverflow(unit: unit)
    }
    self.sums = sums
  }

  /// The postings of a month behind some of its sums, by day, file and line.
  func postings(_ store: ImportStore, month: Int, behind wanted: [Sum]) throws -> [Posting] {
    let wanted = wanted.filter { $0.month == month }
    var found: [Posting] = []
    for file in Set(wanted.map(\.file)).sorted() {
      let categories = Dictionary(
        wanted.filter { $0.file == file }.map { ($0.account, $0.category) }, uniquingKeysWith: { first, _ in first })
      for stored in try store.postings(files[file].id, unit: unit, month: month) {
        guard let category = categories[AccountCode(function: stored.function, kind: stored.kind)] else { continue }
        found.append(Posting(file: file, month: month, category: category, stored: stored))
      }
    }
    return found.sorted { ($0.stored.day, $0.file, $0.stored.line) < ($1.stored.day, $1.file, $1.stored.line) }
  }
}

extension Sequence<UnitLedger.Sum> {
  /// How many postings there are behind the sums.
  var postingCount: Int { reduce(0) { $0 + $1.count } }
  /// What they add up to.
  var amount: Money { reduce(.zero) { $0 + $1.amount } }
}

extension AccountCategory {
  /// Where the account counts, in words.
  var name: Words {
    switch self {
    case .pay: Words("løn", en: "pay")
    case .other: Words("øvrig drift", en: "other operations")
    case .outside: Words("uden for den decentrale økonomi", en: "outside the decentral economy")
    }
  }

  /// The same where it is said in every row of a long list.
  var shortName: Words { self == .outside ? Words("udenfor", en: "outside") : name }
}
