import Database
import Organisation
import SteeringCore
import StyrehusDemo
import StyrehusTesting
import Testing

@testable import Register

@Suite("The register's versions")
struct OrganisationStoreTests {
  private func with<T: Sendable>(_ body: (any MunicipalDatabase) async throws -> T) async throws -> T {
    try await EmptyDatabase.with(OrganisationRegisterCapability.migrations + DatabaseTables.migrations, body)
  }

  private func small(_ text: String = smallOrganisation) throws -> OrganisationContent {
    try #require(try organisation(text).content)
  }

  @Test("before the first import there is no version and no unit")
  func empty() async throws {
    try await with { database in
      let (latest, tree) = try await database.read(EmptyDatabase.tenant) { connection in
        let store = OrganisationStore(connection)
        return (try store.latest(), try store.tree(on: day("2025-01-01")))
      }
      #expect(latest == nil && tree.units.isEmpty)
    }
  }

  @Test("what is read back is what was added, also ends, remarks and sources, for both demo organisations")
  func roundTrip() async throws {
    let invented = try #require(try organisation(Demo.inventedMunicipality().organisationText).content)
    for content in [try small(), invented, try randers()] {
      try await with { database in
        let read = try await database.write(EmptyDatabase.tenant) { connection in
          let store = OrganisationStore(connection)
          let outcome = try store.add(content, from: source())
          return (outcome, try store.content(of: 1), try store.contentKnownNow())
        }
        #expect(read.0 == .added(OrganisationVersion(number: 1, source: source())))
        #expect(read.1 == content && read.2 == content)
      }
    }
  }

  @Test("the same content again changes nothing, whatever the file is called; other content is a new version")
  func versions() async throws {
    let first = try small()
    let second = try small(smallOrganisation.replacing("Egeskolen", with: "Bøgeskolen"))
    try await with { database in
      let outcomes = try await database.write(EmptyDatabase.tenant) { connection in
        let store = OrganisationStore(connection)
        return [
          try store.add(first, from: source("a.csv", at: 1)), try store.add(first, from: source("b.csv", at: 2)),
          try store.add(second, from: source("c.csv", at: 3)), try store.add(first, from: source("d.csv", at: 4)),
        ]
      }
      #expect(outcomes.map(\.version.number) == [1, 1, 2, 3])
      #expect(outcomes[1] == .unchanged(OrganisationVersion(number: 1, source: source("a.csv", at: 1))))
      let (versions, earlier) = try await database.read(EmptyDatabase.tenant) { connection in
        let store = OrganisationStore(connection)
        return (try store.versions(), try store.content(of: 2))
      }
      #expect(versions.map(\.source.fileName) == ["d.csv", "c.csv", "a.csv"])
      #expect(earlier == second)
    }
  }

  @Test("staffing that changes is a new version too")
  func staffingCounts() async throws {
    let bare = try small()
    let line = StaffingLine(
      code: UnitCode("1.2"), parent: nil, level: "enhed", name: "Egeskolen", tenths: 87, remark: Words(same: ""),
      source: Words(same: ""))
    let staffed = OrganisationContent(history: bare.history, staffing: [line])
    try await with { database in
      let numbers = try await database.write(EmptyDatabase.tenant) { connection in
        let store = OrganisationStore(connection)
        return [try store.add(bare, from: source()), try store.add(staffed, from: source())].map(\.version.number)
      }
      #expect(numbers == [1, 2])
    }
  }

  @Test("one municipality never sees another's organisation")
  func tenants() async throws {
    let content = try small()
    try await with { database in
      _ = try await database.write(EmptyDatabase.tenant) { try OrganisationStore($0).add(content, from: source()) }
      let other = try await database.read(EmptyDatabase.otherTenant) { try OrganisationStore($0).contentKnownNow() }
      #expect(other == OrganisationContent(history: .empty))
    }
  }

  @Test("the tables refuse what the code should never write")
  func tablesRefuse() async throws {
    let content = try small()
    let badHash = OrganisationSource(fileName: "a.csv", contentHash: "kort", profile: "organisation", importedAt: 1)
    try await with { database in
      await #expect(throws: DatabaseError.self) {
        try await database.write(EmptyDatabase.tenant) { try OrganisationStore($0).add(content, from: badHash) }
      }
      let versions = try await database.read(EmptyDatabase.tenant) { try OrganisationStore($0).versions() }
      #expect(versions == [])
    }
  }
}
