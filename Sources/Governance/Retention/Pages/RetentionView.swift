import SteeringCore
import SurfaceKit

/// The page of what is kept for how long.
struct RetentionView: Sendable {
  let standings: [ClassStanding]
  let today: String
  let mayDecide: Bool
  let maySweep: Bool
  let token: String
  let key: String
  var errors: [ErrorSummary.Item] = []
  var isDone = false

  var page: Page {
    Page(title: RetentionTexts.title, lead: RetentionTexts.lead, section: .people) {
      ErrorSummary(errors)
      if isDone { Notice(.done, RetentionTexts.done) }
      table
      if maySweep { sweepForm }
      if mayDecide { decisionForm }
    }
  }

  private var table: DataTable {
    DataTable(
      id: "classes", caption: RetentionTexts.caption, isCaptionShown: false,
      columns: [
        .init(RetentionTexts.kind), .init(RetentionTexts.why), .init(RetentionTexts.state),
        .init(RetentionTexts.due, .number),
      ],
      rows: standings.map { standing in
        DataTable.Row(
          id: "class-\(standing.dataClass.rawValue)",
          [
            .words(RetentionTexts.name(standing.dataClass)), .words(RetentionTexts.reason(standing.dataClass)),
            div {
              RetentionTexts.standing(standing)
              if let decision = standing.decision {
                br()
                "\(decision.decidedOn.iso) · \(decision.reference)"
              }
            }, .text(standing.due == 0 ? "–" : String(standing.due)),
          ])
      }, narrow: .stack)
  }

  @HTML private var sweepForm: [Node] {
    h2 { RetentionTexts.sweep }
    if standings.allSatisfy({ $0.due == 0 }) {
      p { RetentionTexts.nothingDue }
    } else {
      p { RetentionTexts.sweepHelp }
      form(.method("post"), .action("/privacy/sweep")) {
        HiddenField("token", token)
        HiddenField("key", key)
        WhyField()
        SubmitButton(RetentionTexts.sweep)
      }
    }
  }

  @HTML private var decisionForm: [Node] {
    h2 { RetentionTexts.decide }
    p { RetentionTexts.decideHelp }
    form(.method("post"), .action("/privacy/decide"), .novalidate) {
      HiddenField("token", token)
      HiddenField("key", key)
      SelectField(
        FieldFrame("class", RetentionTexts.dataClass, error: errors.text(for: "class")),
        choices: DataClass.allCases.map { Choice($0.rawValue, RetentionTexts.name($0)) })
      SelectField(
        FieldFrame("verdict", RetentionTexts.verdict, error: errors.text(for: "verdict")),
        choices: PreservationDecision.Verdict.allCases.map { Choice($0.rawValue, RetentionTexts.name($0)) })
      TextField(FieldFrame("days", RetentionTexts.keepDays, error: errors.text(for: "days")), value: "1826")
      TextField(FieldFrame("reference", RetentionTexts.reference, error: errors.text(for: "reference")))
      TextField(
        FieldFrame("decided", RetentionTexts.decidedOn, error: errors.text(for: "decided")), value: today)
      WhyField()
      SubmitButton(RetentionTexts.decide)
    }
  }
}
