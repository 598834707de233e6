import Database
import Organisation
import SteeringCore
import StyrehusTesting
import Testing

@testable import Governance

@Suite("People and positions")
struct PeopleTests {
  private static let tables = PeopleCapability.migrations + DatabaseTables.migrations
  private static let now: Int64 = 1_790_000_000
  private static let day = CalendarDate(iso: "2026-03-01")!
  private static let always = ValidPeriod(from: CalendarDate(iso: "2020-01-01")!)!
  private static let ended = ValidPeriod(
    from: CalendarDate(iso: "2020-01-01")!, through: CalendarDate(iso: "2026-02-28")!)!

  private func with(_ tested: TestedDatabase, _ body: @escaping @Sendable (PeopleStore) throws -> Void) async throws {
    try await EmptyDatabase.with(Self.tables, on: tested) { database in
      try await AuditedDatabase(database).write(EmptyDatabase.tenant) { try body(PeopleStore($0, now: Self.now)) }
    }
  }

  @Test(
    "a position passes to the successor, and one that nobody holds still stands", arguments: TestedDatabase.allCases)
  func successor(_ tested: TestedDatabase) async throws {
    try await with(tested) { store in
      let position = try store.add(.unitLeader, place: "1001", Self.always)
      let (old, new) = (try store.add(name: "A", email: ""), try store.add(name: "B", email: ""))
      let first = try store.appoint(old, to: position, Self.always)
      let holding = try #require(try store.register().holdings.first { $0.id == first })
      try store.change(holding, to: Self.ended)
      #expect(try store.register().holders(of: position, on: Self.day).isEmpty)
      let tree = OrganisationTree.empty(on: Self.day)
      let findings = try store.register().findings(on: Self.day, tree)
      #expect(findings.contains { if case .vacant = $0 { true } else { false } })
      #expect(findings.contains { if case .noSuchUnit = $0 { true } else { false } })
      _ = try store.appoint(new, to: position, ValidPeriod(from: Self.day)!)
      let register = try store.register()
      #expect(register.holders(of: position, on: Self.day).map(\.id) == [new])
      #expect(register.holders(of: position, on: Self.day.previous).map(\.id) == [old], "the past stays as it was")
      try store.change(register.positions[0], to: Self.ended)
      let left = try store.register().findings(on: Self.day, tree)
      #expect(left.contains { if case .ended = $0 { true } else { false } })
    }
  }

  @Test("what is read of one person alone is what the whole register says", arguments: TestedDatabase.allCases)
  func alone(_ tested: TestedDatabase) async throws {
    try await with(tested) { store in
      let leader = try store.add(.unitLeader, place: "1001", Self.always)
      let vacant = try store.add(.director, place: "1", Self.always)
      let gone = try store.add(.controller, place: "1", Self.ended)
      let people = try (0..<4).map { try store.add(name: "P\($0)", email: "") }
      _ = try store.appoint(people[0], to: leader, Self.always)
      _ = try store.appoint(people[1], to: gone, Self.always)
      _ = try store.appoint(people[1], to: vacant, Self.ended)
      let desk = try store.add(.employee, place: "1001", Self.always)
      for person in people[1...2] { _ = try store.appoint(person, to: desk, Self.always) }
      _ = try store.delegate(["a"], of: leader, to: people[1], Self.always)
      _ = try store.delegate(["b"], of: vacant, to: people[1], Self.always)
      _ = try store.delegate(["c"], of: leader, to: people[2], Self.ended)
      let whole = try store.register()
      for person in people + [99] {
        for day in [Self.day, Self.day.previous] {
          #expect(Actor(person, in: try store.register(about: person), on: day) == Actor(person, in: whole, on: day))
        }
        #expect(try store.register(about: person).person(person) == whole.person(person))
      }
      #expect(Actor(people[1], in: whole, on: Self.day).delegated.map(\.decisions) == [["a"]])
      _ = try store.remove(people[0])
      #expect(try store.register(about: people[0]).person(people[0])?.isRemoved == true)
      let after = try store.register()
      #expect(after.holders(of: leader, on: CalendarDate(inDenmarkAt: Self.now)).isEmpty, "the person left")
      #expect(
        after.findings(on: CalendarDate(inDenmarkAt: Self.now), .empty(on: Self.day)).contains(
          .vacant(after.positions[0])))
    }
  }

  @Test("what is taken back today counts no more today, and counted yesterday", arguments: TestedDatabase.allCases)
  func takenBack(_ tested: TestedDatabase) async throws {
    let today = CalendarDate(inDenmarkAt: Self.now)
    try await with(tested) { store in
      let position = try store.add(.unitLeader, place: "1001", Self.always)
      let desk = try store.add(.employee, place: "1001", Self.always)
      let (leader, employee) = (try store.add(name: "A", email: ""), try store.add(name: "B", email: ""))
      _ = try store.appoint(leader, to: position, Self.always)
      _ = try store.appoint(employee, to: desk, ValidPeriod(from: today)!)
      _ = try store.delegate(["a"], of: position, to: employee, ValidPeriod(from: today, through: today)!)
      #expect(try store.register(about: employee).delegations(to: employee, on: today).count == 1)
      let given = try #require(try store.register().delegations.first)
      try store.withdraw(given, on: today)
      #expect(try store.register(about: employee).delegations(to: employee, on: today).isEmpty)
      let holding = try #require(try store.register().holdings.first { $0.person == leader })
      try store.withdraw(holding, on: today)
      let register = try store.register()
      #expect(register.positions(of: leader, on: today).isEmpty)
      #expect(register.positions(of: leader, on: today.previous).map(\.id) == [position])
    }
  }
}
