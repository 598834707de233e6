import Ledger
import RuleKit
import SteeringCore
import SurfaceKit

/// What the page of a unit's month shows.
struct UnitSupervisionModel: Sendable {
  let month: UnitMonth
  let model: SteeringModel
  /// The months of the year that can be looked at, newest first.
  let months: [SupervisionMonth]
  let maySign: Bool
  let due: CalendarDate
  let today: CalendarDate
  let signedBy: String?
  let token: String
  let key: String
  /// What was written, where it has to be put right; nil for a fresh form.
  var answers: SupervisionAnswers?
  /// The amounts as they were written.
  var written: [String: String] = [:]
  var faults: [SupervisionFault] = []
  var isDone = false

  func text(_ field: String) -> Words? {
    faults.first { $0.field == field }.map { SupervisionTexts.fault($0, month) }
  }
}

/// A unit's month: where it stands, the form, or what was signed.
struct UnitSupervisionView: Sendable {
  let model: UnitSupervisionModel

  private var month: UnitMonth { model.month }
  private var signed: SignOff? { month.signed }

  var page: Page {
    Page(
      title: SupervisionTexts.title(month.facts.budget.name, month.month),
      section: .supervision,
      trail: [
        .init(SupervisionTexts.title, SupervisionAddress.overview(month.month)),
        .init(Words(same: month.facts.budget.name), ClosingAddress.unit(month.facts.budget.unit.text)),
      ]
    ) {
      if model.isDone { Notice(.done, Words("Tak, der er skrevet under.", en: "Thank you, it is signed.")) }
      ErrorSummary(model.faults.map { .init(field: $0.field, SupervisionTexts.fault($0, month)) })
      months
      status
      h2 { SupervisionTexts.where_ }
      table
      ends
      if model.maySign, !month.isFrozen {
        if signed == nil || !model.faults.isEmpty {
          form(isCorrection: signed != nil)
        } else {
          told
          details {
            summary { SupervisionTexts.signAgain }
            form(isCorrection: true)
          }
        }
      } else {
        told
      }
    }
  }

  @HTML private var months: [Node] {
    if model.months.count > 1 {
      TimeLinks(
        model.months.map { other in
          .init(
            SupervisionTexts.heading(other), SupervisionAddress.unit(month.facts.budget.unit, other),
            isShown: other == month.month)
        })
    }
  }

  @HTML private var status: [Node] {
    if month.isFrozen { Notice(.info, SupervisionTexts.frozen) { p { SupervisionTexts.frozenText } } }
    if let signed {
      p { SupervisionTexts.signed(at: signed.signedAt, by: model.signedBy) }
      if month.movedSinceSigned != nil || month.budgetMovedSinceSigned != nil {
        Notice(.warning, SupervisionTexts.moved) {
          if let moved = month.movedSinceSigned { p { SupervisionTexts.spentMoved(moved) } }
          if let moved = month.budgetMovedSinceSigned { p { SupervisionTexts.budgetMoved(moved) } }
        }
      }
    } else {
      p { SupervisionTexts.due(model.due, isOver: model.due < model.today) }
    }
  }

  private var table: DataTable {
    let (facts, number) = (month.facts, month.month.month)
    func row(_ name: Words, _ budget: Money, _ spent: Money) -> DataTable.Row {
      DataTable.Row([
        .words(name), kroner(budget), kroner(spent), kroner(budget.subtracting(spent) ?? .zero),
      ])
    }
    return DataTable(
      id: "standing", caption: SupervisionTexts.where_, isCaptionShown: false,
      columns: [
        .init(SupervisionTexts.what), .init(SupervisionTexts.budget, .number), .init(SupervisionTexts.spent, .number),
        .init(SupervisionTexts.left, .number),
      ],
      rows: [
        row(SupervisionTexts.pay, facts.budget.pay, facts.actuals.pay(to: number)),
        row(SupervisionTexts.other, facts.budget.other, facts.actuals.other(to: number)),
      ], totals: row(SupervisionTexts.total, month.budget, month.spent))
  }

  private func kroner(_ amount: Money) -> Node { .told { $0.wholeKroner(amount) } }

  /// Where the year ends, if it ends as signed or as the fields begin.
  @HTML private var ends: [Node] {
    let prefilled = month.prefilled
    if let expected = prefilled.pay.adding(prefilled.other), let balance = month.balance(expecting: expected),
      let result = month.budget.subtracting(expected),
      let verdict = month.verdict(expecting: expected, by: model.model)
    {
      p {
        LightMark.picture(model.model.sign(verdict.light))
        " "
        SupervisionTexts.ends(result: result, balance: balance, light: model.model.sign(verdict.light))
      }
    }
    if let proposed = month.proposed {
      p(.class("muted")) {
        proposed.grounds
        if let interval = proposed.interval {
          " "
          SupervisionTexts.interval(interval.low, interval.high)
        }
      }
    }
  }

  // MARK: - The form

  private func form(isCorrection: Bool) -> Node {
    SurfaceKit.form(.method("post"), .action(SupervisionAddress.unit(month.facts.budget.unit)), .novalidate) {
      HiddenField("token", model.token)
      HiddenField("key", model.key)
      HiddenField("month", month.month.text)
      HiddenField("version", "\(month.signed?.version ?? 0)")
      HiddenField("seen", month.seen)
      h2 { SupervisionTexts.forecast }
      amount("pay", SupervisionTexts.payField, month.prefilled.pay, month.proposed?.pay)
      amount("other", SupervisionTexts.otherField, month.prefilled.other, month.proposed?.other)
      if model.faults.contains(.strange) || model.answers?.isSure == true {
        CheckField(
          FieldFrame("sure", SupervisionTexts.sure, error: model.text("sure")),
          isChecked: model.answers?.isSure ?? false)
      }
      TextField(
        FieldFrame(
          "reason", SupervisionTexts.reason, hint: SupervisionTexts.reasonHint, error: model.text("reason")),
        value: model.answers?.reason ?? signed?.reason ?? "")
      controls
      looks
      more
      SubmitButton(isCorrection ? SupervisionTexts.signAgain : SupervisionTexts.sign)
    }
  }

  private func amount(_ name: String, _ label: Words, _ prefilled: Money, _ proposed: Money?) -> TextField {
    TextField(
      FieldFrame(
        name, label,
        hint: proposed.map { amount in
          Format.words { "\(SupervisionTexts.proposal($0.language)) \($0.kroner(amount))" }
        }, error: model.text(name)),
      value: model.written[name] ?? (prefilled.ore % 100 == 0 ? prefilled.inKroner : prefilled.withOre),
      isNumber: true)
  }

  @HTML private var controls: [Node] {
    if !month.controlsOfMonth.isEmpty {
      h2 { SupervisionTexts.controls }
      for control in month.controlsOfMonth {
        let done =
          model.answers.map { $0.controls[control.id] } ?? signed?.controls.first { $0.control == control.id }?.evidence
        CheckField(
          FieldFrame(
            "control-\(control.id)", Words(same: control.name), hint: Words(same: control.task),
            error: model.text("control-\(control.id)")), isChecked: done != nil)
        if control.asksForEvidence {
          TextField(
            FieldFrame(
              "evidence-\(control.id)", SupervisionTexts.evidence, hint: SupervisionTexts.evidenceHint,
              error: model.text("evidence-\(control.id)")), value: done ?? "")
        }
      }
    }
  }

  @HTML private var looks: [Node] {
    if !month.looks.isEmpty {
      h2 { SupervisionTexts.looks }
      p { SupervisionTexts.looksLead }
      for look in month.looks {
        RadioField(
          FieldFrame(
            "look-\(look.key)", SupervisionTexts.look(look), hint: SupervisionTexts.why(look),
            error: model.text("look-\(look.key)")),
          choices: [Choice("right", SupervisionTexts.isRight), Choice("wrong", SupervisionTexts.isWrong)],
          selected: answer(look).map { $0 ? "right" : "wrong" })
      }
    }
  }

  private func answer(_ look: PostingLook) -> Bool? {
    if let answers = model.answers { return answers.looks[look.key] }
    return signed?.looks.first { $0.posting == look.key }?.isRight
  }

  /// Asked for only where something deviates; else it can be unfolded.
  private var more: Node {
    let texts = [model.answers?.assumptions, model.answers?.uncertainties, model.answers?.attention]
    let verdict = month.prefilled.pay.adding(month.prefilled.other).flatMap {
      month.verdict(expecting: $0, by: model.model)
    }
    let deviates = verdict.map { !$0.duties.isEmpty || !$0.reviews.isEmpty } ?? true
    return details(.open(deviates || texts.contains { $0?.isEmpty == false } || signed?.saysMore == true)) {
      summary { SupervisionTexts.more }
      p(.class("hint")) { SupervisionTexts.moreHint }
      area("assumptions", SupervisionTexts.assumptions, texts[0] ?? signed?.assumptions)
      area("uncertainties", SupervisionTexts.uncertainties, texts[1] ?? signed?.uncertainties)
      area("attention", SupervisionTexts.attention, texts[2] ?? signed?.attention)
    }
  }

  private func area(_ name: String, _ label: Words, _ value: String?) -> TextAreaField {
    TextAreaField(FieldFrame(name, label, error: model.text(name)), value: value ?? "")
  }

  // MARK: - What was signed

  @HTML private var told: [Node] {
    if let signed {
      dl(.class("facts")) {
        dt { SupervisionTexts.payField }
        dd { Node.told { $0.wholeKroner(signed.pay) } }
        dt { SupervisionTexts.otherField }
        dd { Node.told { $0.wholeKroner(signed.other) } }
        for (name, text) in signed.texts where !text.isEmpty {
          dt { name }
          dd { text }
        }
        for done in signed.controls {
          dt { month.controls.first { $0.id == done.control }?.name ?? "\(done.control)" }
          dd { done.evidence.isEmpty ? "✓" : done.evidence }
        }
        for answer in signed.looks {
          dt {
            month.looks.first { $0.key == answer.posting }.map(SupervisionTexts.look)
              ?? SupervisionTexts.earlierPosting(answer.reason)
          }
          dd { answer.isRight ? SupervisionTexts.isRight : SupervisionTexts.isWrong }
        }
      }
    } else {
      p { SupervisionTexts.nobodySigned }
    }
  }
}

extension SignOff {
  /// What was written, by what it is called.
  fileprivate var texts: [(Words, String)] {
    [
      (SupervisionTexts.reason, reason), (SupervisionTexts.assumptions, assumptions),
      (SupervisionTexts.uncertainties, uncertainties), (SupervisionTexts.attention, attention),
    ]
  }

  fileprivate var saysMore: Bool { !(assumptions + uncertainties + attention).isEmpty }
}
