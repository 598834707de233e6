import Organisation
import SteeringCore
import SurfaceKit

/// What the page of signing in shows.
struct LoginModel: Sendable {
  let next: Address
  var userName = ""
  var error: Words?
  var token = ""
  /// What the municipality's identity provider is called; nil without one.
  var provider: Words?
  /// The people of the demo with a position each; none elsewhere.
  var demoPeople: [(person: Person, position: Position)] = []
}

/// The page of signing in.
struct LoginView: Sendable {
  let model: LoginModel

  var page: Page {
    Page(title: LoginTexts.login, lead: LoginTexts.lead, section: nil) {
      if let error = model.error { ErrorSummary([.init(field: "user", error)]) }
      if !model.demoPeople.isEmpty { demo }
      if let provider = model.provider {
        ProviderForm(provider: provider, token: model.token, next: model.next)
        details(.open(model.error != nil)) {
          summary { LoginTexts.byPassword }
          password
        }
      } else {
        password
      }
    }
  }

  private var password: Node {
    form(.method("post"), .action(LoginAddress.login), .novalidate) {
      HiddenField("token", model.token)
      HiddenField("next", model.next.text)
      TextField(FieldFrame("user", LoginTexts.userName), value: model.userName, fills: "username")
      TextField(FieldFrame("password", LoginTexts.password), kind: "password", fills: "current-password")
      SubmitButton(LoginTexts.login, isQuiet: !model.demoPeople.isEmpty || model.provider != nil)
    }
  }

  @HTML private var demo: [Node] {
    h2 { LoginTexts.demo }
    p { LoginTexts.demoHelp }
    form(.method("post"), .action(LoginAddress.demo)) {
      HiddenField("token", model.token)
      HiddenField("next", model.next.text)
      ul(.class("cards")) {
        for (person, position) in model.demoPeople {
          li(.class("card")) {
            h3 { position.kind.name }
            p {
              person.name
              if !position.place.isEmpty { " (\(position.place))" }
            }
            button(.type("submit"), .name("person"), .value(person.key)) { LoginTexts.login }
          }
        }
      }
    }
  }
}

/// The way to the identity provider.
struct ProviderForm: Component {
  let provider: Words
  let token: String
  let next: Address
  /// The invitation that brought the person; empty without one.
  var invitation = ""

  var body: [Node] {
    form(.method("post"), .action(LoginAddress.provider)) {
      HiddenField("token", token)
      HiddenField("next", next.text)
      if !invitation.isEmpty { HiddenField("invitation", invitation) }
      SubmitButton(LoginTexts.byProvider(provider))
    }
  }
}

/// The page on which somebody who was invited chooses a password, or signs in at the identity provider.
struct InvitationView: Sendable {
  let secret: String
  let token: String
  let errors: [ErrorSummary.Item]
  let userName: String
  let provider: Words?

  var page: Page {
    Page(title: provider == nil ? LoginTexts.invitation : LoginTexts.invited, section: nil) {
      ErrorSummary(errors)
      if let provider {
        ProviderForm(provider: provider, token: token, next: LoginAddress.me, invitation: secret)
        h2 { LoginTexts.orPassword }
      }
      form(.method("post"), .action(LoginAddress.invitation.appending(secret)), .novalidate) {
        HiddenField("token", token)
        TextField(
          FieldFrame("user", LoginTexts.userName, error: errors.text(for: "user")), value: userName, fills: "username")
        TextField(
          FieldFrame(
            "password", LoginTexts.newPassword, hint: LoginTexts.newPasswordHint, error: errors.text(for: "password")),
          kind: "password", fills: "new-password")
        SubmitButton(LoginTexts.save)
      }
    }
  }
}

/// What a person sees of themselves.
struct MeModel: Sendable {
  let name: String
  let positions: [Position]
  let lent: [Delegation]
  let stored: StoredAboutPerson
  let token: String
}

/// The page about whoever is signed in.
struct MeView: Sendable {
  let model: MeModel

  var page: Page {
    Page(title: LoginTexts.me, heading: Words(same: model.name), section: nil) {
      h2 { LoginTexts.myPositions }
      if model.positions.isEmpty {
        p { LoginTexts.noPosition }
      } else {
        ul { for position in model.positions { li { PositionTexts.name(position) } } }
      }
      if !model.lent.isEmpty {
        h2 { LoginTexts.lent }
        ul { for delegation in model.lent { li { delegation.decisions.sorted().joined(separator: ", ") } } }
      }
      p { a(.href("/duties")) { LoginTexts.duties } }
      div(.class("acts")) {
        act(LoginAddress.logout, LoginTexts.logout)
        act(LoginAddress.sessions, LoginTexts.everywhere)
      }
      h2 { LoginTexts.mine }
      p { LoginTexts.mineHelp }
      p { a(.href("/me/data.json")) { LoginTexts.fetch } }
      for group in model.stored.groups where !group.rows.isEmpty { table(group) }
    }
  }

  private func act(_ address: Address, _ words: Words) -> Node {
    form(.method("post"), .action(address)) {
      HiddenField("token", model.token)
      SubmitButton(words, isQuiet: true)
    }
  }

  /// The most rows of a kind that the page shows; the file has them all.
  static let mostRows = 50

  private func table(_ group: (name: String, rows: [[(field: String, value: String)]])) -> DataTable {
    let fields = group.rows[0].map(\.field)
    return DataTable(
      id: "stored-" + group.name, caption: StoredTexts.name(group.name),
      columns: fields.map { .init(StoredTexts.name($0)) },
      rows: group.rows.prefix(Self.mostRows).map { row in
        DataTable.Row(row.map { cell in div(.class("entry")) { StoredTexts.value(cell.field, cell.value) } })
      })
  }
}
