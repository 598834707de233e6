import Database
import Organisation
import RuleKit
import SteeringCore
import SurfaceKit

/// What the page of the plan shows.
struct PlanModel: Sendable {
  let inForce: PlanInForce
  let today: CalendarDate
  let mayAdopt: Bool
  let own: Own?
  let token: String
  let key: String

  /// What the visitor can delegate, to whom, and what has been delegated already.
  struct Own: Sendable {
    let positions: [Position]
    let decisions: [DelegationPlan.Decision]
    let people: [Person]
    let given: [Delegation]
  }

  /// What is due (R-13): the first adoption, or that of this term.
  var due: (Words, Words)? {
    guard let adoption = inForce.adoption else { return (PlanTexts.notAdopted, PlanTexts.notAdoptedHelp) }
    return adoption.term == CouncilTerm(of: today) ? nil : (PlanTexts.dueAgain, PlanTexts.dueAgainHelp)
  }
}

/// The page of the plan.
struct PlanView: Sendable {
  let model: PlanModel

  var page: Page {
    Page(title: PlanTexts.title, heading: model.inForce.plan.name, lead: PlanTexts.lead, section: .plan) {
      if let (heading, help) = model.due { Notice(.warning, heading) { p { help } } }
      p(.class("acts")) {
        a(.href("/plan/ask"), .class("button")) { PlanTexts.ask }
        a(.href("/plan/compare")) { PlanTexts.compare }
        if model.mayAdopt { a(.href("/plan/adopt")) { PlanTexts.adopt } }
      }
      Self.table(model.inForce.plan)
      if let own = model.own { delegation(own) }
    }
  }

  static func table(_ plan: DelegationPlan) -> DataTable {
    DataTable(
      id: "plan", caption: plan.name, isCaptionShown: false,
      columns: [
        .init(PlanTexts.decision), .init(PlanTexts.who), .init(PlanTexts.condition), .init(PlanTexts.source),
      ],
      rows: plan.decisions.map { decision in
        DataTable.Row(
          id: "decision-" + decision.id,
          [
            .words(decision.name), holders(decision), conditions(decision), source(decision, plan),
          ])
      })
  }

  private static func holders(_ decision: DelegationPlan.Decision) -> Node {
    div {
      for (index, holder) in decision.holders.enumerated() {
        if index > 0 { br() }
        holder.level.name
        if holder.level != .everyone, holder.level != .anyPosition {
          span(.class("muted")) {
            ", "
            holder.scope.name
          }
        }
        if !holder.recordedBy.isEmpty {
          span(.class("muted")) {
            " ("
            PlanTexts.recordedBy
            " "
            Words(
              holder.recordedBy.map { $0.name.danish.lowercasedFirst }.joined(separator: ", "),
              en: holder.recordedBy.map { $0.name.english.lowercasedFirst }.joined(separator: ", "))
            ")"
          }
        }
      }
    }
  }

  private static func conditions(_ decision: DelegationPlan.Decision) -> Node {
    div {
      for holder in decision.holders {
        if let limit = holder.limit { div { RulingTexts.text(limit) } }
        if let condition = holder.condition { div { condition } }
      }
    }
  }

  private static func source(_ decision: DelegationPlan.Decision, _ plan: DelegationPlan) -> Node {
    div {
      if let document = plan.documents.first(where: { $0.id == decision.document }) { document.name }
      br()
      span(.class("muted")) {
        "\(decision.citation.rule), \(decision.citation.source)"
        if decision.standing == .ourReading {
          ": "
          decision.standing.name
        }
      }
    }
  }

  @HTML private func delegation(_ own: PlanModel.Own) -> [Node] {
    h2(.id("delegate")) { PlanTexts.delegate }
    p { PlanTexts.delegateLead }
    form(.method("post"), .action("/plan/delegate"), .novalidate) {
      HiddenField("token", model.token)
      HiddenField("key", model.key)
      SelectField(
        FieldFrame("position", PeopleTexts.position),
        choices: own.positions.map { Choice($0.key, PositionTexts.name($0)) })
      SelectField(FieldFrame("decision", PlanTexts.decision), choices: own.decisions.map { Choice($0.id, $0.name) })
      SelectField(
        FieldFrame("person", PeopleTexts.person), choices: own.people.map { Choice($0.key, Words(same: $0.name)) })
      TextField(FieldFrame("from", PeopleTexts.from, hint: PeopleTexts.dateHint), value: model.today.iso)
      TextField(FieldFrame("through", PeopleTexts.lastDay, hint: PeopleTexts.dateHint))
      WhyField()
      SubmitButton(PlanTexts.delegate)
    }
    for given in own.given {
      form(.method("post"), .action("/plan/withdraw")) {
        HiddenField("token", model.token)
        HiddenField("key", CommandKey.fresh().text)
        HiddenField("delegation", String(given.id))
        p {
          own.people.first { $0.id == given.person }?.name ?? "\(given.person)"
          ": \(given.decisions.sorted().joined(separator: ", ")), "
          "\(given.period.from.iso) – \(given.period.through?.iso ?? "")"
        }
        SubmitButton(PlanTexts.withdraw, isQuiet: true)
      }
    }
  }
}

/// The page that answers "may I decide this?".
struct PlanAskView: Sendable {
  let plan: DelegationPlan
  let decision: String
  let unit: String
  let amount: String
  let share: String
  let ruling: Ruling?
  var errors: [ErrorSummary.Item] = []

  var page: Page {
    Page(title: PlanTexts.ask, section: .plan, trail: [.init(PlanTexts.title, "/plan")]) {
      ErrorSummary(errors)
      if let ruling {
        Notice(ruling.isAllowed ? .done : .info, ruling.decision?.name ?? PlanTexts.answer) {
          p { RulingTexts.sentence(ruling) }
          if let condition = ruling.row?.condition { p { condition } }
        }
      }
      form(.method("get"), .action("/plan/ask")) {
        SelectField(
          FieldFrame("decision", PlanTexts.decision), choices: plan.decisions.map { Choice($0.id, $0.name) },
          selected: decision)
        TextField(FieldFrame("unit", PlanTexts.unit, hint: PlanTexts.unitHint), value: unit)
        TextField(
          FieldFrame("amount", PlanTexts.amount, error: errors.text(for: "amount")), value: amount, isNumber: true)
        TextField(FieldFrame("share", PlanTexts.share, error: errors.text(for: "share")), value: share, isNumber: true)
        SubmitButton(PlanTexts.ask)
      }
    }
  }
}

/// The page that compares two versions.
struct PlanCompareView: Sendable {
  let names: [(id: String, name: Words)]
  let chosen: (before: String, after: String)
  let comparison: PlanComparison

  var page: Page {
    Page(title: PlanTexts.compare, section: .plan, trail: [.init(PlanTexts.title, "/plan")]) {
      form(.method("get"), .action("/plan/compare")) {
        SelectField(FieldFrame("before", PlanTexts.before), choices: choices, selected: chosen.before)
        SelectField(FieldFrame("after", PlanTexts.after), choices: choices, selected: chosen.after)
        div(.class("acts")) { SubmitButton(PlanTexts.compare, isQuiet: true) }
      }
      if comparison.differences.isEmpty {
        Notice(.info, PlanTexts.same)
      } else {
        DataTable(
          id: "differences", caption: PlanTexts.compare,
          columns: [.init(PlanTexts.decision), .init(PlanTexts.before), .init(PlanTexts.after)],
          rows: comparison.differences.map { line in
            DataTable.Row([
              .words((line.after ?? line.before)?.name ?? Words(same: line.id)), side(line.before), side(line.after),
            ])
          })
      }
    }
  }

  private var choices: [Choice] { names.map { Choice($0.id, $0.name) } }

  private func side(_ decision: DelegationPlan.Decision?) -> Node {
    .words(decision.map { RulingTexts.deciders($0) } ?? Words("–", en: "–"))
  }
}

/// The page on which the council's secretariat records a new plan.
struct PlanAdoptView: Sendable {
  let token: String
  let key: String
  let today: CalendarDate
  var errors: [ErrorSummary.Item] = []
  var findings = Findings()

  var page: Page {
    Page(title: PlanTexts.adopt, lead: PlanTexts.adoptLead, section: .plan, trail: [.init(PlanTexts.title, "/plan")]) {
      ErrorSummary(errors)
      if findings.hasErrors { FindingsTable(id: "findings", findings.kept) }
      form(.method("post"), .action("/plan/adopt"), .multipart, .novalidate) {
        HiddenField("token", token)
        HiddenField("key", key)
        FileField(
          FieldFrame("file", PlanTexts.file, hint: PlanTexts.fileHint, error: errors.text(for: "file")),
          endings: ".yaml,.yml")
        TextField(
          FieldFrame("decided", PlanTexts.decidedOn, hint: PeopleTexts.dateHint, error: errors.text(for: "decided")),
          value: today.iso)
        TextField(
          FieldFrame("from", PlanTexts.validFrom, hint: PeopleTexts.dateHint, error: errors.text(for: "from")),
          value: today.iso)
        TextField(FieldFrame("reference", PlanTexts.reference, error: errors.text(for: "reference")))
        WhyField()
        SubmitButton(PlanTexts.adopt)
      }
    }
  }
}
