/// Numbers that keep rooms liveable.
enum SizeRules {
  static let all = [files, lines, functions]

  private static let fileLimit = 500
  private static let lineLimit = 120
  private static let functionLimit = 70

  private static func isWrittenByHand(_ file: SourceFile) -> Bool {
    file.swift != nil || file.path.hasSuffix(".sh") || file.parts.last == "Makefile"
  }

  private static let files = HouseRule(
    name: "a file has at most 500 lines",
    instead: "give the second subject of the file a file of its own, with a name that says what it is",
    planted: ["Sources/Ledger/Long.swift": String(repeating: "let a = 1\n", count: fileLimit + 1)],
    kept: [
      "Sources/Ledger/Full.swift": String(repeating: "let a = 1\n", count: fileLimit),
      "Sources/StyrehusDemo/units.csv": String(repeating: "1;2\n", count: fileLimit + 1),
    ]
  ) { repository in
    repository.files.filter(isWrittenByHand).compactMap { file in
      let count =
        file.text.split(separator: "\n", omittingEmptySubsequences: false).count - (file.text.last == "\n" ? 1 : 0)
      return count > fileLimit ? Place(path: file.path, line: fileLimit + 1, what: "the file has \(count) lines") : nil
    }
  }

  private static let lines = HouseRule(
    name: "a line has at most 120 characters",
    instead: "break the line, or give a part of it a name",
    planted: ["Scripts/a.sh": "true\n" + String(repeating: "å", count: lineLimit + 1)],
    kept: ["Scripts/a.sh": String(repeating: "å", count: lineLimit) + "\n"]
  ) { repository in
    repository.files.filter(isWrittenByHand).flatMap { file in
      file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
        guard line.count > lineLimit else { return nil }
        return Place(path: file.path, line: index + 1, what: "the line has \(line.count) characters")
      }
    }
  }

  private static let functions = HouseRule(
    name: "a function has at most 70 lines",
    instead: "take a step out of it that can be named, or make data of what it repeats",
    planted: [
      "Sources/Ledger/A.swift": "func long() {\n" + String(repeating: "  work()\n", count: functionLimit - 1) + "}\n",
      "Sources/Ledger/B.swift": "var view: Int {\n" + String(repeating: "  work()\n", count: functionLimit) + "}\n",
    ],
    kept: [
      "Sources/Ledger/A.swift": "func full() {\n" + String(repeating: "  work()\n", count: functionLimit - 2) + "}\n"
    ]
  ) { repository in
    repository.files.flatMap { file in
      (file.swift.map { FunctionFinder($0).functions() } ?? []).filter { $0.lines > functionLimit }
        .map { Place(path: file.path, line: $0.line, what: "\($0.name) has \($0.lines) lines") }
    }
  }
}
