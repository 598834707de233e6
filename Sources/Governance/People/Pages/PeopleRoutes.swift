import Database
public import Hummingbird
import Organisation
import SteeringCore
public import SurfaceKit

/// The page of people and positions, and what can be done there.
public struct PeopleRoutes: Sendable {
  private let premises: Premises
  /// The address of the server as browsers know it, for links that are handed over.
  private let origin: @Sendable (Request) -> String

  /// The routes of a municipality.
  public init(_ premises: Premises) {
    self.premises = premises
    origin = { request in
      let authority = request.head.authority ?? ""
      let isHere = ["localhost", "127.0.0.1", "[::1]"].contains { authority.hasPrefix($0) }
      return (isHere ? "http://" : "https://") + authority
    }
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
      let person = form.number("person", PeopleTexts.person, among: register.people.map(\.id))
      let position = form.number("position", PeopleTexts.position, among: register.positions.map(\.id))
      let period = form.period()
      return { if let period { _ = try $0.appoint(person, to: position, period) } }
    }
    post(router, "people/leave", "people.leave") { form, register in
      let id = form.number("holding", PeopleTexts.position, among: register.holdings.map(\.id))
      let holding = register.holdings.first { $0.id == id }
      let period = form.day("through", PeopleTexts.lastDay).flatMap { last in
        holding.flatMap { ValidPeriod(from: $0.period.from, through: last) }
      }
      if holding != nil, period == nil {
        form.fail("through", Words("Dagen ligger før den første.", en: "The day lies before the first one."))
      }
      return { if let holding, let period { try $0.change(holding, to: period) } }
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
    let content = body.fields.sorted { $0.key < $1.key }.filter { !["token", "key"].contains($0.key) }
      .map { "\($0.key)=\($0.value)" }
    let command = Command(key, kind: kind) { content }
    let isNew = try await premises.database.write(premises.tenant) { connection in
      let effect = try connection.once(command, record: { _ in "" }) { try act(PeopleStore(connection, now: now)) }
      if case .done = effect { return true }
      return false
    }
    guard let link, isNew else { return .seeOther(Address("/people").with("done", "yes")) }
    shown = try await model(context)
    shown.link = origin(request) + context.prefix + link.text
    return PeopleShowView(model: shown).page.response(request, context)
  }

  private func model(_ context: SurfaceContext) async throws -> PeopleShowModel {
    let now = premises.now()
    let register = try await premises.database.read(premises.tenant) { try PeopleStore($0, now: now).register() }
    return PeopleShowModel(
      register: register, tree: try await premises.tree(premises.today), today: premises.today,
      mayAppoint: context.visitor.may("people.appoint"), mayInvite: context.visitor.may("people.signIn"),
      mayRemove: context.visitor.may("privacy.remove"), token: context.formToken, key: CommandKey.fresh().text)
  }
}
