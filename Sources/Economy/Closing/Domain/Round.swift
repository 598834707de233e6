public import Ledger
import RuleKit
public import SteeringCore

/// A closing that has been stored: a fact, frozen with what it was made of. A final round never changes; who wants
/// other figures makes a new one, which says what differs.
public struct Round: Hashable, Sendable {
  /// How far along the year is.
  public enum Status: String, CaseIterable, Sendable {
    /// The figures may still move.
    case preliminary
    /// The figures the council is given.
    case final
  }

  /// Year and number: the round's name.
  public struct ID: Hashable, Sendable {
    /// The closed year.
    public let year: FiscalYear
    /// Its number within the year, from 1.
    public let number: Int

    /// A round's name.
    public init(year: FiscalYear, number: Int) {
      self.year = year
      self.number = number
    }

    /// `2025-3`, as addresses and commands write it.
    public var text: String { "\(year)-\(number)" }

    /// Reads `2025-3`; nil for anything else.
    public init?(_ text: String) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let year = Int(parts[0]).flatMap(FiscalYear.init), let number = Int(parts[1]), number > 0,
        text == "\(year)-\(number)"
      else { return nil }
      self.init(year: year, number: number)
    }
  }

  /// Something the round was made of.
  public struct Input: Hashable, Sendable {
    /// The import's number.
    public let importID: Int64
    /// What it holds.
    public let kind: FileKind
    /// The file's name.
    public let fileName: String
    /// SHA-256 of its bytes.
    public let contentHash: String
    /// How many records it has.
    public let recordCount: Int
  }

  /// Its name.
  public let id: ID
  /// Preliminary or final.
  public let status: Status
  /// When it was made, in seconds since 1 January 1970 UTC.
  public let madeAt: Int64
  /// The model's id.
  public let modelID: String
  /// The model's file, as it was.
  public let modelText: String
  /// The imported files it was made of.
  public let inputs: [Input]
  /// The round whose balances were carried in, where the files had none.
  public let carriedFrom: ID?
  /// SHA-256 over inputs, model and carried-in round: equal for two rounds made of the same things.
  public let inputsHash: String
  /// How all postings are accounted for.
  public let totals: ClosingTotals
}

/// A unit that ends otherwise in one round than in another.
public struct RoundDifference: Hashable, Sendable {
  /// The unit.
  public let unit: UnitCode
  /// How it ended in the earlier round; nil where it was not there.
  public let before: UnitClosing?
  /// How it ends in the later round; nil where it is not there.
  public let after: UnitClosing?

  /// What differs between two rounds, by code. Names, budgets, actuals, carry-in and outcomes count; the trace does
  /// not.
  public static func between(_ earlier: [UnitClosing], _ later: [UnitClosing]) -> [RoundDifference] {
    let before = Dictionary(earlier.map { ($0.unit, $0) }) { first, _ in first }
    let after = Dictionary(later.map { ($0.unit, $0) }) { first, _ in first }
    return Set(before.keys).union(after.keys).sorted().compactMap { unit in
      guard before[unit]?.figures != after[unit]?.figures else { return nil }
      return RoundDifference(unit: unit, before: before[unit], after: after[unit])
    }
  }
}

extension UnitClosing {
  /// What two closings of a unit are compared by.
  struct Figures: Hashable {
    let amounts: [Int64]
    let outcomes: [String]
  }

  var figures: Figures {
    let amounts = [payBudget, otherBudget, base, carriedIn, actualPay, actualOther, result, balance].map(\.ore)
    return Figures(
      amounts: amounts + monthlyCumulated,
      outcomes: [name, verdict.light] + verdict.duties + ["|"] + verdict.reviews)
  }
}
