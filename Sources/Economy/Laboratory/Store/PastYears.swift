import Database
import Ledger
import RuleKit
import SteeringCore

/// The years that are closed, each as the round that stands for it says.
struct PastYears: Sendable {
  /// The round, and its units in the order of their codes.
  let years: [(round: Round, units: [PastUnit])]

  /// Reads them, the newest first. Throws `DatabaseError`.
  init(_ connection: any DatabaseConnection) throws {
    let rounds = RoundStore(connection: connection)
    let imports = ImportStore(connection)
    years = try rounds.rounds().standing.map { round in
      let files = try imports.files(round.inputs.map(\.importID))
      func last(_ kind: FileKind) -> ImportedFile? { files.last { $0.kind == kind } }
      let plans = try last(.plans).map { try imports.plans($0) } ?? [:]
      let mapping = try imports.mapping(last(.accounts)?.id)
      let budget = try last(.budget).map { try imports.budget($0.id, by: mapping) } ?? []
      let rows = Dictionary(budget.map { ($0.unit, $0) }) { first, _ in first }
      let units = try rounds.units(round.id).map { unit in
        PastUnit(
          unit: unit.unit, name: unit.name,
          facts: RuleFacts(
            year: round.id.year, base: unit.budget, carriedIn: unit.carriedIn, result: unit.result,
            balance: unit.balance, plans: plans[unit.unit] ?? []),
          originalBase: rows[unit.unit]?.originalTotal.flatMap { Int64(exactly: $0) }.map { Money(ore: $0) }
            ?? unit.budget, verdict: BriefVerdict(unit.verdict))
      }
      return (round, units)
    }
  }
}
