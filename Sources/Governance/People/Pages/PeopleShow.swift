import Database
import Organisation
import SteeringCore
import SurfaceKit

/// What the page of people and positions shows.
struct PeopleShowModel: Sendable {
  let register: PeopleRegister
  let tree: OrganisationTree
  let today: CalendarDate
  let mayAppoint: Bool
  let mayInvite: Bool
  let mayRemove: Bool
  let token: String
  var errors: [ErrorSummary.Item] = []
  var isDone = false
  /// A link to hand over, shown once.
  var link: String?
}

/// The page of people and positions.
struct PeopleShowView: Sendable {
  let model: PeopleShowModel

  var page: Page {
    Page(title: PeopleTexts.title, lead: PeopleTexts.lead, section: .people) {
      ErrorSummary(model.errors)
      if let link = model.link {
        Notice(.done, PeopleTexts.link) { p { code { link } } }
      } else if model.isDone {
        Notice(.done, PeopleTexts.done)
      }
      findings
      positions
      if model.mayAppoint { forms }
      if model.mayInvite { invitations }
      if model.mayRemove { removal }
      p { a(.href("/privacy")) { Words("Hvad vi gemmer, og hvor længe", en: "What we keep, and for how long") } }
    }
  }

  private static let mostFindings = 25

  @HTML private var findings: [Node] {
    let found = model.register.findings(on: model.today, model.tree)
    if found.isEmpty {
      Notice(.info, PeopleTexts.noFindings)
    } else {
      details {
        summary {
          PeopleTexts.findings
          " (\(found.count))"
        }
        ul {
          for finding in found.prefix(Self.mostFindings) { li { PeopleTexts.told(finding) } }
          if found.count > Self.mostFindings { li { PeopleTexts.more(found.count - Self.mostFindings) } }
        }
      }
    }
  }

  private var positions: DataTable {
    DataTable(
      id: "positions", caption: PeopleTexts.caption,
      columns: [
        .init(PeopleTexts.position), .init(PeopleTexts.place), .init(PeopleTexts.holders), .init(PeopleTexts.period),
      ],
      rows: model.register.positions(on: model.today).map { position in
        let holders = model.register.holders(of: position.id, on: model.today)
        return DataTable.Row(
          id: "position-\(position.id)",
          [
            .words(position.kind.name), .text(place(position)),
            holders.isEmpty
              ? .words(PeopleTexts.vacant)
              : div {
                for (index, holder) in holders.enumerated() {
                  if index > 0 { br() }
                  holder.shownName
                }
              }, .text(Self.text(position.period)),
          ])
      })
  }

  private func place(_ position: Position) -> String {
    guard let unit = model.tree.unit(UnitCode(position.place)) else { return position.place }
    return "\(position.place) \(unit.name)"
  }

  private static func text(_ period: ValidPeriod) -> String {
    period.from.iso + " –" + (period.through.map { " " + $0.iso } ?? "")
  }

  private var people: [Choice] {
    model.register.people.filter { !$0.isRemoved }.map { Choice($0.key, Words(same: "\($0.name) (\($0.id))")) }
  }

  private func form(_ heading: Words, _ address: Address, _ fields: [Node], help: Words? = nil) -> Node {
    details {
      summary { heading }
      SurfaceKit.form(.method("post"), .action(address), .novalidate) {
        if let help { p { help } }
        HiddenField("token", model.token)
        HiddenField("key", CommandKey.fresh().text)
        fields
        WhyField()
        SubmitButton(heading)
      }
    }
  }

  private func date(_ name: String, _ label: Words, _ value: String = "") -> Node {
    Node(TextField(FieldFrame(name, label, hint: PeopleTexts.dateHint), value: value))
  }

  private func person(_ id: String) -> Node {
    Node(SelectField(FieldFrame("person", PeopleTexts.person), choices: people))
  }

  @HTML private var forms: [Node] {
    let open = model.register.positions(on: model.today)
    form(
      PeopleTexts.enter, "/people/enter",
      [
        Node(TextField(FieldFrame("name", PeopleTexts.name))), Node(TextField(FieldFrame("email", PeopleTexts.email))),
      ])
    form(
      PeopleTexts.make, "/people/position",
      [
        Node(
          SelectField(
            FieldFrame("kind", PeopleTexts.kind),
            choices: PositionKind.held.map { Choice($0.rawValue, $0.name) })),
        Node(TextField(FieldFrame("place", PeopleTexts.place, hint: PeopleTexts.placeHint))),
        date("from", PeopleTexts.from, model.today.iso), date("through", PeopleTexts.through),
      ])
    form(
      PeopleTexts.appoint, "/people/appoint",
      [
        person("person"),
        Node(
          SelectField(
            FieldFrame("position", PeopleTexts.position),
            choices: open.map { Choice($0.key, PositionTexts.name($0)) })),
        date("from", PeopleTexts.from, model.today.iso), date("through", PeopleTexts.through),
      ])
    form(
      PeopleTexts.leave, "/people/leave",
      [
        Node(SelectField(FieldFrame("holding", PeopleTexts.position), choices: holdings)),
        date("through", PeopleTexts.lastDay, model.today.iso),
      ])
  }

  private var holdings: [Choice] {
    model.register.holdings.filter { $0.isOpen(on: model.today) }.map { holding in
      let name = model.register.person(holding.person)?.shownName ?? Words(same: "")
      let position = model.register.position(holding.position).map(PositionTexts.name) ?? Words(same: "")
      return Choice(
        String(holding.id),
        Words("\(name.danish): \(position.danish)", en: "\(name.english): \(position.english)"))
    }
  }

  @HTML private var invitations: [Node] {
    form(PeopleTexts.invite, "/people/invite", [person("person")])
    form(PeopleTexts.endSessions, "/people/end-sessions", [person("person")])
    form(
      PeopleTexts.closeSignIn, "/people/close-sign-in", [person("person")], help: PeopleTexts.closeSignInHelp)
  }

  private var removal: Node {
    form(PeopleTexts.remove, "/people/remove", [person("person")], help: PeopleTexts.removeHelp)
  }
}
