import Foundation

/// Rules about words, in the code and around it.
enum TextRules {
  static let all = [agreementWord, danishLetters, leftForLater, machinePaths]

  /// What a person may read from the product: string literals in Sources and the data files beside them.
  private static func words(_ file: SourceFile) -> String {
    guard file.room != nil else { return "" }
    return file.swift?.literals ?? file.text
  }

  private static func places(
    _ pattern: String, in repository: Repository, of text: (SourceFile) -> String
  ) -> [Place] {
    repository.files.flatMap { file in
      matches(of: pattern, in: text(file)).map { found in
        Place(path: file.path, line: found.line, what: "it says “\(found.text)”")
      }
    }
  }

  /// Names of real things that hold the word, so that they may stand.
  private static let properNames = ["Kontrakt- og licensstyring", "Kontrakt og licens", "Kontrakt/licens"]

  private static let agreementWord = HouseRule(
    name: "an agreement is an aftale",
    instead: "write aftale, aftaleenhed or aftaleparter; a proper name goes in TextRules.properNames",
    planted: [
      "Sources/Governance/A.swift": "let text = Words(\"Enhedens kontrakt\", en: \"The agreement\")\n",
      "Sources/StyrehusDemo/Data/b.csv": "1;Driftskontrakter\n",
    ],
    kept: [
      "Sources/Governance/A.swift": "let text = Words(\"Enhedens aftale\", en: \"The agreement\") // kontrakt\n",
      "Sources/StyrehusDemo/Data/b.csv": "1;Kontrakt og licens\n",
    ]
  ) { repository in
    places(#"(?i)\w*kontrakt\w*"#, in: repository) { file in
      properNames.reduce(words(file)) { $0.replacingOccurrences(of: $1, with: "") }
    }
  }

  private static let danishLetters = HouseRule(
    name: "Danish is written with æ, ø and å",
    instead: "write the letter itself",
    planted: [
      "Sources/Economy/A.swift": "let text = \"Overfoert fra tidligere aar\"\n",
      "Sources/Economy/b.yaml": "title: Loen og oevrig drift\n",
    ],
    kept: ["Sources/Economy/A.swift": "let text = \"Overført fra tidligere år, poesi, Aarhus\"\n"]
  ) { repository in
    // Aarhus spells itself so.
    let stems = [
      "aar(?!hus)", "byraad", "raad", "maaned", "naeste", "oevrig", "loen", "overfoer", "opgoer", "goer", "udgoer",
      "vaer",
      "foer", "stoer", "foelg", "kraev", "aendr", "noegle",
    ].joined(separator: "|")
    return places(#"(?i)\b(?:"# + stems + #")\w*|\b(?:paa|oere|naar)\b"#, in: repository, of: words)
  }

  private static let leftForLater = HouseRule(
    name: "nothing is left for later in a file",
    instead: "do it now, or open an issue; what is not there is not promised",
    planted: ["docs/a.md": "TODO: the rest\n", "Sources/Ledger/B.swift": "// FIXME soon\n"],
    kept: ["docs/a.md": "Todos los días\n"]
  ) { repository in
    places(#"\b(?:TODO|FIXME|XXX)\b"#, in: repository, of: outsideThisTest)
  }

  private static let machinePaths = HouseRule(
    name: "no path of a particular machine",
    instead: "use a path from the repository's root, or take it from an option or a documented variable",
    planted: ["Scripts/a.sh": "cd /home/anna/styrehus\n", "docs/b.md": "see `/root/notes`\n"],
    kept: ["Scripts/a.sh": "cd var/home/\n", "docs/b.md": "see https://example.org/work/notes\n"]
  ) { repository in
    places(#"(?<![\w.*-])/(?:work|root|home)/\S*"#, in: repository, of: outsideThisTest)
  }

  /// The rules themselves must say what they look for.
  private static func outsideThisTest(_ file: SourceFile) -> String {
    file.path.hasPrefix("Tests/TidyTests/") ? "" : file.text
  }
}
