import Database
import SteeringCore
import SurfaceKit

/// Making a closing round: the form, and the page that reads the choice back before anything is made.
struct RoundMakeView: Sendable {
  let model: RoundMakeModel

  var page: Page {
    switch model.step {
    case .form: formPage
    case .readBack(let choice): readBackPage(choice)
    }
  }

  private var trail: [Breadcrumb.Crumb] { [.init(RoundTexts.listTitle, ClosingAddress.rounds)] }

  private var formPage: Page {
    Page(title: RoundTexts.make, section: .rounds, trail: trail) {
      ErrorSummary(model.errors)
      form(.method("post"), .action(ClosingAddress.makeRound), .novalidate) {
        HiddenField("token", model.token)
        SelectField(
          FieldFrame("year", RoundTexts.year, hint: RoundTexts.yearHint, error: model.errors.text(for: "year")),
          choices: model.years.map { Choice(String($0), Words(same: String($0))) }, selected: model.values.year)
        RadioField(
          FieldFrame("kind", RoundTexts.whichKind, error: model.errors.text(for: "kind")),
          choices: [
            Choice("preliminary", RoundTexts.preliminaryName, hint: RoundTexts.preliminaryHint),
            Choice("final", RoundTexts.finalName, hint: RoundTexts.finalHint),
          ], selected: model.values.kind)
        SubmitButton(RoundTexts.goOn)
      }
    }
  }

  private func readBackPage(_ choice: RoundMakeModel.ReadBack) -> Page {
    Page(title: RoundTexts.readBackTitle, section: .rounds, trail: trail) {
      if choice.isChanged { Notice(.warning, RoundTexts.changed) { p { RoundTexts.changedHelp } } }
      p(.class("lead")) { RoundTexts.readBack(choice) }
      if !choice.remarks.isEmpty {
        Notice(.warning, RoundTexts.thinkOf) {
          ul {
            for remark in choice.remarks { li { remark } }
          }
        }
      }
      DataTable(
        id: "inputs", caption: RoundTexts.inputsCaption,
        columns: [.init(RoundTexts.file), .init(RoundTexts.fileKind), .init(RoundTexts.rows, .number)],
        rows: choice.inputs.map { input in
          DataTable.Row([
            code { input.file }, .words(input.kind), .told { $0.number(input.rows) },
          ])
        })
      form(.method("post"), .action(ClosingAddress.confirmRound)) {
        HiddenField("token", model.token)
        HiddenField("key", model.key)
        HiddenField("year", String(choice.year))
        HiddenField("kind", choice.isFinal ? "final" : "preliminary")
        HiddenField("inputs", choice.inputsHash)
        WhyField()
        div(.class("acts")) {
          SubmitButton(choice.isFinal ? RoundTexts.makeFinal : RoundTexts.makePreliminary)
          a(.href(ClosingAddress.makeRound)) { RoundTexts.back }
        }
      }
    }
  }
}

/// A round that could not be made, for a reason that has nothing to do with what it was to be made of.
struct RoundFailedView: Sendable {
  let failure: Job.Failure

  var page: Page {
    Page(title: RoundTexts.failed, section: .rounds, trail: [.init(RoundTexts.listTitle, ClosingAddress.rounds)]) {
      Notice(.error, RoundTexts.failed) { p { failure.message } }
      p(.class("acts")) { a(.href(ClosingAddress.makeRound), .class("button")) { RoundTexts.make } }
    }
  }
}
