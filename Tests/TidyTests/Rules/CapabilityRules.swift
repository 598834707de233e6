/// Rules about the folders of capabilities.
enum CapabilityRules {
  static let all = [folders, contract, note, placeholders]

  /// A capability, known by its folder in a slice.
  private struct Capability: Hashable {
    let room: String
    let name: String

    var folder: String { "Sources/\(room)/\(name)" }
    var note: String { "docs/capabilities/\(kebab(name)).md" }
  }

  private static func isSlice(_ room: String?) -> Bool { Room.all[room ?? ""]?.kind == .slice }

  private static func capabilities(of repository: Repository) -> [Capability] {
    let all = repository.sources.filter { isSlice($0.room) && $0.parts.count > 3 }
      .map { Capability(room: String($0.parts[1]), name: String($0.parts[2])) }
    return Set(all).sorted { $0.folder < $1.folder }
  }

  /// `LedgerImport` as a file name: `ledger-import`; letters that stand together stay so: `ITSystems`, `it-systems`.
  static func kebab(_ name: String) -> String {
    let letters = Array(name)
    return letters.indices.reduce(into: "") { out, index in
      let startsWord = letters[index].isUppercase && index > 0
      let followsSmall = startsWord && !letters[index - 1].isUppercase
      let precedesSmall = startsWord && index + 1 < letters.count && letters[index + 1].isLowercase
      out += (followsSmall || precedesSmall ? "-" : "") + letters[index].lowercased()
    }
  }

  private static let folders = HouseRule(
    name: "a slice holds capabilities, a folder each",
    instead: "move the file into the folder of the capability that it belongs to",
    planted: ["Sources/Economy/Helpers.swift": "let a = 1\n"],
    kept: ["Sources/Economy/Placeholder.swift": "\n", "Sources/Ledger/Posting.swift": "let a = 1\n"]
  ) { repository in
    repository.sources.filter { isSlice($0.room) && $0.parts.count == 3 && $0.parts[2] != "Placeholder.swift" }
      .map { Place(path: $0.path, line: 0, what: "it lies in no capability") }
  }

  private static let contract = HouseRule(
    name: "a capability says what it offers in <Name>Capability.swift",
    instead: "add the file with the one struct that StyrehusApp lists",
    planted: ["Sources/Economy/BudgetReview/Domain/A.swift": "let a = 1\n"],
    kept: ["Sources/Economy/Closing/Domain/A.swift": "", "Sources/Economy/Closing/ClosingCapability.swift": ""]
  ) { repository in
    capabilities(of: repository).filter { !repository.has("\($0.folder)/\($0.name)Capability.swift") }.map {
      Place(path: firstFile(of: $0, repository), line: 0, what: "\($0.name)Capability.swift is missing in its folder")
    }
  }

  private static let note = HouseRule(
    name: "a capability has its note in docs/capabilities",
    instead: "write the page first: purpose, source, words, outcomes, permissions",
    planted: ["Sources/Register/TaskMap/TaskMapCapability.swift": ""],
    kept: [
      "Sources/Register/ITSystems/ITSystemsCapability.swift": "", "docs/capabilities/it-systems.md": "# IT systems\n",
    ]
  ) { repository in
    capabilities(of: repository).filter { !repository.has($0.note) }.map {
      Place(path: firstFile(of: $0, repository), line: 0, what: "\($0.note) is missing")
    }
  }

  private static let placeholders = HouseRule(
    name: "a furnished room keeps no placeholder",
    instead: "delete Placeholder.swift",
    planted: ["Tests/LedgerTests/Placeholder.swift": "\n"],
    kept: ["Tests/OrganisationTests/Placeholder.swift": "\n", "Tests/LedgerTests/PostingTests.swift": "\n"]
  ) { repository in
    repository.files.filter { $0.parts.last == "Placeholder.swift" }.filter { file in
      let folder = file.parts.dropLast().joined(separator: "/") + "/"
      return repository.files.contains { $0.path != file.path && $0.path.hasPrefix(folder) }
    }
    .map { Place(path: $0.path, line: 0, what: "the room has other files by now") }
  }

  private static func firstFile(of capability: Capability, _ repository: Repository) -> String {
    repository.sources.first { $0.path.hasPrefix(capability.folder + "/") }?.path ?? capability.folder
  }
}
