import Database
public import Hummingbird
import Organisation
import SteeringCore
public import SurfaceKit

/// The page of what is kept for how long, its decisions, and the removing of a person's data.
public struct RetentionRoutes: Sendable {
  private let retention: Retention

  private var premises: Premises { retention.premises }

  /// The routes of a municipality.
  public init(_ retention: Retention) { self.retention = retention }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get("privacy") { request, context in
      var view = try await view(context)
      view.isDone = request.query["done"] != nil
      return view.page.response(request, context)
    }
    router.post("privacy/decide") { request, context in try await decide(request, context) }
    router.post("privacy/sweep") { request, context in
      let form = try await FormBody.ours(request, context)
      guard CommandKey(form.text("key")) != nil else { throw Trouble.foreignForm }
      // Twice is as once: what was due is gone.
      _ = try await form.explained { try await retention.sweep() }
      return Response.seeOther(Address("/privacy").with("done", "yes"))
    }
    PeopleRoutes(premises).post(router, "people/remove", "people.remove") { form, register in
      let person = form.person(register)
      return { store in
        let now = premises.now()
        let decision = try RetentionStore(store.connection, now: now).decisions()[.people]
        guard decision?.verdict == .destroy else {
          throw Trouble(.conflict, RetentionTexts.blocked, RetentionTexts.blockedHelp)
        }
        try LoginStore(store.connection, now: now).forget(person)
        _ = try store.remove(person)
      }
    }
  }

  private func view(_ context: SurfaceContext) async throws -> RetentionView {
    RetentionView(
      standings: try await retention.standings(), today: premises.today.iso,
      mayDecide: context.visitor.may("privacy.decide"), maySweep: context.visitor.may("privacy.sweep"),
      token: context.formToken, key: CommandKey.fresh().text)
  }

  private func decide(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let body = try await FormBody.ours(request, context)
    guard let key = CommandKey(body.text("key")) else { throw Trouble.foreignForm }
    var form = PeopleForm(body)
    let dataClass = DataClass(rawValue: body.text("class"))
    let verdict = PreservationDecision.Verdict(rawValue: body.text("verdict"))
    let days = Int(body.text("days")).flatMap { (30...36_500).contains($0) ? $0 : nil }
    let reference = form.text("reference", RetentionTexts.reference)
    let day = form.day("decided", RetentionTexts.decidedOn)
    if days == nil { form.fail("days", RetentionTexts.days) }
    if let day, day > premises.today {
      form.fail("decided", Words("Dagen er ikke kommet endnu.", en: "The day has not come yet."))
    }
    guard form.errors.isEmpty, let dataClass, let verdict, let days, let day else {
      guard dataClass != nil, verdict != nil else { throw Trouble.foreignForm }
      var shown = try await view(context)
      shown.errors = form.errors
      return shown.page.response(request, context, status: .unprocessableContent)
    }
    let decision = PreservationDecision(
      dataClass: dataClass, verdict: verdict, keepDays: days, reference: reference, decidedOn: day)
    let now = premises.now()
    let command = Command(key, kind: "privacy.decide") {
      [dataClass.rawValue, verdict.rawValue, "\(days)", reference, day.iso]
    }
    _ = try await body.explained {
      try await premises.database.write(premises.tenant) { connection in
        try connection.once(command, record: { _ in "" }) { try RetentionStore(connection, now: now).add(decision) }
      }
    }
    return .seeOther(Address("/privacy").with("done", "yes"))
  }
}
