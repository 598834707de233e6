import Database
import SteeringCore
import StyrehusTesting
import Testing

@testable import Governance

@Suite("Which municipality a request asks for")
struct TenantTests {
  private let egelund = Municipality(
    tenant: Tenant(key: "egelund"), name: "Egelund Kommune", hosts: ["Styring.Egelund.dk"], prefix: "egelund")
  private let birkelund = Municipality(
    tenant: Tenant(key: "birkelund"), name: "Birkelund Kommune", hosts: [], prefix: "birkelund")

  @Test(
    "by its own host name, else by a prefix; never by another's name",
    arguments: [
      ("styring.egelund.dk", "/units", "egelund", ""), ("STYRING.EGELUND.DK.:8080", "/", "egelund", ""),
      ("styring.egelund.dk", "/birkelund/units", "egelund", ""), ("fælles.dk", "/egelund", "egelund", "/egelund"),
      ("localhost:8080", "/birkelund/units/1", "birkelund", "/birkelund"),
    ])
  func found(_ host: String, _ path: String, _ key: String, _ prefix: String) throws {
    let directory = MunicipalityDirectory([birkelund, egelund], isUnused: false)
    let found = try #require(directory.find(authority: host, path: path))
    #expect(found.municipality.tenant.key == key && found.prefix == prefix)
  }

  @Test(
    "what only looks like a name leads nowhere",
    arguments: [
      ("localhost", "/"), ("localhost", "/units"), ("localhost", "/egelundx"), ("localhost", "//egelund"),
      ("localhost", "/Egelund"), ("localhost", "/%65gelund"), ("egelund.dk", "/units"), ("localhost", "egelund"),
      ("", ""), ("x.styring.egelund.dk", "/"),
    ])
  func nobody(_ host: String, _ path: String) {
    #expect(MunicipalityDirectory([birkelund, egelund], isUnused: false).find(authority: host, path: path) == nil)
  }

  @Test(
    "what cannot be an entry is refused, everything at once, and nothing is stored", arguments: TestedDatabase.allCases)
  func refused(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(TenantsCapability.migrations, on: tested) { database in
      let egelund = egelund
      let wrong = Municipality(
        tenant: Tenant(key: "7Æ"), name: " ", hosts: ["localhost", "10.0.0.1", "a..b", "STYRING.egelund.dk"],
        prefix: "metrics")
      let unreachable = Municipality(tenant: Tenant(key: "ny"), name: "Ny", hosts: [], prefix: "")
      let twin = Municipality(tenant: Tenant(key: "tvilling"), name: "Tvilling", hosts: [], prefix: "EGELUND")
      let told = try await database.writeAcrossTenants { connection in
        let store = TenantStore(connection)
        #expect(try store.enter(egelund, at: 1).isEmpty)
        return try [wrong, unreachable, twin].map { try store.enter($0, at: 2).map(\.english) }
      }
      #expect(
        told[0].count == 7 && told[0].last == "»styring.egelund.dk« is used by Egelund Kommune (egelund) already.")
      #expect(told[1] == ["The municipality cannot be reached. Give a host name (--host) or a prefix (--prefix)."])
      #expect(told[2] == ["»egelund« is used by Egelund Kommune (egelund) already."])
      let left = try await database.readAcrossTenants { try TenantStore($0).directory().all }
      #expect(left == [egelund])
    }
  }

  @Test("the last entry of a municipality counts, and a closed one is gone", arguments: TestedDatabase.allCases)
  func lastCounts(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(TenantsCapability.migrations, on: tested) { database in
      let (egelund, birkelund) = (egelund, birkelund)
      let moved = Municipality(tenant: egelund.tenant, name: "Egelund", hosts: ["ny.egelund.dk"], prefix: "")
      let all = try await database.writeAcrossTenants { connection in
        let store = TenantStore(connection)
        for (time, entry) in [egelund, birkelund, moved].enumerated() {
          #expect(try store.enter(entry, at: Int64(time)).isEmpty)
        }
        #expect(try store.close(birkelund.tenant, at: 9) == birkelund)
        #expect(try store.close(birkelund.tenant, at: 10) == nil)
        #expect(try store.close(Tenant(key: "ukendt"), at: 11) == nil)
        return try store.directory().all
      }
      #expect(all == [moved])
    }
  }
}
