public import Database
public import Hummingbird
import Ledger
import SteeringCore
public import SurfaceKit

/// The routes of the closing: units, a unit, rounds, and making one.
public struct ClosingRoutes: Sendable {
  let reader: ClosingReader
  let keeper: RoundKeeper
  let needs: ClosingNeeds
  let modelName: String
  let now: @Sendable () -> Int64
  let board: JobBoard
  let patience: Duration
  let doers: Doers

  /// The routes that ask for these jobs at a municipality's board. Who confirms a round waits `patience` for its end,
  /// and looks at the page of the job after that.
  public init(
    _ jobs: ClosingJobs, reader: ClosingReader, board: JobBoard, patience: Duration = .seconds(1),
    doers: Doers = .unknown
  ) {
    self.reader = reader
    self.doers = doers
    keeper = jobs.keeper
    needs = jobs.needs
    modelName = jobs.modelName
    now = jobs.keeper.now
    self.board = board
    self.patience = patience
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
      let round = Self.value("round", request)
      let model = try await reader.unitShow(code, round: round)
      let road = try await context.partOfPage("road") { () -> UnitRoadModel? in
        guard context.visitor.may("supervision.read") else { return nil }
        return try await reader.unitRoad(code, round: round, on: CalendarDate(inDenmarkAt: now()))
      }
      return UnitShowView(model: model, road: road).page.response(request, context)
    }
    addPostings(to: router)
    router.get("rounds") { request, context in
      let page = Self.value("page", request).flatMap { Int($0) } ?? 1
      return try await RoundListView(model: reader.roundList(page: page)).page.response(request, context)
    }
    addMaking(to: router)
    router.get("rounds/{round}") { request, context in
      let id = context.parameter("round") ?? ""
      let wasDecided = Self.value("again", request) != nil
      var model = try await Self.telling {
        try await reader.roundShow(
          id, keeper: keeper, replays: Self.value("replay", request) == "yes", wasDecided: wasDecided)
      }
      model.decidedBy = try await doers.name(
        of: "round \(id)", in: "closing", reader.database, reader.tenant,
        isTold: wasDecided && context.visitor.person != nil)
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
    request.query[name]
  }

  private static func query(_ request: Request) -> UnitListQuery {
    UnitListQuery { value($0, request) }
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
