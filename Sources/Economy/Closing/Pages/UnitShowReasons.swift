import SteeringCore
import SurfaceKit

/// The part of a unit's page that answers why: each number's rule, source, parameters and figures, and the rows
/// that made the sums.
struct UnitShowReasons: Sendable {
  let model: UnitShowModel

  /// Where the reason with this id stands on the page.
  static func address(_ id: String) -> Address { Address("#").at("why-" + id) }

  @HTML var nodes: [Node] {
    h2(.id("why")) { UnitShowTexts.whyHeading }
    p { UnitShowTexts.whyLead(model.modelName) }
    for reason in model.reasons { part(reason) }
    h3(.id("rows")) { UnitShowTexts.rowsHeading }
    sources
    parts
  }

  private func part(_ reason: UnitShowModel.Reason) -> Node {
    section(.class("why-part"), .id("why-" + reason.id), .ariaLabelledby("why-\(reason.id)-heading")) {
      h3(.id("why-\(reason.id)-heading")) { reason.heading }
      p { reason.rule }
      dl(.class("facts")) {
        for input in reason.inputs { fact(input.name, .words(input.value)) }
        for parameter in reason.parameters {
          fact(UnitShowTexts.parameter(parameter.name), .words(parameter.value))
        }
        fact(UnitShowTexts.outcome, strong { reason.outcome })
        if let hasFired = reason.hasFired {
          fact(UnitShowTexts.applies, .words(hasFired ? UnitShowTexts.yes : UnitShowTexts.no))
        }
        if let citation = reason.citation {
          fact(UnitShowTexts.source, .text("\(citation.rule) · \(citation.source)"))
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

  private var sources: Node {
    Node(
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
        }))
  }

  private var parts: Node {
    Node(
      DataTable(
        id: "parts", caption: UnitShowTexts.partsCaption,
        columns: [
          .init(UnitShowTexts.function), .init(UnitShowTexts.accountKind), .init(UnitShowTexts.category),
          .init(UnitShowTexts.rows, .number), .init(UnitShowTexts.sum, .number),
        ],
        rows: model.parts.map { part in
          DataTable.Row([
            .text(part.function), .text(part.kind), .words(part.category),
            .told { $0.number(part.rows) }, .told { $0.exactNumber(part.sum) },
          ])
        }))
  }
}
