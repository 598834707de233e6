import Database
import Economy
import Register
import SteeringCore

/// Which dataset of the product a database was filled with. It is written in the database itself, before the first
/// file of the dataset, so that nobody can serve invented figures without their mark, whatever the command line says.
struct LoadedDataset: Hashable, Sendable {
  /// The dataset's id, such as `rorsund`.
  let id: String
  /// Whether the load came to its end; one that was cut off goes on at the next start.
  let isWhole: Bool

  /// How far a load has come. Each step is a row that is added and never changed.
  private enum Step: String {
    case begun, whole
  }

  /// The table of the steps.
  static let migrations = [
    Migration(
      capability: "installation", number: 1, name: "loaded dataset",
      statements: [
        """
        CREATE TABLE installation_dataset (
          tenant {text} NOT NULL, step {text} NOT NULL, dataset {text} NOT NULL, reached_at {integer} NOT NULL,
          PRIMARY KEY (tenant, step),
          CONSTRAINT installation_dataset_step CHECK (step IN ('begun', 'whole'))
        ) {keyed}
        """
      ])
  ]

  /// The dataset of a database; nil where it was filled with none.
  static func of(_ connection: any DatabaseConnection) throws -> LoadedDataset? {
    let rows = try connection.rows(
      "SELECT step, dataset FROM installation_dataset WHERE tenant = :tenant ORDER BY step")
    guard let id = try rows.first?.text("dataset") else { return nil }
    return LoadedDataset(id: id, isWhole: try rows.contains { try $0.text("step") == Step.whole.rawValue })
  }

  /// Says that a dataset is about to be loaded. Throws `DatasetRefusal` where the database holds anything else.
  static func begin(_ id: String, _ connection: any DatabaseConnection, at time: Int64) throws -> LoadedDataset {
    if let there = try of(connection) {
      guard there.id == id else { throw DatasetRefusal.holdsDataset(there.id, wanted: id) }
      return there
    }
    let isEmpty = try OrganisationStore(connection).latest() == nil && ImportStore(connection).all().isEmpty
    guard isEmpty else { throw DatasetRefusal.holdsData(wanted: id) }
    try reach(.begun, id, connection, time)
    return LoadedDataset(id: id, isWhole: false)
  }

  /// Says that the load of a dataset has come to its end.
  static func end(_ id: String, _ connection: any DatabaseConnection, at time: Int64) throws {
    try reach(.whole, id, connection, time)
  }

  private static func reach(_ step: Step, _ id: String, _ connection: any DatabaseConnection, _ time: Int64) throws {
    let reached = try connection.run(
      """
      INSERT INTO installation_dataset (tenant, step, dataset, reached_at) VALUES (:tenant, :step, :dataset, :time)
      ON CONFLICT (tenant, step) DO NOTHING
      """, ["step": .text(step.rawValue), "dataset": .text(id), "time": .integer(time)])
    if reached == 1 { try connection.tell(Act("dataset.\(step.rawValue)", object: "dataset \(id)")) }
  }
}

/// Why a dataset of the product is not loaded, or a database not shown. Nothing is written.
enum DatasetRefusal: Error, Hashable {
  /// The database holds data that come from no dataset.
  case holdsData(wanted: String)
  /// The database holds another dataset.
  case holdsDataset(String, wanted: String)
  /// The database holds a dataset that this program does not have.
  case unknown(String)

  /// What to tell the person, with what to do.
  var words: Words {
    switch self {
    case .holdsData(let wanted):
      Words(
        "Databasen har allerede data, så datasættet »\(wanted)« bliver ikke lagt oveni. Start uden --demo, eller vælg "
          + "en ny database med --database sqlite:STI.",
        en: "The database holds data already, so the dataset »\(wanted)« is not put on top. Start without --demo, or "
          + "choose a new database with --database sqlite:PATH.")
    case .holdsDataset(let id, let wanted):
      Words(
        "Databasen har datasættet »\(id)«, så datasættet »\(wanted)« bliver ikke lagt oveni. Start uden --demo, eller "
          + "vælg en ny database med --database sqlite:STI.",
        en: "The database holds the dataset »\(id)«, so the dataset »\(wanted)« is not put on top. Start without "
          + "--demo, or choose a new database with --database sqlite:PATH.")
    case .unknown(let id):
      Words(
        "Databasen har datasættet »\(id)«, som dette program ikke kender. Brug det program, der lagde det ind, eller "
          + "vælg en anden database.",
        en: "The database holds the dataset »\(id)«, which this program does not know. Use the program that loaded "
          + "it, or choose another database.")
    }
  }
}
