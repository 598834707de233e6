import SteeringCore
import SurfaceKit
import Testing

@Suite("Components")
struct ComponentTests {
  @Test("every component has an example that renders in both languages and differs between them or needs no words")
  func everyComponentHasAnExample() {
    #expect(Example.all.count >= 16)
    #expect(Set(Example.all.map(\.name)).count == Example.all.count)
    for example in Example.all {
      for language in Language.allCases {
        let html = String(decoding: Node.fragment(example.content).rendered(in: language), as: UTF8.self)
        #expect(html.count > 60, "\(example.name)")
        #expect(html.ranges(of: "<").count == html.ranges(of: ">").count, "\(example.name)")
      }
    }
  }

  @Test("a light is told by shape and name, not by colour alone")
  func lightMark() {
    let html = markup { LightMark(.exampleYellow) }
    #expect(html.contains("href=\"#mark-half\""))
    #expect(html.contains("gul"))
    let shapes = Set(
      [LightSign.exampleGreen, .exampleYellow, .exampleRed, .exampleBlue, .exampleOrange, .none].map(\.shape))
    #expect(shapes.count == LightSign.Shape.allCases.count)
  }

  @Test("a table has header cells for rows and columns, a caption, and the state of its sorting")
  func table() {
    let html = markup {
      DataTable(
        id: "t", caption: Words("Tal", en: "Figures"),
        columns: [
          .init(Words("Navn", en: "Name"), sortAddress: "?sort=name", order: .descending),
          .init(Words("Kr.", en: "DKK"), .number),
        ], rows: [.init(id: "r1", [.text("Å"), .text("1")])], totals: .init([.text("I alt"), .text("1")]),
        narrow: .scroll)
    }
    #expect(html.contains("<div class=\"scroll\" role=\"region\" aria-labelledby=\"t-caption\" tabindex=\"0\">"))
    #expect(html.contains("<caption id=\"t-caption\">Tal</caption>"))
    #expect(html.contains("<th scope=\"col\" aria-sort=\"descending\"><a href=\"?sort=name\" class=\"sort\">Navn"))
    #expect(html.contains("<tr id=\"r1\"><th scope=\"row\">Å</th><td class=\"n\">1</td></tr>"))
    #expect(html.contains("<tfoot><tr><th scope=\"row\">I alt</th>"))
  }

  @Test("a stacked table says each cell's heading beside it")
  func stackedTable() {
    let html = markup {
      DataTable(
        id: "t", caption: Words(same: "T"), columns: [.init(Words(same: "A")), .init(Words(same: "B"))],
        rows: [.init([.text("1"), .text("2")])])
    }
    #expect(html.contains("<td data-label=\"B\">2</td>"))
    #expect(!html.contains("tabindex"))
  }

  @Test("a chart draws three points or more, with title, description and the table behind")
  func chart() {
    let drawn = markup { LineChart.examples[0].content }
    #expect(drawn.contains("role=\"img\" aria-labelledby=\"year-title year-text\""))
    #expect(drawn.contains("<title id=\"year-title\">Forbrug måned for måned</title>"))
    #expect(drawn.contains("<summary>Vis tallene i en tabel</summary>"))
    #expect(["line solid", "line dashed", "line dotted"].allSatisfy(drawn.contains))
    let few = markup { LineChart.examples[2].content }
    #expect(!few.contains("<svg"))
    #expect(few.contains("<table"))
  }

  @Test("a chart leaves a gap where a month has no figure, and shows amounts below nothing")
  func chartWithGap() {
    let html = markup {
      LineChart(
        id: "c", title: Words(same: "C"), description: Words(same: "D"), pointHeading: Words(same: "M"),
        pointLabels: (1...4).map { Words(same: String($0)) },
        series: [
          .init(
            Words(same: "S"), .solid,
            values: [Money(kroner: -100), nil, Money(kroner: 100), Money(kroner: 50)])
        ])
    }
    let start = html.firstRange(of: "line solid\" d=\"")!.upperBound
    let outline = html[start...].prefix { $0 != "\"" }
    #expect(outline.count { $0 == "M" } == 2)
    #expect(outline.count { $0 == "L" } == 1)
    #expect(html.contains(">-100</text>"))
    #expect(html.contains("ingen tal"))
  }

  @Test("a chart stands the largest and smallest amounts that exist")
  func chartWithExtremes() {
    let html = markup {
      LineChart(
        id: "c", title: Words(same: "C"), description: Words(same: "D"), pointHeading: Words(same: "M"),
        pointLabels: (1...3).map { Words(same: String($0)) },
        series: [.init(Words(same: "S"), .solid, values: [Money(ore: .min), .zero, Money(ore: .max)])])
    }
    #expect(html.contains("<svg"))
  }

  @Test("a small curve goes from nothing to the highest amount")
  func sparkline() {
    #expect(markup { Sparkline([.zero, Money(ore: 50), Money(ore: 100)]) }.contains("d=\"M0 17 33 9 66 1\""))
    #expect(markup { Sparkline([.zero, .zero]) } == "")
    #expect(markup { Sparkline([.zero, .zero, .zero]) }.contains("M0 17 33 17 66 17"))
  }

  @Test("a ladder says the side of results in words")
  func ladder() {
    let html = markup { MoneyLadder.examples[0].content }
    #expect(html.contains("<td class=\"side\">underskud</td><td class=\"n\">-151.200\u{A0}kr.</td>"))
    #expect(html.contains("<a href=\"/units/1004#why-budget\" class=\"why\">8.400.000\u{A0}kr.</a>"))
  }

  @Test("every field has a label, and an error is tied to its field")
  func fields() {
    let html = markup { FormFields.examples[0].content }
    #expect(html.contains("<label for=\"year\">Regnskabsår</label>"))
    #expect(html.contains("aria-invalid=\"true\" aria-describedby=\"year-hint year-error\""))
    #expect(html.contains("<legend>Hvad er det for en opgørelse?</legend>"))
    #expect(html.contains("<label for=\"kind\">Foreløbig</label>"))
    #expect(html.contains("<label for=\"kind-final\">Endelig</label>"))
    #expect(markup { ErrorSummary([]) } == "")
  }

  @Test("findings say line, column, what was read and what to do")
  func findings() {
    let html = markup { FindingsTable.examples[0].content }
    for part in ["1.204", "beløbet »12,,50«", "skriv det som 12,50", "hele filen", "Fejl", "Bemærkning", "Og 1.250"] {
      #expect(html.contains(part), "\(part)")
    }
  }

  @Test("progress stays within its bounds")
  func progress() {
    #expect(
      markup { Progress(id: "p", Words(same: "P"), done: 12, of: 10) }.contains("10 af 10 er klar, 0 er tilbage."))
    #expect(markup { Progress(id: "p", Words(same: "P"), done: -1, of: 0) }.contains("max=\"1\""))
  }

  @Test("a pager is shown only where there is more than one part")
  func pager() {
    let html = markup { Pager.examples[0].content }
    #expect(html.contains("href=\"/rounds?page=1\" rel=\"prev\""))
    #expect(html.contains("href=\"/rounds?page=3\" rel=\"next\""))
    #expect(markup { Pager(current: 1, last: 1) { _ in "/" } } == "")
  }
}
