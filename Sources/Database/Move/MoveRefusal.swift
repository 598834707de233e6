public import SteeringCore

/// Why the data were not moved. The target holds no row of them.
public enum MoveRefusal: Error, Hashable, Sendable {
  /// The source lacks steps that the program knows.
  case sourceIsBehind(steps: [Migration])
  /// The target holds something already, in this table among others.
  case targetHoldsRows(table: String)
  /// The databases do not have the same tables, or not in the same form; the names of those that differ.
  case tablesDiffer([String])
  /// What arrived in these tables is not what was sent.
  case contentDiffers(tables: [String])

  /// What happened and what to do, for people.
  public var words: Words {
    switch self {
    case .sourceIsBehind(let steps):
      Words(
        "Databasen, der flyttes fra, mangler \(steps.count) trin. Intet er flyttet. Kør styrehus migrate på den først.",
        en: "The database to move from lacks \(steps.count) steps. Nothing was moved. Run styrehus migrate on it first."
      )
    case .targetHoldsRows(let table):
      Words(
        "Databasen, der flyttes til, er ikke tom: der står noget i \(table). Intet er flyttet eller ændret. "
          + "Vælg en tom database.",
        en: "The database to move to is not empty: there is something in \(table). Nothing was moved or changed. "
          + "Choose an empty database.")
    case .tablesDiffer(let names):
      Words(
        "De to databaser har ikke de samme tabeller: \(Self.list(names)). Intet er flyttet. "
          + "Giv Styrehus en database eller et skema for sig selv.",
        en: "The two databases do not have the same tables: \(Self.list(names)). Nothing was moved. "
          + "Give Styrehus a database or a schema of its own.")
    case .contentDiffers(let tables):
      Words(
        "Det, der kom frem, er ikke det, der blev sendt: \(Self.list(tables)). Intet er beholdt i den nye database, og "
          + "den gamle er uændret. Efterse begge med styrehus verify.",
        en:
          "What arrived is not what was sent: \(Self.list(tables)). Nothing was kept in the new database, and the old "
          + "one is unchanged. Examine both with styrehus verify.")
    }
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
