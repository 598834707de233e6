import Database
import DatabaseSQLite
import Foundation
import SteeringCore
import Testing

@Suite("Backups of the embedded database")
struct BackupTests {
  @Test("a backup beside a writer is one picture, stands alone, and restores to the same data")
  func roundTrip() async throws {
    let folder = try TestFolder()
    let database = try SQLiteDatabase.open(path: folder.file("a.sqlite"))
    try await prepare(database)
    try await database.addRound(1, "set", for: eastern)
    let reader = try SQLiteDatabase.openReadOnly(path: folder.file("a.sqlite"))
    try await reader.backup(to: folder.file("b.sqlite"))
    try await reader.close()
    try await database.addRound(2, "efter", for: eastern)
    try await database.close()
    let beside = try FileManager.default.contentsOfDirectory(atPath: folder.file("")).filter { $0.hasPrefix("b.") }
    #expect(beside == ["b.sqlite"])
    let rights = try FileManager.default.attributesOfItem(atPath: folder.file("b.sqlite"))[.posixPermissions] as? Int
    #expect(rights == 0o600)

    try await SQLiteDatabase.restore(folder.file("b.sqlite"), to: folder.file("c.sqlite"))
    let restored = try SQLiteDatabase.open(path: folder.file("c.sqlite"))
    #expect(try await restored.titles(of: eastern) == ["set"])
    try await restored.close()
  }

  @Test("nothing that is there is overwritten, not even the log of a database that is gone")
  func overwritesNothing() async throws {
    let folder = try TestFolder()
    let database = try SQLiteDatabase.open(path: folder.file("a.sqlite"))
    try await prepare(database)
    try Data("andet".utf8).write(to: URL(fileURLWithPath: folder.file("b.sqlite")))
    #expect(await databaseError { try await database.backup(to: folder.file("b.sqlite")) }?.kind == .unavailable)
    #expect(try String(contentsOfFile: folder.file("b.sqlite"), encoding: .utf8) == "andet")
    try await database.backup(to: folder.file("c.sqlite"))
    try Data().write(to: URL(fileURLWithPath: folder.file("d.sqlite-wal")))
    let error = await databaseError {
      try await SQLiteDatabase.restore(folder.file("c.sqlite"), to: folder.file("d.sqlite"))
    }
    #expect(error?.text(.english).contains("d.sqlite-wal") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.file("d.sqlite")))
    try await database.close()
  }

  @Test("a damaged backup is refused, and nothing stands under the new name")
  func damaged() async throws {
    let folder = try TestFolder()
    let database = try SQLiteDatabase.open(path: folder.file("a.sqlite"))
    try await prepare(database)
    for number in 1...300 {
      try await database.addRound(Int64(number), String(repeating: "x", count: 400), for: eastern)
    }
    try await database.backup(to: folder.file("b.sqlite"))
    try await database.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder.file("b.sqlite")))
    for (name, bytes) in [("cut", whole.prefix(whole.count / 2)), ("text", Data("hej".utf8))] {
      try bytes.write(to: URL(fileURLWithPath: folder.file(name)))
      let error = await databaseError {
        try await SQLiteDatabase.restore(folder.file(name), to: folder.file("n.sqlite"))
      }
      #expect(error?.kind == .corrupt, "\(name)")
      #expect(!FileManager.default.fileExists(atPath: folder.file("n.sqlite")))
    }
  }
}
