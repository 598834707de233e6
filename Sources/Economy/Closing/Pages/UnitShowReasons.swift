import SteeringCore
import SurfaceKit

/// The part of a unit's page that answers why, the answer first: the rule that decided the light, what is asked and
/// why, what is not asked, and how the amounts were reckoned.
struct UnitShowReasons: Sendable {
  let model: UnitShowModel

  /// Where the reason with this id stands on the page.
  static func address(_ id: String) -> Address { Address("#").at("why-" + id) }

  @HTML var nodes: [Node] {
    h2(.id("why")) { UnitShowTexts.whyHeading }
    p { UnitShowTexts.whyLead(model.modelName) }
    if let light = model.reasons.light { part(light, isUnder: false) }
    rules
    h3(.id("sums")) { UnitShowTexts.sumsHeading }
    div(.class("columns")) {
      for sum in model.reasons.sums { part(sum, isUnder: true) }
    }
  }

  @HTML private var rules: [Node] {
    let fired = model.reasons.rules.filter { $0.hasFired == true }
    let others = model.reasons.rules.filter { $0.hasFired != true }
    if !fired.isEmpty {
      h3 { UnitShowTexts.rulesHeading }
      div(.class("columns")) {
        for rule in fired { part(rule, isUnder: true) }
      }
    }
    if !others.isEmpty {
      details {
        summary(.class("heading")) { UnitShowTexts.notFired(others.count) }
        div(.class("columns")) {
          for rule in others { part(rule, isUnder: true) }
        }
      }
    }
  }

  /// A reason: what was compared first, then what it was reckoned from. `isUnder` tells whether it stands under a
  /// heading of its own.
  private func part(_ reason: UnitShowModel.Reason, isUnder: Bool) -> Node {
    section(.class("why-part"), .id("why-" + reason.id), .ariaLabelledby("why-\(reason.id)-heading")) {
      if isUnder {
        h4(.id("why-\(reason.id)-heading")) { reason.heading }
      } else {
        h3(.id("why-\(reason.id)-heading")) { reason.heading }
      }
      p(.class("lead").when(!isUnder)) { reason.rule }
      dl(.class("facts")) {
        for input in reason.inputs { fact(input.name, .words(input.value)) }
        for parameter in reason.parameters {
          fact(UnitShowTexts.parameter(parameter.name), .words(parameter.value))
        }
        fact(UnitShowTexts.outcome, strong { reason.outcome })
        if let citation = reason.citation {
          fact(UnitShowTexts.source, .text("\(citation.rule) · \(citation.source)"))
        }
      }
      if !reason.triedBefore.isEmpty {
        details {
          summary(.class("heading")) { UnitShowTexts.triedBefore }
          for sentence in reason.triedBefore { p { sentence } }
        }
      }
      if reason.id == "spent" {
        p { a(.href("#rows")) { UnitShowTexts.seeRows } }
      }
    }
  }

  private func fact(_ name: Words, _ value: Node) -> Node {
    .fragment([dt { name }, dd { value }])
  }
}

/// The rows that made the sums: by month, by account and by file, each leading to the single postings.
struct UnitShowRows: Sendable {
  let model: UnitShowModel

  @HTML var nodes: [Node] {
    h2(.id("rows")) { UnitShowTexts.rowsHeading }
    if model.sources.isEmpty {
      p { UnitShowTexts.noRows }
    } else {
      p { UnitShowTexts.rowsLead }
      if !model.months.isEmpty { months }
      parts
      sources
    }
  }

  private func postings(
    month: Int? = nil, _ part: PostingQuery.Part? = nil, function: String? = nil, kind: String? = nil
  ) -> Address {
    PostingQuery(
      model.code, round: model.round.id, month: month, function: function, kind: kind, part: part
    ).address
  }

  private var months: DataTable {
    DataTable(
      id: "months", caption: UnitShowTexts.monthsCaption,
      columns: [
        .init(UnitShowTexts.month), .init(UnitShowTexts.rows, .number), .init(UnitShowTexts.pay, .number),
        .init(UnitShowTexts.other, .number), .init(UnitShowTexts.spentHeading, .number),
      ],
      rows: model.months.map { month in
        DataTable.Row([
          a(.href(postings(month: month.month, .inside))) { Node.told { $0.month(month.month) } },
          .told { $0.number(month.rows) }, .told { $0.exactNumber(month.pay) }, .told { $0.exactNumber(month.other) },
          .told { $0.exactNumber(month.pay + month.other) },
        ])
      },
      totals: DataTable.Row([
        a(.href(postings(.inside))) { UnitShowTexts.wholeYear },
        .told { [rows = model.months.reduce(0) { $0 + $1.rows }] in $0.number(rows) },
        amount(model.spentOnPay, .pay), amount(model.spentOnOther, .other), amount(model.spent, .inside),
      ]))
  }

  private func amount(_ amount: Money, _ part: PostingQuery.Part) -> Node {
    a(.href(postings(part))) { Node.told { $0.exactNumber(amount) } }
  }

  private var parts: DataTable {
    DataTable(
      id: "parts", caption: UnitShowTexts.partsCaption,
      columns: [
        .init(UnitShowTexts.function), .init(UnitShowTexts.accountKind), .init(UnitShowTexts.category),
        .init(UnitShowTexts.rows, .number), .init(UnitShowTexts.sum, .number),
      ],
      rows: model.parts.map { part in
        DataTable.Row([
          a(.href(postings(function: part.function, kind: part.kind))) {
            if part.function.isEmpty { UnitShowTexts.noFunction } else { part.function }
            span(.class("unseen")) { " \(part.kind)" }
          },
          .text(part.kind), .words(part.category), .told { $0.number(part.rows) }, .told { $0.exactNumber(part.sum) },
        ])
      }, totals: total(link: postings(), leading: 2, UnitShowTexts.allAccounts))
  }

  private var sources: DataTable {
    DataTable(
      id: "sources", caption: UnitShowTexts.sourcesCaption,
      columns: [
        .init(UnitShowTexts.file), .init(UnitShowTexts.hash), .init(UnitShowTexts.rows, .number),
        .init(UnitShowTexts.sum, .number),
      ],
      rows: model.sources.map { source in
        DataTable.Row([
          code { source.file }, code { source.hash }, .told { $0.number(source.rows) },
          .told { $0.exactNumber(source.sum) },
        ])
      }, totals: total(link: nil, leading: 1, UnitListTexts.total))
  }

  /// The row of totals under accounts and files: all postings, also those outside the decentral economy.
  private func total(link: Address?, leading: Int, _ name: Words) -> DataTable.Row {
    let rows = model.sources.reduce(0) { $0 + $1.rows }
    let sum = model.sources.reduce(Money.zero) { $0 + $1.sum }
    return DataTable.Row(
      [link.map { link in a(.href(link)) { name } } ?? .words(name)] + Array(repeating: .nothing, count: leading)
        + [.told { $0.number(rows) }, .told { $0.exactNumber(sum) }])
  }
}
