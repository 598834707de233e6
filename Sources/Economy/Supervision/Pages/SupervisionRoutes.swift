import Database
public import Hummingbird
import Ledger
import Organisation
public import RuleKit
public import SteeringCore
public import SurfaceKit

/// The addresses of the supervision.
public struct SupervisionRoutes: Sendable {
  let reader: ClosingReader
  let desk: SupervisionDesk
  let doers: Doers
  let today: @Sendable () -> CalendarDate
  let modelInForce: @Sendable () async throws -> SteeringModel

  /// The routes of a municipality. `modelInForce` says which light an expected balance would have.
  public init(
    _ reader: ClosingReader, now: @escaping @Sendable () -> Int64, today: @escaping @Sendable () -> CalendarDate,
    doers: Doers = .unknown, modelInForce: @escaping @Sendable () async throws -> SteeringModel
  ) {
    self.reader = reader
    self.doers = doers
    self.today = today
    self.modelInForce = modelInForce
    desk = SupervisionDesk(database: reader.database, tenant: reader.tenant, now: now, shelf: reader.shelf)
  }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get("supervision") { request, context in
      try await SupervisionListView(model: list(request, context)).page.response(request, context)
    }
    router.post("supervision/freeze") { request, context in
      try await DatabaseTrouble.telling { try await freeze(request, context) }
    }
    router.get("supervision/controls") { request, context in
      try await controls(context).page.response(request, context)
    }
    router.post("supervision/controls") { request, context in
      try await DatabaseTrouble.telling { try await change(request, context) }
    }
    router.get("units/{unit}/supervision") { request, context in
      var model = try await unit(request.query["month"], context)
      model.isDone = request.query["done"] != nil
      return UnitSupervisionView(model: model).page.response(request, context)
    }
    router.post("units/{unit}/supervision") { request, context in
      try await DatabaseTrouble.telling { try await sign(request, context) }
    }
  }

  // MARK: - All units

  private func list(_ request: Request, _ context: SurfaceContext) async throws -> SupervisionListModel? {
    let wanted = try request.query["month"].map(Self.month)
    let (shelf, day) = (reader.shelf, today())
    let found = try await reader.database.read(reader.tenant) { connection in
      let store = SupervisionStore(connection: connection)
      return try shelf.forecasts(connection, on: day).map { year, _ in
        (year, try store.signOffs(year.year), try store.frozen(year.year), try store.controls())
      }
    }
    guard let (year, signOffs, frozen, controls) = found, let newest = year.newest else { return nil }
    let month = wanted ?? newest
    guard month.year == year.year, month <= newest else {
      throw Trouble.notFound(SupervisionTexts.noSuchMonth)
    }
    let tree = try await reader.organisation(today())
    let rows = year.units.values.filter { $0.budget.pay != .zero || $0.budget.other != .zero }.map { facts in
      let signed = signOffs[month]?[facts.budget.unit]
      let budget = facts.budget.pay.adding(facts.budget.other) ?? .zero
      let spent = facts.actuals.spent(to: month.month)
      return SupervisionListModel.Row(
        code: facts.budget.unit, name: facts.budget.name,
        directorate: tree.directorate(of: facts.budget.unit)?.name ?? ClosingAddress.outside(context.language),
        budget: budget, spent: spent, signed: signed,
        hasMoved: signed.map { $0.spent != spent || $0.budget != budget } ?? false)
    }
    let places = Dictionary(tree.directorates.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let sorted = rows.sorted { left, right in
      let (first, second) = (places[left.directorate] ?? .max, places[right.directorate] ?? .max)
      return first == second ? left.code < right.code : first < second
    }
    return SupervisionListModel(
      month: month, months: months(year), due: month.due(onDay: SupervisionDesk.dueDay), today: today(),
      isFrozen: frozen.contains(month.month), mayFreeze: context.visitor.may("supervision.freeze"), rows: sorted,
      burden: ReportingBurden(units: rows.count, controls: controls, looks: PostingPicker().most),
      token: context.formToken, key: CommandKey.fresh().text)
  }

  private func months(_ year: RunningYear) -> [SupervisionMonth] {
    (1...year.lastMonth).reversed().compactMap { SupervisionMonth(year.year, $0) }
  }

  private static func month(_ text: String) throws -> SupervisionMonth {
    guard let month = SupervisionMonth(text) else { throw Trouble.notFound(SupervisionTexts.noSuchMonth) }
    return month
  }

  private func freeze(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.ours(request, context)
    guard let key = CommandKey(form.text("key")) else { throw Trouble.foreignForm }
    let month = try Self.month(form.text("month"))
    _ = try await desk.freeze(month, Command(key, kind: "supervision.freeze") { [month.text] })
    return .seeOther(SupervisionAddress.overview(month))
  }

  // MARK: - Controls

  private func controls(_ context: SurfaceContext) async throws -> SupervisionControlsView {
    let controls = try await reader.database.read(reader.tenant) { try SupervisionStore(connection: $0).controls() }
    return SupervisionControlsView(
      controls: controls, mayChange: context.visitor.may("supervision.controls"), token: context.formToken,
      key: CommandKey.fresh().text)
  }

  private func change(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.ours(request, context)
    guard let key = CommandKey(form.text("key")) else { throw Trouble.foreignForm }
    var view = try await controls(context)
    let at = desk.now()
    let content = form.content()
    let command = Command(key, kind: "supervision.controls") { content }
    if let id = Int64(form.text("withdraw")) {
      guard let control = view.controls.first(where: { $0.id == id }) else {
        return .seeOther(SupervisionAddress.controls)
      }
      try await write(control, isWithdrawn: true, at, command)
      return .seeOther(SupervisionAddress.controls)
    }
    let months = form.text("months").split(separator: " ").map { Int($0) ?? 0 }
    let (name, task) = (form.text("name"), form.text("task"))
    if name.isEmpty || name.utf8.count > 200 {
      view.errors.append(.init(field: "name", Words("Skriv et kort navn", en: "Write a short name")))
    }
    if task.isEmpty || task.utf8.count > 2_000 {
      view.errors.append(.init(field: "task", Words("Skriv, hvad der skal gøres", en: "Write what is to be done")))
    }
    if months.isEmpty || !months.allSatisfy((1...12).contains) {
      view.errors.append(
        .init(field: "months", Words("Skriv tal fra 1 til 12", en: "Write numbers from 1 to 12")))
    }
    guard view.errors.isEmpty else {
      view.written = form.fields
      return view.page.response(request, context, status: .unprocessableContent)
    }
    let control = SupervisionControl(
      id: -1, name: name, task: task, months: months, asksForEvidence: form.text("evidence") == "yes")
    try await write(control, isWithdrawn: false, at, command)
    return .seeOther(SupervisionAddress.controls)
  }

  private func write(
    _ control: SupervisionControl, isWithdrawn: Bool, _ at: Int64, _ command: Command
  ) async throws {
    _ = try await reader.database.write(reader.tenant) { connection in
      try connection.once(command, record: { _ in "" }) {
        try SupervisionStore(connection: connection).write(control, isWithdrawn: isWithdrawn, at: at)
      }
    }
  }

  // MARK: - A unit

  private func unit(_ month: String?, _ context: SurfaceContext) async throws -> UnitSupervisionModel {
    let code = UnitCode(context.parameter("unit") ?? "")
    guard let known = try await desk.unitMonth(code, try month.map(Self.month)) else {
      throw Trouble.notFound(SupervisionTexts.noSuchMonth)
    }
    return try await shown(known, context)
  }

  private func shown(_ known: UnitMonth, _ context: SurfaceContext) async throws -> UnitSupervisionModel {
    let name = try await doers.name(
      of: "\(known.facts.budget.unit.text) \(known.month.text)", in: "supervision", reader.database, reader.tenant,
      isTold: known.signed != nil && context.visitor.person != nil)
    let months = (1...known.month.month).reversed().compactMap { SupervisionMonth(known.month.year, $0) }
    return UnitSupervisionModel(
      month: known, model: try await modelInForce(), months: months,
      maySign: context.visitor.may("supervision.sign"), due: known.month.due(onDay: SupervisionDesk.dueDay),
      today: today(), signedBy: name, token: context.formToken, key: CommandKey.fresh().text)
  }

  private func sign(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.ours(request, context)
    guard let key = CommandKey(form.text("key")) else { throw Trouble.foreignForm }
    let code = UnitCode(context.parameter("unit") ?? "")
    let month = try Self.month(form.text("month"))
    let answers = SupervisionAnswers(form)
    let content = form.content()
    let command = Command(key, kind: "supervision.sign") { [code.text] + content }
    switch try await desk.sign(code, month, knowing: Int(form.text("version")) ?? 0, answers, command) {
    case .signed: return .seeOther(SupervisionAddress.unit(code, month).with("done", "yes"))
    case .nothing: throw Trouble.notFound(SupervisionTexts.noSuchMonth)
    case .frozen: throw Trouble(.conflict, SupervisionTexts.frozen, SupervisionTexts.frozenText)
    case .signedMeanwhile:
      throw Trouble(.conflict, SupervisionTexts.signedMeanwhile, SupervisionTexts.lookAgain)
    case .faults(let faults, let known):
      var model = try await shown(known, context)
      model.answers = answers
      model.written = ["pay": form.text("pay"), "other": form.text("other")]
      model.faults = faults
      return UnitSupervisionView(model: model).page.response(request, context, status: .unprocessableContent)
    }
  }
}

extension SupervisionAnswers {
  /// Reads a form. Amounts are whole kroner or kroner and øre, as people write them.
  init(_ form: FormBody) {
    func amount(_ name: String) -> Money? {
      let text = form.text(name).filter { $0 != " " && $0 != "\u{A0}" }
      guard !text.isEmpty, case .success(let read) = AmountFormat.native.read(text) else { return nil }
      return Money(ore: read.ore)
    }
    func text(_ name: String) -> String { form.text(name) }
    pay = amount("pay")
    other = amount("other")
    reason = text("reason")
    assumptions = text("assumptions")
    uncertainties = text("uncertainties")
    attention = text("attention")
    isSure = form.text("sure") == "yes"
    seen = form.text("seen")
    for (name, value) in form.fields {
      if name.hasPrefix("control-"), value == "yes", let id = Int64(name.dropFirst("control-".count)) {
        controls[id] = text("evidence-\(id)")
      }
      if name.hasPrefix("look-"), value == "right" || value == "wrong" {
        looks[String(name.dropFirst("look-".count))] = value == "right"
      }
    }
  }
}
