import StyrehusTesting
import Testing

@Suite("PostgreSQL for tests")
struct PresenceTests {
  @Test(
    "A server starts on this machine",
    .enabled(if: TestedDatabase.isPostgresExpected, "PostgreSQL is not installed: nothing is tested on it"))
  func present() throws {
    #expect(try ThrowawayPostgres.shared.mainProcess > 0)
  }
}
