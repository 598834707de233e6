import Database
import Foundation
import SteeringCore
import StyrehusTesting
import Testing

@testable import DatabaseSQLite

@Suite("The database file")
struct SQLiteFileTests {
  @Test("What was written is there when the file is opened again, by itself and in private")
  func reopened() async throws {
    let folder = try TestFolder()
    let path = folder.file("a.sqlite")
    let database = try SQLiteDatabase.open(path: path)
    try await prepare(database)
    try await database.addRound(1, "bevaret", for: eastern)
    try await database.close()
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"), "closing moves the log into the file")
    let again = try SQLiteDatabase.open(path: path)
    #expect(try await again.titles(of: eastern) == ["bevaret"])
    let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(rights == 0o600)
    try await again.close()
  }

  @Test("The writer waits for the disk at every commit, before and after writing; foreign keys and WAL are on")
  func durable() async throws {
    let folder = try TestFolder()
    let database = try SQLiteDatabase.open(path: folder.file("a.sqlite"))
    for _ in 0..<2 {
      let settings = try await database.inspectWriter { connection in
        [
          try connection.row("PRAGMA synchronous")?.value("synchronous"),
          try connection.row("PRAGMA foreign_keys")?.value("foreign_keys"),
          try connection.row("PRAGMA journal_mode")?.value("journal_mode"),
        ]
      }
      #expect(settings == [2, 1, "wal"])
      try await prepare(database)
    }
    try await database.close()
  }

  @Test("The line for the log names version and file, and says when the lock is what keeps the file whole")
  func described() async throws {
    let folder = try TestFolder()
    let database = try SQLiteDatabase.open(path: folder.file("a.sqlite"))
    for text in [database.description.danish, database.description.english] {
      #expect(text.contains("SQLite \(SQLiteDatabase.version)"))
      #expect(text.contains(folder.file("a.sqlite")))
    }
    #expect(database.description.danish.contains("én skriver"))
    try await database.close()
  }

  @Test("A second writer is refused with the holder's process number and what to do; closing lets the next one in")
  func secondWriter() async throws {
    let folder = try TestFolder()
    let path = folder.file("a.sqlite")
    let database = try SQLiteDatabase.open(path: path)
    let error = await databaseError { try SQLiteDatabase.open(path: path) }
    let mine = ProcessInfo.processInfo.processIdentifier
    #expect(error?.kind == .locked(by: mine))
    #expect(error?.text(.danish).contains("proces \(mine)") == true)
    #expect(error?.text(.english).contains("kill \(mine)") == true)
    #expect(error?.text(.danish).contains(path) == true)
    try await database.close()
    try await SQLiteDatabase.open(path: path).close()
  }

  @Test("The lock holds between processes, and ends with the process that held it")
  func otherProcess() async throws {
    let folder = try TestFolder()
    let path = folder.file("a.sqlite")
    try Data("4711\n".utf8).write(to: URL(fileURLWithPath: path + ".lock"))
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    holder.arguments = ["--no-fork", path + ".lock", "sh", "-c", "touch \(path).held; exec sleep 300"]
    try holder.start()
    defer { if holder.isRunning { holder.terminate() } }
    while !FileManager.default.fileExists(atPath: path + ".held") { try await Task.sleep(for: .milliseconds(10)) }
    let error = await databaseError { try SQLiteDatabase.open(path: path) }
    #expect(error?.kind == .locked(by: 4711))
    #expect(!FileManager.default.fileExists(atPath: path), "the refused process leaves the data alone")
    holder.terminate()
    holder.waitUntilExit()
    try await SQLiteDatabase.open(path: path).close()
  }

  @Test("A file is the same file by whatever path it is reached")
  func symbolicLinks() async throws {
    let folder = try TestFolder()
    try FileManager.default.createDirectory(atPath: folder.file("real"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: folder.file("real"))
    let database = try SQLiteDatabase.open(path: folder.file("link/a.sqlite"))
    let error = await databaseError { try SQLiteDatabase.open(path: folder.file("real/a.sqlite")) }
    #expect(error?.kind == .locked(by: ProcessInfo.processInfo.processIdentifier))
    try await database.close()
  }

  @Test("Others may read beside the writer and see what is finished; they cannot write")
  func readOnly() async throws {
    let folder = try TestFolder()
    let path = folder.file("a.sqlite")
    let database = try SQLiteDatabase.open(path: path)
    try await prepare(database)
    let reader = try SQLiteDatabase.openReadOnly(path: path)
    try await database.addRound(1, "set", for: eastern)
    #expect(try await reader.titles(of: eastern) == ["set"])
    let error = await databaseError { try await reader.addRound(2, for: eastern) }
    #expect(error?.kind == .misuse)
    try await reader.close()
    try await database.addRound(2, "videre", for: eastern)
    #expect(try await database.titles(of: eastern) == ["set", "videre"])
    try await database.close()
  }

  @Test("A file that is not there cannot be opened for reading, nor one in a folder that is not there for writing")
  func absent() async throws {
    let folder = try TestFolder()
    let path = folder.file("none.sqlite")
    let reading = await databaseError { try SQLiteDatabase.openReadOnly(path: path) }
    #expect(reading?.kind == .unavailable)
    #expect(reading?.message.danish.contains(path) == true)
    #expect(!FileManager.default.fileExists(atPath: path))
    let writing = await databaseError { try SQLiteDatabase.open(path: folder.file("none/a.sqlite")) }
    #expect(writing?.kind == .unavailable)
  }

  @Test("A file that is no database is refused and left as it is")
  func notADatabase() async throws {
    let folder = try TestFolder()
    let path = folder.file("a.sqlite")
    let text = Data(String(repeating: "Dette er et brev. ", count: 500).utf8)
    try text.write(to: URL(fileURLWithPath: path))
    let error = await databaseError { try SQLiteDatabase.open(path: path) }
    #expect(error?.kind == .corrupt)
    #expect(error?.message.danish.contains(path) == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
  }

  @Test("A sound database has no problems; a damaged one and a broken reference are found", arguments: [true, false])
  func integrity(thorough: Bool) async throws {
    let depth = thorough ? IntegrityDepth.thorough : .quick
    let folder = try TestFolder()
    let path = folder.file("a.sqlite")
    var database = try SQLiteDatabase.open(path: path)
    try await prepare(database)
    let numbers = (0..<5_000).map(Int64.init)
    _ = try await database.write(eastern) { connection in
      try connection.runMany(insertRound, ["number": .integers(numbers), "title": .same("en runde med en titel")])
    }
    #expect(try await database.integrityProblems(depth) == [])

    try await database.inspectWriter { connection in
      try connection.run("PRAGMA foreign_keys = OFF")
      try connection.run("INSERT INTO remark (tenant, round, words) VALUES ('oesterby', 9999, 'x')")
    }
    #expect(
      try await database.integrityProblems(depth) == ["a row of remark refers to a missing row of round"])
    try await database.close()

    // One page in the middle is overwritten, as a failing disk would.
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seek(toOffset: 4096 * 20)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    try file.close()
    database = try SQLiteDatabase.open(path: path)
    let broken = "a row of remark refers to a missing row of round"
    #expect(try await database.integrityProblems(depth).contains { $0 != broken })
    let error = await databaseError { try await database.titles(of: eastern).count }
    #expect(error?.kind == .corrupt)
    try await database.close()
  }

  @Test("A full disk is said in those words, nothing half is kept, and work goes on when there is room again")
  func diskFull() async throws {
    let folder = try TestFolder()
    let database = try SQLiteDatabase.open(path: folder.file("a.sqlite"))
    try await prepare(database)
    try await database.addRound(1, for: eastern)
    // SQLite refuses to grow beyond this number of pages as it would on a full disk.
    _ = try await database.inspectWriter { try $0.rows("PRAGMA max_page_count = 1").count }
    let bulk: @Sendable (any DatabaseConnection) throws -> Int = { connection in
      try connection.runMany(
        insertRound, ["number": .integers((2..<20_000).map(Int64.init)), "title": .same("fylder op")])
    }
    let error = await databaseError { try await database.write(eastern, bulk) }
    #expect(error?.kind == .diskFull)
    #expect(error?.text(.danish).contains("ikke mere plads") == true)
    #expect(try await database.titles(of: eastern) == ["Foreløbig"])
    _ = try await database.inspectWriter { try $0.rows("PRAGMA max_page_count = 1000000").count }
    #expect(try await database.write(eastern, bulk) == 19_998)
    try await database.close()
  }

  @Test("A temporary database is gone when it is closed")
  func temporary() async throws {
    let database = try SQLiteDatabase.temporary()
    #expect(FileManager.default.fileExists(atPath: database.path))
    try await database.close()
    #expect(!FileManager.default.fileExists(atPath: database.path))
  }

  @Test("A temporary database that nobody closes is gone when nobody uses it")
  func forgotten() throws {
    func path() throws -> String { try SQLiteDatabase.temporary().path }
    #expect(!FileManager.default.fileExists(atPath: try path()))
  }
}
