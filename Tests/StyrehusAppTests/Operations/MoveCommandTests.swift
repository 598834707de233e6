import ArgumentParser
import Database
import DatabasePostgres
import DatabaseSQLite
import Foundation
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Synchronization
import Testing

@testable import StyrehusApp

@Suite("styrehus move")
struct MoveCommandTests {
  private final class Heard: Sendable {
    let output = Mutex<[UInt8]>([])
    let said = Mutex<[String]>([])
  }

  private struct Outcome {
    let status: Int32
    let lines: [Substring]
    let said: [String]
  }

  private func move(from source: String, to target: String, _ language: Language = .english) async throws -> Outcome {
    let heard = Heard()
    let terminal = Terminal(language: language) { bytes in
      heard.output.withLock { $0 += bytes }
    } say: { line in
      heard.said.withLock { $0.append(line) }
    }
    let command = try MoveCommand.parse(["--from", source, "--to", target])
    let status = try await Terminal.$current.withValue(terminal) {
      do {
        try await command.run()
        return Int32(0)
      } catch let code as ExitCode {
        return code.rawValue
      }
    }
    let output = heard.output.withLock { String(decoding: $0, as: UTF8.self) }
    return Outcome(status: status, lines: output.split(separator: "\n"), said: heard.said.withLock { $0 })
  }

  /// Lends a folder whose file `town.sqlite` holds the small town.
  private func withTown(_ body: (URL) async throws -> Void) async throws {
    let folder = URL.temporaryDirectory.appending(path: "styrehus-move-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = try SQLiteDatabase.open(path: folder.appending(path: "town.sqlite").path)
    do {
      try await SmallTown.fill(try await Installation(on: database))
    } catch {
      try await database.close()
      throw error
    }
    try await database.close()
    try await body(folder)
  }

  private func address(_ folder: URL, _ name: String) -> String { "sqlite:" + folder.appending(path: name).path }

  /// What a table's line says: name, number of rows, the beginning of its fingerprint.
  private func proofs(_ outcome: Outcome) -> [[Substring]] {
    outcome.lines.map { $0.split(separator: " ") }.filter { $0.count == 3 && $0[2].count == 12 }
  }

  @Test("a town moves to PostgreSQL and back, table by table the same", .enabled(if: TestedDatabase.isPostgresExpected))
  func thereAndBack() async throws {
    try await withTown { folder in
      let schema = try ThrowawayPostgres.shared.newSchema()
      let server = try await PostgresDatabase.open(schema.address, limits: .forTests)
      try await server.writeAcrossTenants { _ = try $0.run("CREATE SCHEMA \(schema.name)") }
      try await server.close()
      let there = try await move(from: address(folder, "town.sqlite"), to: schema.address)
      let back = try await move(from: schema.address, to: address(folder, "back.sqlite"))
      #expect(there.status == 0 && back.status == 0, "\(there.said) \(back.said)")
      #expect(proofs(there) == proofs(back))
      let rows = Dictionary(uniqueKeysWithValues: proofs(there).map { (String($0[0]), String($0[1])) })
      let made = Capabilities.migrations.flatMap(\.statements).count { $0.hasPrefix("CREATE TABLE") }
      #expect(made > 17 && rows.count == made, "\(rows)")
      #expect(rows["organisation_register_unit"] == "4" && rows["closing_round"] == "2")
      #expect(rows["ledger_import_draft"] == "0")
      #expect(there.lines.suffix(1) == ["the new database is sound and every posting agrees"])
      #expect(there.lines.dropLast().last?.hasSuffix("in \(made) tables were moved, and nothing differs") == true)
    }
  }

  @Test("every table that a capability makes is moved")
  func everyTable() async throws {
    try await withTown { folder in
      let outcome = try await move(from: address(folder, "town.sqlite"), to: address(folder, "new.sqlite"), .danish)
      #expect(outcome.status == 0)
      let made = try Capabilities.migrations.flatMap(\.statements).map { try SQLStatement($0) }
        .filter { $0.text.hasPrefix("CREATE TABLE") }.map(\.table)
      #expect(proofs(outcome).map { String($0[0]) } == made)
      #expect(outcome.lines.last == "den nye database er hel, og alle posteringer stemmer")
    }
  }

  @Test("a target with data is refused, also in Danish, and a source that is not there is not made")
  func refusals() async throws {
    try await withTown { folder in
      let town = address(folder, "town.sqlite")
      let other = address(folder, "other.sqlite")
      #expect(try await move(from: town, to: other).status == 0)
      let again = try await move(from: town, to: other, .danish)
      #expect(again.status == 69 && again.lines == [])
      #expect(again.said.last?.hasPrefix("Databasen, der flyttes til, er ikke tom:") == true, "\(again.said)")
      let missing = try await move(from: address(folder, "none.sqlite"), to: address(folder, "new.sqlite"))
      #expect(missing.status == 69 && missing.said.last?.hasPrefix("There is no database at ") == true)
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "none.sqlite").path))
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "new.sqlite").path))
      // A source that somebody writes to, here the move itself.
      #expect(try await move(from: town, to: town).status == 69)
    }
  }

  @Test("an address that is none is refused")
  func noAddress() async throws {
    #expect(try await move(from: "mysql://here", to: "sqlite:x").status == 69)
  }
}
