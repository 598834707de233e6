import Foundation
import StyrehusTesting
import Testing

/// The short form of `make faults ARM=calls`: the same preloaded library, at a few of the calls.
@Suite("An import on a disk that fails")
struct FaultyDiskTests {
  private static let postings = 900
  private static let none: [Int64] = [0, 0, 0]
  private static let all: [Int64] = [1, Int64(postings), Int64(postings)]

  /// A database with a budget, files to import, and the library that makes calls go wrong.
  private struct Bench {
    let styrehus: ImportingProduct
    let files: ImportFiles
    private let library: URL
    private let before: URL
    private let log: URL
    let said: URL

    init(in folder: URL) async throws {
      let data = folder.appendingPathComponent("data")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      styrehus = ImportingProduct(folder: data)
      files = try ImportFiles(postings: FaultyDiskTests.postings, in: folder)
      library = folder.appendingPathComponent("shim.so")
      before = folder.appendingPathComponent("before.sqlite")
      log = folder.appendingPathComponent("log")
      said = folder.appendingPathComponent("said")
      try await compile()
      let budget = try styrehus.start("import", "budget", files.budget, "--year", "2025")
      try await budget.ended()
      try #require(budget.terminationStatus == 0)
      try FileManager.default.copyItem(atPath: styrehus.database, toPath: before.path)
    }

    private func compile() async throws {
      var root = URL(fileURLWithPath: #filePath)
      for _ in 0..<4 { root.deleteLastPathComponent() }
      let compiler = Process()
      compiler.executableURL = URL(fileURLWithPath: "/usr/bin/cc")
      compiler.arguments = [
        "-shared", "-fPIC", "-O2", "-o", library.path, root.appendingPathComponent("Faults/shim.c").path, "-ldl",
      ]
      try compiler.start()
      try await compiler.ended()
      try #require(compiler.terminationStatus == 0)
    }

    /// Puts the database before the import in place.
    func lay() throws {
      for name in try FileManager.default.contentsOfDirectory(atPath: styrehus.folder.path) {
        try FileManager.default.removeItem(at: styrehus.folder.appendingPathComponent(name))
      }
      try FileManager.default.copyItem(atPath: before.path, toPath: styrehus.database)
      try? FileManager.default.removeItem(at: log)
    }

    /// Imports the ledger, with a fault at one call, or with none.
    func importLedger(_ kind: String = "", at call: Int? = nil) async throws -> Process {
      var environment = [
        "LD_PRELOAD": library.path, "FAULT_UNDER": styrehus.folder.path + "/", "FAULT_LOG": log.path,
        "FAULT_KIND": kind, "SWIFT_BACKTRACE": "enable=no", "LC_ALL": "en_GB.UTF-8", "LANG": "en_GB.UTF-8",
      ]
      environment["FAULT_AT"] = call.map(String.init)
      let process = try styrehus.start(
        "import", "ledger", files.ledger, "--year", "2025", environment: environment, said: said)
      try await process.ended()
      return process
    }

    /// The calls of the last import, in order: what was called, and on which file.
    func calls() throws -> [(name: Substring, path: Substring)] {
      try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map { line in
        let parts = line.split(separator: " ", maxSplits: 3)
        return (parts[1], parts[3])
      }
    }
  }

  private func withBench(_ body: (Bench) async throws -> Void) async throws {
    // The library compares paths as the kernel says them.
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("styrehus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(try await Bench(in: folder))
  }

  @Test("at a call of its database leaves nothing or the whole file, and the next attempt has it all")
  func disturbed() async throws {
    try await withBench { bench in
      try bench.lay()
      #expect(try await bench.importLedger().terminationStatus == 0)
      #expect(try await bench.styrehus.contents() == Self.all)
      let count = try bench.calls().count
      try #require(count > 40)
      var refused = 0
      for (offset, kind) in ["kill", "torn", "enospc", "full", "eio"].enumerated() {
        for call in stride(from: 1 + offset * 3, through: count, by: count / 4) {
          try bench.lay()
          let process = try await bench.importLedger(kind, at: call)
          let isDone = process.terminationReason == .exit && process.terminationStatus == 0
          let found = try await bench.styrehus.contents()
          #expect(found == Self.all || (!isDone && found == Self.none), "\(kind) at call \(call)")
          if !isDone { refused += 1 }
          let again = try bench.styrehus.start("import", "ledger", bench.files.ledger, "--year", "2025")
          try await again.ended()
          #expect(again.terminationStatus == 0, "again after \(kind) at call \(call)")
          #expect(try await bench.styrehus.contents() == Self.all, "again after \(kind) at call \(call)")
        }
      }
      #expect(refused > 5)
    }
  }

  @Test("and has no room for the index of its log says that the disk is full")
  func noRoomForTheIndex() async throws {
    try await withBench { bench in
      try bench.lay()
      _ = try await bench.importLedger()
      let index = try #require(try bench.calls().firstIndex { $0.name == "pwrite" && $0.path.hasSuffix("-shm") })
      try bench.lay()
      #expect(try await bench.importLedger("full", at: index + 1).terminationStatus == 74)
      let said = try String(contentsOf: bench.said, encoding: .utf8)
      #expect(said.contains("There is no room left on the disk. Nothing was changed."))
      #expect(try await bench.styrehus.contents() == Self.none)
    }
  }

  @Test("that says it has written what it has not is caught by the same look")
  func planted() async throws {
    try await withBench { bench in
      try bench.lay()
      _ = try await bench.importLedger()
      let calls = try bench.calls()
      let writes = calls.indices.filter { calls[$0].name == "pwrite" && calls[$0].path.hasSuffix("-wal") }
      var caught = 0
      for index in writes.suffix(8) {
        try bench.lay()
        let process = try await bench.importLedger("drop", at: index + 1)
        let found = try? await bench.styrehus.contents()
        if process.terminationStatus == 0, found != Self.all { caught += 1 }
      }
      #expect(caught > 0)
    }
  }
}
