import SteeringCore
import SurfaceKit

/// What a file holds, before it is loaded: sums, control total, findings, and the decision.
struct ImportPreviewView: Sendable {
  let model: ImportPreviewModel

  private var canLoad: Bool { model.errorCount == 0 }

  var page: Page {
    Page(
      title: canLoad ? ImportTexts.previewTitle : ImportTexts.previewErrorTitle, section: .imports,
      trail: [.init(ImportTexts.title, ImportAddress.start)]
    ) {
      if canLoad {
        Notice(.info, ImportTexts.nothingWritten)
      } else {
        Notice(.error, ImportTexts.errors(model.errorCount)) { p { ImportTexts.mendAndRetry } }
      }
      if let earlier = model.already { Notice(.info, ImportTexts.already(earlier)) }
      facts
      if !model.findings.isEmpty {
        FindingsTable(id: "findings", model.findings, leftOut: model.leftOutFindings)
      }
      control
      decision
      firstRows
      totals
    }
  }

  private var facts: Node {
    dl(.class("facts")) {
      fact(ImportTexts.file, Node { code { model.file } })
      fact(ImportTexts.content, .words(model.kind))
      if let year = model.year { fact(ImportTexts.yearHeading, .text(String(year))) }
      fact(ImportTexts.profile, .words(model.profileName))
      fact(ImportTexts.size, .told { $0.size(bytes: model.sizeBytes) })
      fact(ImportTexts.rows, .told { $0.number(model.rows) })
      if let sum = model.sum { fact(ImportTexts.sum, .told { $0.exactNumber(sum) }) }
    }
  }

  private func fact(_ name: Words, _ value: Node) -> Node { .fragment([dt { name }, dd { value }]) }

  private var control: Notice {
    switch model.control {
    case .missing: Notice(.info, ImportTexts.controlMissing)
    case .agrees(let sum): Notice(.info, ImportTexts.controlAgrees(sum))
    case .differs(let stated, let reckoned): Notice(.warning, ImportTexts.controlDiffers(stated, reckoned))
    }
  }

  /// What to do with the file: nothing can be done as long as it holds errors.
  @HTML private var decision: [Node] {
    if canLoad {
      form(.method("post"), .action(ImportAddress.confirm)) {
        HiddenField("token", model.token)
        HiddenField("key", model.key)
        HiddenField("ticket", model.ticket)
        if let overlap = model.overlap {
          HiddenField("seen", ImportErrand.text(overlap.imports))
          RadioField(
            FieldFrame("overlap", ImportTexts.overlapQuestion, hint: ImportTexts.overlap(overlap)),
            choices: [
              Choice("replace", ImportTexts.replace(overlap.earlierFile), hint: ImportTexts.replaceHint),
              Choice("add", ImportTexts.add, hint: ImportTexts.addHint),
              Choice("stop", ImportTexts.stop, hint: ImportTexts.stopHint),
            ], selected: "stop")
        }
        WhyField()
        div(.class("acts")) {
          SubmitButton(model.overlap == nil ? ImportTexts.load : ImportTexts.doIt)
          a(.href(ImportAddress.start)) { ImportTexts.cancel }
        }
      }
    } else {
      p(.class("acts")) {
        a(.href(ImportAddress.start), .class("button")) { ImportTexts.chooseAgain }
      }
    }
  }

  @HTML private var firstRows: [Node] {
    if !model.firstRows.isEmpty {
      h2(.id("first-rows")) { ImportTexts.firstRows }
      DataTable(
        id: "first-rows-table", caption: ImportTexts.firstRowsCaption(model.firstRows.count),
        columns: model.headings.map { .init(Words(same: $0)) },
        rows: model.firstRows.map { cells in DataTable.Row(cells.map { .text($0) }) }, narrow: .scroll)
    }
  }

  @HTML private var totals: [Node] {
    if !model.unitTotals.isEmpty || !model.monthTotals.isEmpty {
      h2(.id("totals")) { ImportTexts.totals }
      div(.class("columns")) {
        totalTable("months", ImportTexts.perMonth, ImportTexts.month, model.monthTotals)
        totalTable("units", ImportTexts.perUnit, ImportTexts.unit, model.unitTotals)
      }
    }
  }

  @HTML private func totalTable(
    _ id: String, _ caption: Words, _ what: Words, _ totals: [ImportPreviewModel.Total]
  ) -> [Node] {
    if !totals.isEmpty {
      div {
        DataTable(
          id: id, caption: caption,
          columns: [.init(what), .init(ImportTexts.rows, .number), .init(ImportTexts.sum, .number)],
          rows: totals.map { Self.row($0.name, $0.rows, $0.sum) },
          totals: Money.sum(totals.map(\.sum)).map { sum in
            Self.row(ImportTexts.inAll, totals.reduce(0) { $0 + $1.rows }, sum)
          })
      }
    }
  }

  private static func row(_ name: Words, _ rows: Int, _ sum: Money) -> DataTable.Row {
    DataTable.Row([
      .words(name), .told { $0.number(rows) }, .told { $0.exactNumber(sum) },
    ])
  }
}
