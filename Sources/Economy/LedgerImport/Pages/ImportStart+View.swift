import SteeringCore
import SurfaceKit

/// Loading a file: choose what it is, send it, and see what is already there.
struct ImportStartView: Sendable {
  let model: ImportStartModel

  var page: Page {
    Page(title: ImportTexts.title, lead: ImportTexts.lead, section: .imports) {
      ErrorSummary(model.errors)
      if let nextStep = model.nextStep {
        Notice(.empty, ImportTexts.doFirst) { p { nextStep } }
      }
      for (index, load) in model.running.enumerated() {
        if load.total > 0 {
          Progress(id: "running-\(index)", ImportTexts.running(load.file), done: load.done, of: load.total)
          p { a(.href(load.address)) { ImportTexts.follow(load.file) } }
        } else {
          Notice(.info, ImportTexts.running(load.file)) {
            p { a(.href(load.address)) { ImportTexts.follow(load.file) } }
          }
        }
      }
      fields
      h2(.id("loaded")) { ImportTexts.loaded }
      loaded
    }
  }

  private var fields: Node {
    form(.method("post"), .action(ImportAddress.preview), .multipart, .novalidate) {
      HiddenField("token", model.token)
      HiddenField("key", model.key)
      RadioField(
        FieldFrame("kind", ImportTexts.kind, error: model.errors.text(for: "kind")), choices: model.kinds,
        selected: model.values.kind)
      TextField(
        FieldFrame("year", ImportTexts.year, hint: ImportTexts.yearHint, error: model.errors.text(for: "year")),
        value: model.values.year, isNumber: true)
      SelectField(
        FieldFrame(
          "profile", ImportTexts.profile, hint: ImportTexts.profileHint, error: model.errors.text(for: "profile")),
        choices: model.profiles, selected: model.values.profile)
      FileField(
        FieldFrame(
          "file", ImportTexts.file, hint: ImportTexts.fileHint(model.limitBytes),
          error: model.errors.text(for: "file")),
        endings: ".csv,.txt")
      SubmitButton(ImportTexts.preview)
    }
  }

  @HTML private var loaded: [Node] {
    if model.loaded.isEmpty {
      p { ImportTexts.nothingLoaded }
    } else {
      DataTable(
        id: "loaded-table", caption: ImportTexts.loaded, isCaptionShown: false,
        columns: [
          .init(ImportTexts.file), .init(ImportTexts.content), .init(ImportTexts.yearHeading),
          .init(ImportTexts.rows, .number), .init(ImportTexts.sum, .number), .init(ImportTexts.when),
        ],
        rows: model.loaded.map { file in
          DataTable.Row([
            code { file.file }, .words(file.kind),
            file.year.map { .text(String($0)) } ?? .words(ImportTexts.noYear),
            .told { $0.number(file.rows) },
            file.sum.map { sum in .told { $0.exactNumber(sum) } } ?? .words(ImportTexts.noSum),
            .told { $0.date(file.loadedOn) },
          ])
        })
    }
  }
}
