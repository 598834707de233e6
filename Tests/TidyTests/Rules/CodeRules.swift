/// Rules about what stands in the code.
enum CodeRules {
  static let all = [floatingPoint, taskType, forcedErrors, printing, statements, besides, testing]

  /// Files that may use floating point although money is counted in their room, and why.
  private static let mayFloat: [String: String] = [:]

  private static func places(_ pattern: String, in repository: Repository, where isCovered: (SourceFile) -> Bool)
    -> [Place]
  {
    repository.sources.filter(isCovered).flatMap { file in
      matches(of: pattern, in: file.swift?.code ?? "").map { found in
        Place(path: file.path, line: found.line, what: "it says “\(found.text)”")
      }
    }
  }

  private static let floatingPoint = HouseRule(
    name: "no floating point where money is counted",
    instead: "use Money (whole øre), Percentage (basis points) or whole numbers; a drawing belongs to SurfaceKit",
    planted: [
      "Sources/Ledger/A.swift": "let share: Double = 1\n", "Sources/Economy/Closing/B.swift": "let rate = 0.05\n",
      "Sources/SteeringCore/C.swift": "func f(_ x: [Float]) {}\n",
      "Sources/RuleKit/D.swift": "let text = \"\\(Double(1))\"\n",
    ],
    kept: [
      "Sources/Ledger/A.swift": "// never a Double\nlet text = \"0.05 Double\"\nlet first = pair.0\nlet x = $0.1\n",
      "Sources/SurfaceKit/B.swift": "let width: Double = 0.5\n",
    ]
  ) { repository in
    places(#"\b(?:Double|Float|Float16|Float32|Float64|CGFloat|Decimal)\b|(?<![\w$.])\d[\d_]*\.\d+"#, in: repository) {
      Room.countsMoney.contains($0.room ?? "") && mayFloat[$0.path] == nil
    }
  }

  private static let taskType = HouseRule(
    name: "no type is called Task",
    instead: "say which task: AdministrativeTask, Job, Duty",
    planted: ["Sources/Register/A.swift": "struct Task {}\n", "Sources/Economy/B.swift": "typealias Task = Int\n"],
    kept: ["Sources/Register/A.swift": "struct TaskGroup {}\nlet work = Task { 1 }\n"]
  ) { repository in
    places(#"\b(?:struct|class|enum|actor|protocol|typealias)\s+Task\b"#, in: repository) { _ in true }
  }

  private static let forcedErrors = HouseRule(
    name: "no error is forced away",
    instead: "throw, return a finding, or unwrap with a guard that says what went wrong",
    planted: ["Sources/Ledger/A.swift": "let a = try! read()\n", "Sources/Ledger/B.swift": "let b = a as! Int\n"],
    kept: [
      "Sources/Ledger/A.swift": "let a = try read()\nlet b = a as? Int\n",
      // In test support a trap is a failed test.
      "Sources/StyrehusTesting/B.swift": "let a = try! read()\n",
    ]
  ) { repository in
    places(#"\btry!|\bas!"#, in: repository) { $0.room != "StyrehusTesting" }
  }

  private static let printing = HouseRule(
    name: "only commands print",
    instead: "return the text and let a command print it; a server writes to its log",
    planted: ["Sources/Ledger/A.swift": "print(1)\n", "Sources/Economy/Closing/B.swift": "Swift.print(1)\n"],
    kept: [
      "Sources/Economy/Closing/Commands/A.swift": "print(1)\n", "Sources/styrehus/main.swift": "print(1)\n",
      "Sources/Ledger/B.swift": "page.print(1)\nfunc print(_ line: Int) {}\n// print(1)\n",
    ]
  ) { repository in
    places(#"(?<![\w.])(?<!func )(?:Swift\.)?(?:debugPrint|print)\("#, in: repository) {
      !$0.lies(in: "Commands") && $0.room != "styrehus"
    }
  }

  private static let statements = HouseRule(
    name: "SQL stands in Store and Migrations",
    instead: "add a named operation to the capability's Store and call that",
    planted: [
      "Sources/Economy/Closing/Pages/A.swift": "let sql = \"SELECT * FROM economy_round\"\n",
      "Sources/StyrehusApp/B.swift": "let sql = \"\"\"\n  UPDATE round\n  SET final = 1\n  \"\"\"\n",
      "Sources/Register/C.swift": "let sql = \"INSERT OR IGNORE INTO unit (code) VALUES (:code)\"\n",
    ],
    kept: [
      "Sources/Economy/Closing/Store/A.swift": "let sql = \"DELETE FROM draft WHERE id = :id\"\n",
      "Sources/Economy/Closing/Migrations/B.swift": "let sql = \"INSERT INTO a SELECT * FROM b\"\n",
      "Sources/Database/C.swift": "let sql = \"SELECT 1\"\n",
      "Sources/SurfaceKit/D.swift": "// SELECT is a statement\nlet text = \"Select a unit\"\n",
    ]
  ) { repository in
    let sql = #"\bSELECT\s|\bINSERT\s+(?:OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\S+\s+SET\b|\bDELETE\s+FROM\b"#
    return repository.sources.filter { file in
      !file.lies(in: "Store") && !file.lies(in: "Migrations") && file.room?.hasPrefix("Database") != true
    }
    .flatMap { file in
      matches(of: sql, in: file.swift?.literals ?? "").map {
        Place(path: file.path, line: $0.line, what: "it holds SQL")
      }
    }
  }

  private static let besides = HouseRule(
    name: "only the database's own rooms and the door write beside a transaction",
    instead: "use write, so that nobody changes what another one is deciding on",
    planted: ["Sources/Economy/Closing/Store/A.swift": "try await database.writeBeside(tenant) { _ in }\n"],
    kept: [
      "Sources/Database/Jobs/A.swift": "try await database.writeBeside(tenant) { _ in }\n",
      "Sources/Economy/Closing/Store/B.swift": "try await database.write(tenant) { _ in }\n",
      "Sources/Governance/Login/Store/A.swift": "try await database.writeBeside(tenant) { _ in }\n",
    ]
  ) { repository in
    places(#"\bwriteBeside\b"#, in: repository) {
      $0.room?.hasPrefix("Database") != true && !$0.path.hasPrefix("Sources/Governance/Login/")
    }
  }

  private static let testing = HouseRule(
    name: "tests are written with Swift Testing",
    instead: "import Testing; `make test` runs nothing else",
    planted: ["Tests/LedgerTests/A.swift": "import XCTest\n"],
    kept: ["Tests/LedgerTests/A.swift": "import Testing\n"]
  ) { repository in
    repository.files.flatMap { file in
      matches(of: #"^\s*(?:@\w+ )?import XCTest\b"#, in: file.swift?.code ?? "")
        .map { Place(path: file.path, line: $0.line, what: "it imports XCTest") }
    }
  }
}
