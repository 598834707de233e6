import Database
public import Hummingbird
import Ledger
import RuleKit
import SteeringCore
public import SurfaceKit

/// The routes of the closing: units, a unit, rounds, and making one.
public struct ClosingRoutes: Sendable {
  let reader: ClosingReader
  let keeper: RoundKeeper
  let needs: ClosingNeeds
  let modelName: String
  let now: @Sendable () -> Int64

  /// The routes on a municipality's database. `modelName` is the model that new rounds are made with.
  public init(
    reader: ClosingReader, needs: ClosingNeeds, modelName: String, now: @escaping @Sendable () -> Int64
  ) {
    self.reader = reader
    self.keeper = RoundKeeper(database: reader.database, tenant: reader.tenant, needs: needs, now: now)
    self.needs = needs
    self.modelName = modelName
    self.now = now
  }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get("units") { request, context in
      try await UnitListView(model: reader.unitList(Self.query(request))).page.response(request, context)
    }
    router.get("units.csv") { request, context in
      let model = try await reader.unitList(Self.query(request))
      let name = "aftaleenheder-\(model.round?.id ?? "ingen").csv"
      return Response.download(
        UnitListFile(model: model).csv(context.language), type: "text/csv; charset=utf-8", name: name)
    }
    router.get("units/{unit}") { request, context in
      let code = UnitCode(context.parameter("unit") ?? "")
      let model = try await reader.unitShow(code, round: Self.value("round", request))
      return UnitShowView(model: model).page.response(request, context)
    }
    addPostings(to: router)
    router.get("rounds") { request, context in
      let page = Self.value("page", request).flatMap { Int($0) } ?? 1
      return try await RoundListView(model: reader.roundList(page: page)).page.response(request, context)
    }
    router.get("rounds/make") { request, context in
      let model = try await formModel(.init(year: "", kind: ""), [], context)
      return RoundMakeView(model: model).page.response(request, context)
    }
    router.post("rounds/make") { request, context in try await readBack(request, context) }
    router.post("rounds/make/confirm") { request, context in try await confirm(request, context) }
    router.get("rounds/{round}") { request, context in
      let model = try await reader.roundShow(
        context.parameter("round") ?? "", keeper: keeper, replays: Self.value("replay", request) == "yes")
      return RoundShowView(model: model).page.response(request, context)
    }
  }

  private func addPostings(to router: Router<SurfaceContext>) {
    @Sendable func query(_ request: Request, _ context: SurfaceContext) -> PostingQuery {
      PostingQuery(UnitCode(context.parameter("unit") ?? "")) { Self.value($0, request) }
    }
    router.get("units/{unit}/postings") { request, context in
      let model = try await reader.postingList(query(request, context))
      return PostingListView(model: model).page.response(request, context)
    }
    router.get("units/{unit}/postings.csv") { request, context in
      let file = PostingListFile(model: try await reader.wholePostingList(query(request, context)))
      return Response.download(file.csv(context.language), type: "text/csv; charset=utf-8", name: file.name)
    }
  }

  private static func value(_ name: String, _ request: Request) -> String? {
    request.uri.queryParameters[name[...]].map { String($0) }
  }

  private static func query(_ request: Request) -> UnitListQuery {
    UnitListQuery { value($0, request) }
  }

  private func formModel(
    _ values: RoundMakeModel.Values, _ errors: [ErrorSummary.Item], _ context: SurfaceContext
  ) async throws -> RoundMakeModel {
    let years = try await reader.database.read(reader.tenant) { connection in
      try ImportStore(connection).current(.budget).compactMap { $0.year?.number }
    }
    let newest = Set(years).sorted(by: >)
    let year = values.year.isEmpty ? newest.first.map { String($0) } ?? "" : values.year
    return RoundMakeModel(
      step: .form, years: newest, values: .init(year: year, kind: values.kind), errors: errors,
      token: context.formToken)
  }

  /// What a form that makes a round chose; nil with the errors where it is not whole.
  private func chosen(
    _ form: FormBody, _ years: [Int]
  ) -> (choice: (FiscalYear, Round.Status)?, errors: [ErrorSummary.Item]) {
    var errors: [ErrorSummary.Item] = []
    let year = Int(form.text("year")).flatMap { years.contains($0) ? FiscalYear($0) : nil }
    if year == nil {
      errors.append(
        .init(field: "year", Words("Vælg et år, der har et budget.", en: "Choose a year that has a budget.")))
    }
    let status = Round.Status(rawValue: form.text("kind"))
    if status == nil {
      errors.append(
        .init(
          field: "kind",
          Words(
            "Vælg, om opgørelsen er foreløbig eller endelig.", en: "Choose whether the closing is preliminary or final."
          )))
    }
    if let year, let status { return ((year, status), []) }
    return (nil, errors)
  }

  private func model() throws -> (SteeringModel, String) {
    guard case .found(let model, let text) = try needs.model(modelName) else {
      throw DatabaseError.misuse("the model \(modelName) is not there")
    }
    return (model, text)
  }

  private func readBack(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.read(request)
    guard FormToken.isOurs(form, request, context) else { throw Trouble.foreignForm }
    let values = RoundMakeModel.Values(year: form.text("year"), kind: form.text("kind"))
    let blank = try await formModel(values, [], context)
    let (choice, errors) = chosen(form, blank.years)
    guard let (year, status) = choice else {
      let model = try await formModel(values, errors, context)
      return RoundMakeView(model: model).page.response(request, context, status: .unprocessableContent)
    }
    let (model, text) = try model()
    let at = now()
    let draft = try await reader.database.read(reader.tenant) {
      try RoundKeeper.draft($0, year, status, model, text, at)
    }
    guard let draft else { throw Trouble.notFound(Words("Året har intet budget.", en: "The year has no budget.")) }
    let step = RoundMakeModel.ReadBack(
      year: year.number, isFinal: status == .final, number: draft.round.id.number, modelName: model.name,
      unitCount: draft.units.count, ledgerLines: draft.round.totals.all.lines,
      inputs: draft.round.inputs.map(RoundShowModel.Input.init), remarks: remarks(draft, model, year))
    let page = RoundMakeModel(
      step: .readBack(step), years: blank.years, values: values, errors: [], token: context.formToken)
    return RoundMakeView(model: page).page.response(request, context)
  }

  private func remarks(_ draft: RoundKeeper.Draft, _ model: SteeringModel, _ year: FiscalYear) -> [Words] {
    var remarks: [Words] = []
    let without = draft.units.count { $0.verdict.light == SteeringModel.noLight }
    if without > 0 {
      remarks.append(
        Words(
          "\(without) enheder har intet budget at måle imod og får ingen indikator.",
          en: "\(without) units have no budget to measure against and get no light."))
    }
    if !draft.round.inputs.contains(where: { $0.kind == .ledger }) {
      remarks.append(Words("Der er ingen bogføring for året endnu.", en: "There is no ledger for the year yet."))
    }
    if !model.isInForce(on: year.lastDay) {
      remarks.append(
        Words(
          "Styringsmodellen gælder ikke den sidste dag i året.",
          en: "The steering model is not in force on the last day of the year."))
    }
    if let last = draft.last, last.status == .final {
      remarks.append(
        Words(
          "Året har allerede en endelig opgørelse, nr. \(last.id.number). Den bliver stående; den nye siger, "
            + "hvad der er anderledes.",
          en: "The year has a final closing already, no. \(last.id.number). It stays; the new one says what differs."))
    }
    return remarks
  }

  private func confirm(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.read(request)
    guard FormToken.isOurs(form, request, context) else { throw Trouble.foreignForm }
    let blank = try await formModel(.init(year: form.text("year"), kind: form.text("kind")), [], context)
    guard let (year, status) = chosen(form, blank.years).choice else { throw Trouble.foreignForm }
    switch try await keeper.make(year, status, modelText: try model().1) {
    case .made(let round, _, _), .nothingNew(let round): return .seeOther(ClosingAddress.round(round.id.text))
    case .noBudget, .noModel:
      throw Trouble.notFound(Words("Året har intet budget.", en: "The year has no budget."))
    }
  }
}

/// The list of units as a file: exactly the rows that are shown, amounts in kr. with øre.
struct UnitListFile {
  let model: UnitListModel

  func csv(_ language: Language) -> [UInt8] {
    var table = CSVText(byteOrderMark: true)
    let heads = [
      Words("Kode", en: "Code"), Words("Aftaleenhed", en: "Agreement unit"), Words("Forvaltning", en: "Directorate"),
      Words("Budget", en: "Budget"), Words("Overført fra tidligere år", en: "Carried in"),
      Words("Forbrug", en: "Spent"), Words("Årets resultat", en: "Result of the year"), Words("Saldo", en: "Balance"),
      Words("Saldo i procent af budgettet", en: "Balance in percent of the budget"), Words("Indikator", en: "Light"),
      Words("Krav", en: "Duties"), Words("Konkrete vurderinger", en: "Reviews"),
    ]
    table.record(heads.map { $0(language) })
    for row in model.rows {
      let share = row.balanceBasisPoints.map { Money(ore: $0).forFile } ?? ""
      func joined(_ words: [Words]) -> String { CSVText.text(words.map { $0(language) }.joined(separator: " + ")) }
      table.record(
        [CSVText.text(row.code.text), CSVText.text(row.name), CSVText.text(row.directorate)]
          + [row.budget, row.carriedIn, row.spent, row.result, row.balance].map(\.forFile)
          + [share, row.light.name(language), joined(row.duties), joined(row.reviews)])
    }
    let totals = model.totals
    table.record(
      ["", Words("I alt", en: "Total")(language), ""]
        + [totals.budget, totals.carriedIn, totals.spent, totals.result, totals.balance].map(\.forFile)
        + ["", "", "", ""])
    return table.bytes
  }
}
