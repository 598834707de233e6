import Ledger
import Organisation
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("The list of a unit's postings")
struct PostingListTests {
  private let unit = UnitCode("1001")

  /// 150 postings in March on two accounts, one outside the decentral economy, and a second file with two in March
  /// and one in May.
  private static let files: [(String, String)] = {
    var first = ImportGround.header
    for number in 1...150 {
      let (day, kind) = (number % 28 + 1, number % 3 == 0 ? "1.1" : "2.9")
      first += "\(number);\(day < 10 ? "0" : "")\(day).03.2025;1001;3.22.01;\(kind);Køb \(number);\(number),25\n"
    }
    first += "151;01.04.2025;1001;0.25.10;4.5;Tag;1.000,00\n"
    let second =
      ImportGround.header + """
        901;02.03.2025;1001;3.22.01;1.1;=Efterløn;10,00
        902;31.03.2025;1001;3.22.01;2.9;Retur;7,50-
        903;05.05.2025;1001;3.22.01;2.9;Frugt;3,00

        """
    return [("bog.csv", first), ("suppl.csv", second)]
  }()

  private func withReader(_ body: (ClosingReader, UnitShowModel) async throws -> Void) async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      _ = try await ground.imported("Aftaleenhed;Funktion;Art;Kategori\n*;0.25.10;*;udenfor\n", .accounts, year: nil)
      for (name, text) in Self.files { _ = try await ground.imported(text, as: name, overlap: .add) }
      _ = try await keeper.make(FiscalYear(2025)!, .final, modelText: model)
      let reader = ClosingReader(
        database: ground.database, tenant: EmptyDatabase.tenant, needs: .live,
        organisation: { OrganisationHistory.empty.at($0) })
      try await body(reader, try await reader.unitShow(unit, round: nil))
    }
  }

  /// Every row of a query, read page by page, and how many pages there are.
  private func pages(_ reader: ClosingReader, _ query: PostingQuery) async throws -> ([PostingListModel.Row], Int) {
    var rows: [PostingListModel.Row] = []
    var number = 1
    while true {
      let model = try await reader.postingList(query.onPage(number))
      rows += model.rows
      #expect(model.pageNumber == number)
      if number >= model.pageCount { return (rows, number) }
      number += 1
    }
  }

  @Test("every figure of the unit's page is the sum of the postings that it leads to")
  func figuresAgree() async throws {
    try await withReader { reader, shown in
      #expect(shown.spent == shown.months.reduce(.zero) { $0 + $1.pay + $1.other })
      var asked: [(PostingQuery, Money, Int)] = shown.months.map {
        (PostingQuery(unit, month: $0.month, part: .inside), $0.pay + $0.other, $0.rows)
      }
      asked += shown.parts.map { (PostingQuery(unit, function: $0.function, kind: $0.kind), $0.sum, $0.rows) }
      asked.append((PostingQuery(unit, part: .pay), shown.spentOnPay, 51))
      asked.append((PostingQuery(unit, part: .other), shown.spentOnOther, 102))
      asked.append((PostingQuery(unit, part: .inside), shown.spent, 153))
      asked.append((PostingQuery(unit, part: .outside), Money(kroner: 1_000), 1))
      asked.append((PostingQuery(unit), shown.sources.reduce(.zero) { $0 + $1.sum }, 154))
      for (query, sum, count) in asked {
        let (rows, _) = try await pages(reader, query)
        #expect(rows.count == count, "\(query)")
        #expect(rows.reduce(.zero) { $0 + $1.amount } == sum, "\(query)")
        let model = try await reader.postingList(query)
        #expect(model.total == sum && model.count == count, "\(query)")
        let whole = try await reader.wholePostingList(query)
        #expect(whole.rows.map(\.line) == rows.map(\.line), "\(query)")
      }
    }
  }

  @Test("the rows stand by date, with the file and the line they came from, a hundred on a page")
  func rowsInOrder() async throws {
    try await withReader { reader, _ in
      let (rows, count) = try await pages(reader, PostingQuery(unit))
      #expect(count == 2)
      #expect(rows.map { $0.date?.iso ?? "" } == rows.map { $0.date?.iso ?? "" }.sorted())
      let returned = try #require(rows.first { $0.text == "Retur" })
      #expect(returned.file == "suppl.csv" && returned.line == 3 && returned.voucher == "902")
      #expect(returned.amount == Money(ore: -750) && returned.date?.iso == "2025-03-31")
      #expect(try await reader.postingList(PostingQuery(unit).onPage(99)).rows.last?.text == "Frugt")
    }
  }

  @Test("what is not there is told: an unknown unit, and a month without postings")
  func nothingThere() async throws {
    try await withReader { reader, _ in
      await #expect(throws: Trouble.self) { try await reader.postingList(PostingQuery(UnitCode("9999"))) }
      let empty = try await reader.postingList(PostingQuery(unit, month: 7, part: .inside))
      let html = PageChecks.html(of: PostingListView(model: empty).page, in: .danish)
      #expect(html.contains("Der er ingen posteringer her"))
      #expect(html.contains("juli 2025 · løn og øvrig drift"))
    }
  }

  @Test("the file has every posting and the total, and no cell that a spreadsheet would run")
  func file() async throws {
    try await withReader { reader, _ in
      let file = PostingListFile(model: try await reader.wholePostingList(PostingQuery(unit, kind: "1.1")))
      #expect(file.name == "posteringer-1001-2025-1.csv")
      let lines = String(decoding: file.csv(.danish), as: UTF8.self).split(separator: "\n")
      #expect(lines.count == 53)
      #expect(lines.first == "\u{FEFF}Dato;Bilag;Tekst;Funktion;Art;Hører til;Beløb, kr.;Fil;Linje")
      #expect(lines.contains("02.03.2025;901;'=Efterløn;3.22.01;1.1;løn;10,00;suppl.csv;2"))
      #expect(lines.last?.hasPrefix("I alt;;;;;;3.") == false)
      #expect(lines.last == "I alt;;;;;;3847,50;;")
    }
  }

  @Test("keeps the house rules in both languages, and its links keep the query", arguments: Language.allCases)
  func page(_ language: Language) async throws {
    try await withReader { reader, _ in
      let query = PostingQuery(unit, round: "2025-1", month: 3, function: "3.22.01", part: .inside)
      let page = PostingListView(model: try await reader.postingList(query)).page
      #expect(PageChecks.faults(of: page, in: language) == [])
      if language == .danish { try PageChecks.show(page, as: "postings") }
      let html = PageChecks.html(of: page, in: language)
      let kept = "round=2025-1&amp;month=3&amp;function=3.22.01&amp;part=inside"
      #expect(html.contains(language == .danish ? "I alt på alle sider" : "Total of all pages"))
      #expect(html.contains("href=\"/units/1001/postings.csv?\(kept)\""))
      #expect(html.contains("href=\"/units/1001/postings?\(kept)&amp;page=2\""))
    }
  }

  @Test("a query survives the way through the address; an empty function is not the same as none")
  func queryRoundTrip() {
    let query = PostingQuery(UnitCode("1/æ"), round: "2025-1", month: 12, function: "", kind: "2.9", part: .outside)
    #expect(
      query.onPage(3).address.text
        == "/units/1%2F%C3%A6/postings?round=2025-1&month=12&function=&kind=2.9&part=outside&page=3")
    let values = ["round": "2025-1", "month": "12", "function": "", "kind": "2.9", "part": "outside", "page": "3"]
    #expect(PostingQuery(UnitCode("1/æ")) { values[$0] } == query.onPage(3))
    #expect(PostingQuery(unit) { ["month": "13", "part": "all", "page": "x"][$0] } == PostingQuery(unit))
  }
}
