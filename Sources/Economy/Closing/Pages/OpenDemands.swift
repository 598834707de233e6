import Database
import Ledger
import Organisation
import RuleKit
public import SteeringCore

/// What the model asks of a unit after the latest closing, and nobody has done yet as far as the facts say.
public struct OpenDemand: Hashable, Sendable {
  /// The unit.
  public let unit: UnitCode
  /// Its name.
  public let name: String
  /// The directorate's code; empty for a unit in none.
  public let directorate: String
  /// The duty's or review's id in the model.
  public let id: String
  /// What it is called.
  public let title: Words
  /// What is to be done, and why.
  public let explanation: Words
  /// Where it stands.
  public let citation: Citation
  /// Whether a person must decide, not the unit.
  public let isReview: Bool
}

extension ClosingReader {
  /// What is open after the latest closing. A plan that is made for the closed year settles the duty to make one.
  public func openDemands() async throws -> [OpenDemand] {
    guard let shown = try await shown(nil) else { return [] }
    let year = shown.round.id.year.number
    let planned = try await database.read(tenant) { connection -> Set<UnitCode> in
      let imports = ImportStore(connection)
      var planned: Set<UnitCode> = []
      for file in try imports.current(.plans) {
        for (unit, plans) in try imports.plans(file)
        where plans.contains(where: { $0.kind != .administrative && $0.year >= year }) { planned.insert(unit) }
      }
      return planned
    }
    return shown.units.flatMap { unit -> [OpenDemand] in
      func demands(_ ids: [String], isReview: Bool, _ rule: (String) -> ConsequenceRule?) -> [OpenDemand] {
        ids.compactMap(rule).filter { $0.id != Self.planDuty || !planned.contains(unit.unit) }.map { rule in
          OpenDemand(
            unit: unit.unit, name: unit.name, directorate: shown.tree.directorate(of: unit.unit)?.code.text ?? "",
            id: rule.id, title: rule.name, explanation: rule.explanation, citation: rule.citation, isReview: isReview)
        }
      }
      return demands(unit.verdict.duties, isReview: false, shown.model.duty)
        + demands(unit.verdict.reviews, isReview: true, shown.model.review)
    }
  }

  /// The duty that a plan settles.
  private static let planDuty = "actionPlan"
}
