import Database
import SteeringCore
import SurfaceKit

/// What has happened to a file, and what to do next.
struct ImportDoneView: Sendable {
  let model: ImportDoneModel

  var page: Page {
    Page(
      title: ImportTexts.outcome(model.outcome), section: .imports,
      trail: [.init(ImportTexts.title, ImportAddress.start)]
    ) {
      Notice(isChanged ? .done : .info, ImportTexts.told(model))
      h2(.id("next")) { ImportTexts.next }
      if model.missing.isEmpty {
        p { ImportTexts.readyToClose }
        p(.class("acts")) {
          a(.href(Section.rounds.address), .class("button")) { ImportTexts.toClosings }
          a(.href(ImportAddress.start)) { ImportTexts.another }
        }
      } else {
        p { ImportTexts.stillMissing }
        ul {
          for item in model.missing { li { item } }
        }
        p(.class("acts")) { a(.href(ImportAddress.start), .class("button")) { ImportTexts.another } }
      }
    }
  }

  private var isChanged: Bool {
    switch model.outcome {
    case .loaded, .replaced: true
    case .unchanged, .stopped: false
    }
  }
}

/// A file that could not be loaded, for a reason that has nothing to do with the file.
struct ImportFailedView: Sendable {
  let file: String
  let failure: Job.Failure

  var page: Page {
    Page(title: ImportTexts.failed, section: .imports, trail: [.init(ImportTexts.title, ImportAddress.start)]) {
      Notice(.error, ImportTexts.notLoaded(file)) { p { failure.message } }
      p(.class("acts")) { a(.href(ImportAddress.start), .class("button")) { ImportTexts.chooseAgain } }
    }
  }
}
