import Database
public import Hummingbird
import Organisation
import SteeringCore
public import SurfaceKit

/// The pages of the delegation plan: read it, ask it, compare two, record a new one, delegate.
public struct PlanRoutes: Sendable {
  private let premises: Premises
  /// The decisions that the product asks for; a plan must give each to somebody.
  private let demands: [PlanDemand]

  /// The routes of a municipality.
  public init(_ premises: Premises, demands: [PlanDemand]) {
    self.premises = premises
    self.demands = demands
  }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get("plan") { request, context in
      try await PlanView(model: model(context)).page.response(request, context)
    }
    router.get("plan/ask") { request, context in try await ask(request, context).response(request, context) }
    router.get("plan/compare") { request, context in try await compare(request).response(request, context) }
    router.get("plan/adopt") { request, context in
      adoptView(context).page.response(request, context)
    }
    router.post("plan/adopt") { request, context in try await adopt(request, context) }
    router.post("plan/delegate") { request, context in try await delegate(request, context) }
    router.post("plan/withdraw") { request, context in try await withdraw(request, context) }
  }

  private func model(_ context: SurfaceContext) async throws -> PlanModel {
    let (now, day) = (premises.now(), premises.today)
    let (inForce, register) = try await premises.database.read(premises.tenant) { connection in
      (try PlanStore(connection).inForce(on: day), try PeopleStore(connection, now: now).register())
    }
    var own: PlanModel.Own?
    if let person = context.visitor.person.flatMap({ Int64($0) }), context.visitor.may("competence.delegate") {
      let lending = Set(inForce.plan.decision("competence.delegate")?.holders.flatMap(\.actingKinds) ?? [])
      let positions = register.positions(of: person, on: day).filter { lending.contains($0.kind) }
      own = PlanModel.Own(
        positions: positions, decisions: Self.delegable(inForce.plan, positions),
        people: register.people.filter {
          !$0.isRemoved && $0.id != person && !register.positions(of: $0.id, on: day).isEmpty
        },
        given: register.delegations.filter { given in
          given.isOpen(on: day) && positions.contains { $0.id == given.position }
        })
    }
    return PlanModel(
      inForce: inForce, today: day, mayAdopt: context.visitor.may("plan.adopt"), own: own,
      token: context.formToken, key: CommandKey.fresh().text)
  }

  /// What positions can pass on: what they decide themselves, but not the right to pass it on, nor what decides who may
  /// do what.
  private static func delegable(_ plan: DelegationPlan, _ positions: [Position]) -> [DelegationPlan.Decision] {
    let kinds = Set(positions.map(\.kind))
    return plan.decisions.filter { decision in
      !["competence.", "plan.", "people.", "privacy.", "audit."].contains { decision.id.hasPrefix($0) }
        && decision.holders.contains { !kinds.isDisjoint(with: $0.actingKinds) }
    }
  }

  private func ask(_ request: Request, _ context: SurfaceContext) async throws -> Page {
    let (now, day) = (premises.now(), premises.today)
    let query = request.query
    let decision = query["decision"] ?? ""
    let (unit, amount, share) = (query["unit"] ?? "", query["amount"] ?? "", query["share"] ?? "")
    let person = context.visitor.person.flatMap { Int64($0) }
    let (plan, actor) = try await premises.database.read(premises.tenant) { connection in
      let actor = try person.map { Actor($0, in: try PeopleStore(connection, now: now).register(about: $0), on: day) }
      return (try PlanStore(connection).inForce(on: day).plan, actor ?? .stranger)
    }
    var errors: [ErrorSummary.Item] = []
    let money = amount.isEmpty ? nil : AskedAmount.money(amount)
    let percentage = share.isEmpty ? nil : AskedAmount.percentage(share)
    if !amount.isEmpty, money == nil { errors.append(.init(field: "amount", PlanTexts.badAmount)) }
    if !share.isEmpty, percentage == nil { errors.append(.init(field: "share", PlanTexts.badShare)) }
    let matter = Matter(decision, unit: unit.isEmpty ? nil : UnitCode(unit), amount: money, share: percentage)
    let tree = try await premises.tree(day)
    return PlanAskView(
      plan: plan, decision: decision, unit: unit, amount: amount, share: share,
      ruling: decision.isEmpty || !errors.isEmpty ? nil : plan.ruling(on: matter, by: actor, tree), errors: errors
    ).page
  }

  private func compare(_ request: Request) async throws -> Page {
    let adopted = try await premises.database.read(premises.tenant) { try PlanStore($0).all() }
    let shipped = (id: "0", name: ShippedPlan.plan.name, plan: ShippedPlan.plan)
    let versions =
      adopted.map { item in
        let number = item.adoption?.number ?? 0
        return (
          id: String(number),
          name: Words("\(number): \(item.plan.name.danish)", en: "\(number): \(item.plan.name.english)"),
          plan: item.plan
        )
      } + [shipped]
    let after = versions.first { $0.id == request.query["after"] } ?? versions[0]
    let before =
      versions.first { $0.id == request.query["before"] } ?? (versions.count > 1 ? versions[1] : versions[0])
    return PlanCompareView(
      names: versions.map { ($0.id, $0.name) }, chosen: (before.id, after.id),
      comparison: PlanComparison(before.plan, after.plan)
    ).page
  }

  private func adoptView(_ context: SurfaceContext) -> PlanAdoptView {
    PlanAdoptView(token: context.formToken, key: CommandKey.fresh().text, today: premises.today)
  }

  private func adopt(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let body = try await FormBody.ours(request, context, limit: DelegationPlanFile.largestSize + 8_192)
    guard let key = CommandKey(body.text("key")) else { throw Trouble.foreignForm }
    var view = adoptView(context)
    var form = PeopleForm(body)
    let decided = form.day("decided", PlanTexts.decidedOn)
    let from = form.day("from", PlanTexts.validFrom)
    let reference = form.text("reference", PlanTexts.reference)
    let (now, day) = (premises.now(), premises.today)
    var plan: DelegationPlan?
    let file = body.files["file"]
    if let decided, decided > day {
      form.fail("decided", Words("Dagen er ikke kommet endnu.", en: "The day has not come yet."))
    }
    if let file {
      let (read, findings) = DelegationPlanFile.read(bytes: file.bytes, fileName: file.name, demands: demands)
      view.findings = findings
      if let read {
        if let from, from < read.validFrom {
          form.fail("from", PlanTexts.tooEarly(read.validFrom))
        }
        let held = try await premises.database.read(premises.tenant) {
          try PeopleStore($0, now: now).register().heldKinds(on: max(from ?? day, day))
        }
        view.findings = read.unheld(in: held, fileName: file.name)
        plan = read
      }
    } else {
      form.fail("file", Words("Vælg en fil.", en: "Choose a file."))
    }
    guard form.errors.isEmpty, !view.findings.hasErrors, let plan, let file, let decided, let from else {
      view.errors = form.errors
      return view.page.response(request, context, status: .unprocessableContent)
    }
    let text = String(decoding: file.bytes, as: UTF8.self)
    let command = Command(key, kind: "plan.adopt") { [text, decided.iso, from.iso, reference] }
    let unheld = try await body.explained {
      try await premises.database.write(premises.tenant) { connection -> Findings in
        // Somebody may have left since the look before.
        let held = try PeopleStore(connection, now: now).register().heldKinds(on: max(from, day))
        let unheld = plan.unheld(in: held, fileName: file.name)
        guard !unheld.hasErrors else { return unheld }
        _ = try connection.once(command, record: { "\($0)" }) {
          try PlanStore(connection).adopt(
            plan, text: text, fileName: file.name, decidedOn: decided, validFrom: from, reference: reference, at: now)
        }
        return unheld
      }
    }
    guard !unheld.hasErrors else {
      view.findings = unheld
      return view.page.response(request, context, status: .unprocessableContent)
    }
    return .seeOther("/plan")
  }

  /// The last day on which a delegation may end: a year after it begins. Then it is asked again.
  private static func latestEnd(_ from: CalendarDate) -> CalendarDate {
    let day = min(from.day, CalendarDate.days(in: from.month, of: from.year + 1))
    return CalendarDate(year: from.year + 1, month: from.month, day: day) ?? from
  }

  private func delegate(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let body = try await FormBody.ours(request, context)
    guard let key = CommandKey(body.text("key")) else { throw Trouble.foreignForm }
    let own = try await model(context).own
    var form = PeopleForm(body)
    let position = form.number("position", PeopleTexts.position, among: own?.positions.map(\.id) ?? [])
    let person = form.number("person", PeopleTexts.person, among: own?.people.map(\.id) ?? [])
    let decision = body.text("decision")
    // A delegation has an end, so that nobody keeps what was lent for a time.
    let period = form.day("through", PeopleTexts.lastDay).flatMap { last in
      form.day("from", PeopleTexts.from).flatMap { ValidPeriod(from: $0, through: last) }
    }
    if let period, let through = period.through, through > Self.latestEnd(period.from) {
      form.fail("through", PlanTexts.tooLong)
    }
    let kind = own?.positions.first { $0.id == position }?.kind
    let isOwn = own?.decisions.contains { candidate in
      candidate.id == decision && candidate.holders.contains { kind.map($0.actingKinds.contains) ?? false }
    }
    guard form.errors.isEmpty, isOwn == true, let period else {
      throw Trouble(
        .unprocessableContent, PeopleTexts.bad,
        form.errors.text(for: "through") ?? form.errors.text(for: "from") ?? form.errors.text(for: "person")
          ?? Words(
            "Man kan kun give det videre, som stillingen selv bestemmer, og kun med en sidste dag. Intet er ændret.",
            en: "Only what the position decides itself can be delegated, and only with a last day. Nothing was changed."
          ))
    }
    let now = premises.now()
    let command = Command(key, kind: "competence.delegate") {
      ["\(position)", "\(person)", decision, period.from.iso, period.through?.iso ?? ""]
    }
    _ = try await body.explained {
      try await premises.database.write(premises.tenant) { connection in
        try connection.once(command, record: { "\($0)" }) {
          try PeopleStore(connection, now: now).delegate([decision], of: position, to: person, period)
        }
      }
    }
    return .seeOther(Address("/plan").at("delegate"))
  }

  private func withdraw(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let body = try await FormBody.ours(request, context)
    guard let key = CommandKey(body.text("key")) else { throw Trouble.foreignForm }
    let given = try await model(context).own?.given.first { String($0.id) == body.text("delegation") }
    guard let given else {
      throw Trouble.notFound(Words("Den er ikke din at tage tilbage.", en: "It is not yours to withdraw."))
    }
    let (now, day) = (premises.now(), premises.today)
    let command = Command(key, kind: "competence.withdraw") { ["\(given.id)"] }
    _ = try await body.explained {
      try await premises.database.write(premises.tenant) { connection in
        try connection.once(command, record: { _ in "" }) {
          try PeopleStore(connection, now: now).withdraw(given, on: day)
        }
      }
    }
    return .seeOther(Address("/plan").at("delegate"))
  }
}
