import Database
import Ledger
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("A replay of a round")
struct RoundReplayTests {
  /// What a replay finds after a statement has been run behind the product's back, in English.
  private func faults(after statements: String...) async throws -> [String] {
    var faults: [String] = []
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      _ = try await ground.imported(ImportGround.ledger)
      let other = ImportGround.header + "1;02.01.2026;1001;3.22.01;2.9;Varer;1.234,56\n"
      _ = try await ground.imported(ImportGround.budget + "\n", .budget, year: 2026, as: "budget-2026.csv")
      _ = try await ground.imported(other, year: 2026, as: "bog-2026.csv")
      let (round, _) = try made(try await keeper.make(FiscalYear(2025)!, .final, modelText: model))
      try await ground.database.writeAcrossTenants { connection in
        for statement in statements {
          let count = try connection.run(statement)
          #expect(count > 0, "\(statement) changed nothing")
        }
      }
      switch try await keeper.replay(round.id) {
      case .same: faults = ["same"]
      case .differs(let differences): faults = differences.map(\.unit.text)
      case .inputsDiffer(let words): faults = words.map(\.english)
      case .impossible, nil: faults = ["impossible"]
      }
    }
    return faults
  }

  @Test("finds nothing where nothing has changed")
  func untouched() async throws {
    #expect(try await faults() == ["same"])
  }

  @Test("names the unit where a chunk says another sum than its postings")
  func chunkSum() async throws {
    let found = try await faults(
      after:
        "UPDATE ledger_import_chunk SET sum_ore = sum_ore + 100 WHERE import_id = 2 AND unit = '1001' AND month = 1")
    #expect(
      found.first
        == "bog.csv (import 2), the unit 1001: the postings are 1.135,56 kr. (2), but 1.134,56 kr. (2) was recorded")
  }

  @Test("names the account where the postings themselves are others, though count and sum are the same")
  func chunkPostings() async throws {
    let found = try await faults(
      after: """
        UPDATE ledger_import_chunk SET postings =
          (SELECT other.postings FROM ledger_import_chunk AS other WHERE other.import_id = 4 AND other.unit = '1001')
        WHERE import_id = 2 AND unit = '1001' AND month = 1
        """)
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.hasPrefix("bog.csv (import 2), the unit 1001, month 1, account 3.22.01 / ") })
  }

  @Test("says so where the postings cannot be read at all")
  func damaged() async throws {
    let found = try await faults(
      after: "UPDATE ledger_import_chunk SET postings = substr(postings, 1, 2) WHERE import_id = 2 AND unit = '1002'")
    #expect(found.count == 1 && found[0].contains("the unit 1002, month 2: the postings cannot be read"))
  }

  @Test("compares the files' fingerprints with the round's own, and those with the round's whole")
  func hashes() async throws {
    let imported = try await faults(after: "UPDATE ledger_import_file SET content_hash = 'x' WHERE import_id = 2")
    #expect(imported == ["bog.csv (import 2): the file's fingerprint is another than the closing's"])
    let both = try await faults(
      after: "UPDATE ledger_import_file SET content_hash = 'x' WHERE import_id = 2",
      "UPDATE closing_round_input SET content_hash = 'x' WHERE import_id = 2")
    #expect(both.count == 1 && both[0].hasPrefix("2025-1: the closing's fingerprint does not fit"))
  }

  @Test("names the file whose count or sum is another than its postings'")
  func fileSum() async throws {
    let found = try await faults(after: "UPDATE ledger_import_file SET sum_ore = sum_ore + 1 WHERE import_id = 2")
    #expect(found.count == 1 && found[0].hasPrefix("bog.csv (import 2), the whole file: "))
  }
}
