import Database
public import Hummingbird
import SteeringCore
public import SurfaceKit

/// What those who look after people can do about their ways in: invite, sign out, and fetch what is stored.
public struct AccountRoutes: Sendable {
  private let premises: Premises

  /// The routes of a municipality.
  public init(_ premises: Premises) { self.premises = premises }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    let people = PeopleRoutes(premises)
    router.post("people/invite") { request, context in
      let secret = Secret.fresh()
      let link = LoginAddress.invitation.appending(secret.text)
      return try await people.carryOut(request, context, "people.invite", link: link) { form, register in
        let person = form.person(register)
        return { try LoginStore($0.connection, now: premises.now()).invite(person, secret) }
      }
    }
    people.post(router, "people/end-sessions", "people.endSessions") { form, register in
      let person = form.person(register)
      return { _ = try LoginStore($0.connection, now: premises.now()).endSessions(of: person) }
    }
    people.post(router, "people/close-sign-in", "people.closeSignIn") { form, register in
      let person = form.person(register)
      return { store in
        try LoginStore(store.connection, now: premises.now()).forget(person)
        try store.connection.tell(Act("people.signIn", object: "person \(person)", after: "closed"))
      }
    }
    router.get("people/{person}/data.json") { _, context in
      guard let person = Int64(context.parameter("person") ?? "") else {
        throw Trouble.notFound(Words("Vi har ingen person med det nummer.", en: "We have no person of that number."))
      }
      let text = try await premises.database.read(premises.tenant) { try StoredAboutPerson($0, person).json }
      return Response.download(
        Array(text.utf8), type: "application/json; charset=utf-8", name: "person-\(person).json")
    }
  }
}
