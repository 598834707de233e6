import Foundation

/// The databases that a test runs on: `@Test(arguments: TestedDatabase.allCases)`.
public enum TestedDatabase: String, CaseIterable, Sendable {
  /// A temporary SQLite database.
  case sqlite
  /// A schema of its own on a throw-away PostgreSQL server.
  case postgres

  /// Both; SQLite alone where PostgreSQL is not installed, which is then said loudly. On a build server (`CI=true`)
  /// both in any case, so that the tests fail there.
  public static let allCases: [TestedDatabase] = {
    if isPostgresExpected { return [.sqlite, .postgres] }
    let words = """

      ########################################################################
      # PostgreSQL is not installed: nothing is tested on it.                #
      # Install it with: apt-get install postgresql                          #
      ########################################################################

      """
    try? FileHandle.standardError.write(contentsOf: Data(words.utf8))
    return [.sqlite]
  }()

  /// The database of tests that do not say which: SQLite, or the one that `STYREHUS_TEST_DATABASE` names.
  public static let standard: TestedDatabase =
    ProcessInfo.processInfo.environment["STYREHUS_TEST_DATABASE"].flatMap(TestedDatabase.init) ?? .sqlite

  /// Whether tests on PostgreSQL shall run: it is installed, or this is a build server and they shall fail.
  public static var isPostgresExpected: Bool {
    ThrowawayPostgres.programs != nil || ProcessInfo.processInfo.environment["CI"] == "true"
  }
}
