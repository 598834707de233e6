import Database
import HTTPTypes
import Ledger
import StyrehusTesting
import SurfaceKit
import Testing

@testable import Economy

@Suite("A file that takes its time")
struct ImportJobRouteTests {
  @Test("sends who asked to a page that tells how far it is, renews itself and can keep still")
  func waits() async throws {
    try await ImportGround.with { ground in
      let page = try await ImportRouteTests.visit(ground.database, hasWorker: false) { browser in
        let looked = try await browser.send(ImportRouteTests.ledger)
        let (ticket, key) = (try #require(looked.ticket), try #require(looked.key))
        let page = "/import/jobs/\(key)"
        for _ in 0..<2 { #expect(try await browser.confirm(ticket, key: key).location == page) }
        let waiting = try await browser.get(page)
        #expect(waiting.status == .ok && waiting.refresh == "2")
        #expect(
          waiting.html.contains("bog.csv er ved at blive indlæst") && waiting.html.contains("Venter på at komme til"))
        #expect(waiting.html.contains("href=\"\(page)?still=yes\""))
        let still = try await browser.get(page + "?still=yes")
        #expect(still.refresh == nil && still.html.contains("Hent siden af sig selv"))
        let start = try await browser.get("/import")
        #expect(start.html.contains("href=\"\(page)\"") && start.html.contains("Følg indlæsningen af bog.csv"))
        #expect(try await ground.read { try $0.all().count } == 1)
        return page
      }
      // Any server does it, since the file waits in the database.
      try await ImportRouteTests.visit(ground.database) { browser in
        let other = try #require(
          try await browser.send(Array((ImportGround.header + "9;05.02.2025;1002;3;2;x;1,00\n").utf8)).ticket)
        #expect(try await browser.confirm(other).location?.hasPrefix("/import/done?import=") == true)
        let done = try await browser.get(page)
        #expect(done.status == .seeOther && done.location == "/import/done?import=2" && done.refresh == nil)
        #expect(!(try await browser.get("/import").html.contains(page)))
      }
      #expect(try await ground.read { try $0.all().count } == 3)
    }
  }

  @Test("says why where it could not be loaded, and that nothing was changed")
  func fails() async throws {
    try await ImportGround.with { ground in
      try await ImportRouteTests.visit(ground.database, hasWorker: false) { browser in
        let looked = try await browser.send(ImportRouteTests.ledger)
        let ticket = try #require(looked.ticket)
        let page = try #require(try await browser.confirm(ticket).location)
        try await ground.database.writeAcrossTenants {
          _ = try $0.run("UPDATE database_job SET state = 'failed', result = 'abandoned'")
        }
        let failed = try await browser.get(page)
        #expect(failed.html.contains("bog.csv er ikke indlæst") && failed.html.contains("gået ned 3 gange"))
        #expect(failed.refresh == nil)
      }
    }
  }

  @Test("is shown again with its findings where something has changed since the person looked")
  func refused() async throws {
    try await ImportGround.with { ground in
      try await ImportRouteTests.visit(ground.database) { browser in
        let looked = try await browser.send(ImportRouteTests.ledger)
        let (ticket, key) = (try #require(looked.ticket), try #require(looked.key))
        _ = try await ground.imported(
          ImportGround.budget.replacing("1002;Pilecentret", with: "1003;Pilecentret"), .budget, as: "ny.csv")
        for _ in 0..<2 {
          let answer = try await browser.confirm(ticket, key: key)
          #expect(answer.status == .conflict && answer.html.contains("1002"))
        }
        let page = try await browser.get("/import/jobs/\(key)")
        #expect(page.status == .ok && page.html.contains("fejl i filen"))
        // Mended, the same file is loaded under the key of the page that was shown last.
        _ = try await ground.imported(ImportGround.budget, .budget, as: "igen.csv")
        let again = try await browser.get("/import/jobs/\(key)")
        let newKey = try #require(again.key)
        #expect(try await browser.confirm(ticket, key: newKey).status == .seeOther)
      }
    }
  }

  @Test("without a key, or under the key of another form, changes nothing")
  func keys() async throws {
    try await ImportGround.with { ground in
      try await ImportRouteTests.visit(ground.database) { browser in
        let looked = try await browser.send(ImportRouteTests.ledger)
        let (ticket, key) = (try #require(looked.ticket), try #require(looked.key))
        let before = try await ground.dump()
        for bad in ["", "kort", "MED-STORE-BOGSTAVER"] {
          #expect(try await browser.confirm(ticket, key: bad).status == .forbidden)
          #expect(try await browser.send(ImportRouteTests.ledger, key: bad).status == .forbidden)
        }
        #expect(try await ground.dump() == before)
        #expect(try await browser.confirm(ticket, key: key).status == .seeOther)
        let after = try await ground.dump()
        let other = try await browser.confirm(ticket, overlap: "replace", key: key)
        #expect(other.status == .conflict && other.html.contains("Formularen er brugt"))
        #expect(try await ground.dump() == after)
      }
    }
  }

  @Test("sent to be looked at twice is one draft; with something else it is another one")
  func drafts() async throws {
    try await ImportGround.with { ground in
      try await ImportRouteTests.visit(ground.database) { browser in
        let key = CommandKey.fresh().text
        let first = try await browser.send(ImportRouteTests.ledger, key: key)
        let again = try await browser.send(ImportRouteTests.ledger, key: key)
        #expect(first.ticket == again.ticket && first.key != again.key)
        let other = try await browser.send(ImportRouteTests.ledger, name: "andet.csv", key: key)
        #expect(other.ticket != first.ticket)
        let ticket = try #require(first.ticket)
        #expect(try await ground.read { try $0.draft(ticket)?.fileName } == "bog.csv")
      }
    }
  }

  @Test("tells who asked that nobody knows whether it was kept, and that the form may be sent again")
  func unknown() async throws {
    try await ImportGround.with { ground in
      let losing = LostAnswers(ground.database, [.of(.outcomeUnknown, detail: "secret")])
      try await ImportRouteTests.visit(losing) { browser in
        let key = CommandKey.fresh().text
        let lost = try await browser.send(ImportRouteTests.ledger, key: key)
        #expect(lost.status == .serviceUnavailable && lost.html.contains("Vi ved ikke, om den er gemt."))
        #expect(!lost.html.contains("secret") && !lost.html.contains("Intet er ændret"))
        #expect(lost.html.contains("send formularen igen"))
        let again = try await browser.send(ImportRouteTests.ledger, key: key)
        #expect(again.status == .ok && again.ticket != nil)
      }
    }
  }
}
