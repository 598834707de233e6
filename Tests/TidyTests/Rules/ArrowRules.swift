/// Which way the arrows run.
enum ArrowRules {
  static let all = [imports, reservedModules, pureKernel, manifest, knownRooms]

  /// The modules that a file imports: `import X`, `public import struct X.Y`, `@testable import X`.
  private static func imports(of file: SourceFile) -> [Match] {
    let kinds = "(?:(?:struct|class|enum|protocol|func|let|var|typealias) )?"
    return matches(
      of: #"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+ )?import "# + kinds + #"(\w+)"#, in: file.swift?.code ?? "")
  }

  private static let imports = HouseRule(
    name: "imports follow the arrows of the house",
    instead:
      "ask for what you need through a closure that StyrehusApp fills, or move the code to the room that owns it",
    planted: [
      "Sources/Ledger/A.swift": "import SteeringCore\nimport Database\n",
      "Sources/Economy/Closing/B.swift": "public import Register\n",
      "Sources/Register/C.swift": "internal import struct StyrehusApp.Thing\n",
      "Sources/Governance/D.swift": "import DatabaseSQLite\n",
      "Sources/SurfaceKit/E.swift": "@testable import Economy\n",
    ],
    kept: [
      "Sources/Ledger/A.swift": "import SteeringCore\n// import Database\n",
      "Sources/Economy/Closing/B.swift": "public import RuleKit\nimport Database\nimport Economy\nimport Hummingbird\n",
      "Sources/StyrehusApp/C.swift": "import DatabaseSQLite\nimport Economy\n",
    ]
  ) { repository in
    repository.sources.flatMap { file in
      imports(of: file).filter { found in
        guard Room.all[found.group] != nil, found.group != file.room else { return false }
        return Room.all[file.room ?? ""]?.mayUse.contains(found.group) != true
      }
      .map { Place(path: file.path, line: $0.line, what: "\(file.room ?? "") may not know \($0.group)") }
    }
  }

  private static let reservedModules = HouseRule(
    name: "only the drivers know their database library",
    instead: "use the types of Database",
    planted: [
      "Sources/Economy/A.swift": "import GRDB\n", "Sources/Database/B.swift": "import GRDBSQLite\n",
      "Sources/DatabaseSQLite/C.swift": "import CLibpq\n",
    ],
    kept: ["Sources/DatabaseSQLite/A.swift": "internal import GRDB\n"]
  ) { repository in
    repository.sources.flatMap { file in
      imports(of: file).filter { Room.reserved[$0.group].map { !$0.contains(file.room ?? "") } ?? false }
        .map { Place(path: file.path, line: $0.line, what: "\(file.room ?? "") imports \($0.group)") }
    }
  }

  private static let pureKernel = HouseRule(
    name: "the kernel is pure: no Foundation, nothing from outside",
    instead: "let an edge or a slice do it and pass the kernel a value; Room.kernelMayImport names the exceptions",
    planted: [
      "Sources/SteeringCore/A.swift": "import Foundation\n",
      "Sources/RuleKit/B.swift": "#if canImport(Glibc)\n  import Glibc\n#endif\n",
    ],
    kept: ["Sources/Ledger/A.swift": "import Synchronization\n", "Sources/Database/B.swift": "import Foundation\n"]
  ) { repository in
    repository.sources.filter { Room.all[$0.room ?? ""]?.kind == .kernel }.flatMap { file in
      imports(of: file).filter { Room.all[$0.group] == nil && Room.kernelMayImport[$0.group] == nil }
        .map { Place(path: file.path, line: $0.line, what: "\(file.room ?? "") imports \($0.group)") }
    }
  }

  private static let manifest = HouseRule(
    name: "Package.swift draws only the arrows of the house",
    instead: "take the dependency out of the target's line; a slice gets what it needs through StyrehusApp",
    planted: [
      "Package.swift": """
      let kernel: [Target.Dependency] = ["SteeringCore", "Ledger"]
      let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
      let package = Package(
        targets: [
          room("Economy", kernel + [grdb]),
          room(
            "Register",
            kernel + ["Economy"]),
        ]
      )
      """
    ],
    kept: [
      "Package.swift": """
      let kernel: [Target.Dependency] = ["SteeringCore", "Ledger"]
      let package = Package(
        products: [.executable(name: "styrehus", targets: ["styrehus"])],
        targets: [
          // room("Economy", ["Register"])
          room("Economy", kernel + ["Database"]),
          tests("EconomyTests", ["Economy", "StyrehusTesting"]),
        ]
      )
      """
    ]
  ) { repository in
    repository.files.filter { $0.path == "Package.swift" }.flatMap { file in
      Manifest(file.text).targets.flatMap { target -> [Place] in
        guard let room = Room.all[target.name] else { return [] }
        let wrong = target.dependencies.filter { name in
          Room.reserved[name].map { !$0.contains(target.name) }
            ?? (Room.all[name] != nil && !room.mayUse.contains(name))
        }
        return wrong.sorted().map { Place(path: file.path, line: target.line, what: "\(target.name) depends on \($0)") }
      }
    }
  }

  private static let knownRooms = HouseRule(
    name: "every target is a room of the house",
    instead:
      "find the room that the code belongs to, or add the new one to Room.all and to docs/DECISIONS.md with a reason",
    planted: [
      "Package.swift":
        "let package = Package(\n  targets: [\n    room(\"Utilities\"),\n    tests(\"Checks\", []),\n  ]\n)\n",
      "Sources/Helpers/A.swift": "",
    ],
    kept: [
      "Package.swift":
        "let package = Package(\n  targets: [\n    room(\"Ledger\"),\n    tests(\"LedgerTests\", []),\n  ]\n)\n",
      "Sources/CLibpq/shim.swift": "",
    ]
  ) { repository in
    let targets = repository.files.filter { $0.path == "Package.swift" }.flatMap { file in
      Manifest(file.text).targets
        .filter { !Room.isKnown($0.name) && !isTestsOfARoom($0.name) }
        .map { Place(path: file.path, line: $0.line, what: "nobody knows the room \($0.name)") }
    }
    let folders = repository.files.filter { $0.room.map { !Room.isKnown($0) } ?? false }
      .map { Place(path: $0.path, line: 0, what: "it lies in no room") }
    return targets + folders
  }

  private static func isTestsOfARoom(_ name: String) -> Bool {
    name == "TidyTests" || name.hasSuffix("Tests") && Room.isKnown(String(name.dropLast(5)))
  }
}
