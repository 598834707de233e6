import Database
public import Hummingbird
import Organisation
import SteeringCore
public import SurfaceKit

/// The page of people and positions, and what can be done there.
public struct PeopleRoutes: Sendable {
  private let premises: Premises
  /// The routes of a municipality.
  public init(_ premises: Premises) {
    self.premises = premises
  }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get("people") { request, context in
      var model = try await model(context)
      model.isDone = request.query["done"] != nil
      return PeopleShowView(model: model).page.response(request, context)
    }
    post(router, "people/enter", "people.enter") { form, _ in
      let (name, email) = (form.text("name", PeopleTexts.name), form.optional("email"))
      return { _ = try $0.add(name: name, email: email) }
    }
    post(router, "people/position", "people.position") { form, _ in
      let (kind, place, period) = (form.kind(), form.optional("place"), form.period())
      if kind.place != .municipality, place.isEmpty { _ = form.text("place", PeopleTexts.place) }
      return { if let period { _ = try $0.add(kind, place: place, period) } }
    }
    post(router, "people/appoint", "people.appoint") { form, register in
      let person = form.person(register)
      let position = form.number("position", PeopleTexts.position, among: register.positions.map(\.id))
      let period = form.period()
      return { if let period { _ = try $0.appoint(person, to: position, period) } }
    }
    post(router, "people/leave", "people.leave") { form, register in
      let id = form.number("holding", PeopleTexts.position, among: register.holdings.map(\.id))
      let holding = register.holdings.first { $0.id == id }
      let last = form.day("through", PeopleTexts.lastDay)
      let today = premises.today
      let period = last.flatMap { last in holding.flatMap { ValidPeriod(from: $0.period.from, through: last) } }
      // A last day before the first one, such as yesterday for what began today: the person leaves at once.
      let isAtOnce = period == nil && last.map { $0 < today } == true && holding?.counts(on: today) == true
      if holding != nil, last != nil, period == nil, !isAtOnce {
        form.fail("through", Words("Dagen ligger før den første.", en: "The day lies before the first one."))
      }
      return { store in
        guard let holding else { return }
        if isAtOnce {
          try store.withdraw(holding, on: today)
        } else if let period {
          try store.change(holding, to: period)
        }
      }
    }
  }

  typealias Reading = @Sendable (inout PeopleForm, PeopleRegister) -> @Sendable (PeopleStore) throws -> Void

  func post(
    _ router: Router<SurfaceContext>, _ path: RouterPath, _ kind: String, _ reading: @escaping Reading
  ) {
    router.post(path) { request, context in try await carryOut(request, context, kind, reading) }
  }

  /// Reads a form, and does what it asks for once. `link` is the path of a link to hand over when it was done now.
  func carryOut(
    _ request: Request, _ context: SurfaceContext, _ kind: String, link: Address? = nil, _ reading: Reading
  ) async throws -> Response {
    let body = try await FormBody.ours(request, context)
    guard let key = CommandKey(body.text("key")) else { throw Trouble.foreignForm }
    var shown = try await model(context)
    var form = PeopleForm(body)
    let act = reading(&form, shown.register)
    guard form.errors.isEmpty else {
      shown.errors = form.errors
      return PeopleShowView(model: shown).page.response(request, context, status: .unprocessableContent)
    }
    let now = premises.now()
    let content = body.content(without: ["token", "key", "why"])
    let command = Command(key, kind: kind) { content }
    let isNew = try await body.explained {
      try await premises.database.write(premises.tenant) { connection in
        let effect = try connection.once(command, record: { _ in "" }) { try act(PeopleStore(connection, now: now)) }
        if case .done = effect { return true }
        return false
      }
    }
    guard let link, isNew else { return .seeOther(Address("/people").with("done", "yes")) }
    shown = try await model(context)
    shown.link = context.origin + context.prefix + link.text
    return PeopleShowView(model: shown).page.response(request, context)
  }

  private func model(_ context: SurfaceContext) async throws -> PeopleShowModel {
    let now = premises.now()
    let register = try await premises.database.read(premises.tenant) { try PeopleStore($0, now: now).register() }
    return PeopleShowModel(
      register: register, tree: try await premises.tree(premises.today), today: premises.today,
      mayAppoint: context.visitor.may("people.appoint"), mayInvite: context.visitor.may("people.signIn"),
      mayRemove: context.visitor.may("privacy.remove"), token: context.formToken)
  }
}
