import SteeringCore
import SurfaceKit

/// The page of a unit: where it stands, what is asked, and why.
struct UnitShowView: Sendable {
  let model: UnitShowModel
  /// The year that is running; nil where none is, or an earlier round is looked at.
  var road: UnitRoadModel?

  var page: Page {
    Page(
      title: Words(same: model.name), section: .units,
      trail: [
        .init(UnitListTexts.title, ClosingAddress.units),
        model.directorateCode.isEmpty
          ? .init(ClosingAddress.outside, ClosingAddress.units(directorate: ""))
          : .init(Words(same: model.directorate), ClosingAddress.units(directorate: model.directorateCode)),
      ]
    ) {
      p(.class("muted")) {
        UnitShowTexts.code(model.code)
        " · "
        a(.href(ClosingAddress.round(model.round.id))) { model.round.words }
        " · "
        model.modelName
      }
      headline
      div(.class("columns")) {
        div {
          h2 { UnitShowTexts.money }
          ladder
        }
        div {
          h2 { UnitShowTexts.asked }
          demands
        }
      }
      if let road { UnitRoad(model: road).nodes }
      h2 { UnitShowTexts.course }
      spending
      h2 { UnitShowTexts.years }
      balances
      h2 { UnitShowTexts.plans }
      plans
      UnitShowReasons(model: model).nodes
      UnitShowRows(model: model).nodes
    }
  }

  private var headline: Node {
    p(.class("headline")) {
      LightMark.picture(model.light)
      UnitShowTexts.headline(model)
    }
  }

  private var ladder: MoneyLadder {
    MoneyLadder(
      id: "ladder", caption: UnitShowTexts.ladder(model.round.year),
      steps: [
        .init(
          .start, UnitShowTexts.budget, model.budget, why: "#why-budget",
          note: UnitShowTexts.parts(pay: model.payBudget, other: model.otherBudget)),
        .init(
          .minus, UnitShowTexts.spent, model.spent, why: "#why-spent",
          note: UnitShowTexts.parts(pay: model.spentOnPay, other: model.spentOnOther)),
        .init(.sum, UnitShowTexts.result, model.result, isToldInWords: true, why: "#why-result"),
        .init(.plus, UnitShowTexts.carriedIn, model.carriedIn, isToldInWords: true, why: "#why-carried-in"),
        .init(.sum, UnitShowTexts.balance, model.balance, isToldInWords: true, why: "#why-balance"),
      ])
  }

  @HTML private var demands: [Node] {
    if model.duties.isEmpty && model.reviews.isEmpty {
      p { UnitShowTexts.nothingAsked }
    } else {
      ul(.class("duties")) {
        for duty in model.duties { demand(duty, isReview: false) }
        for review in model.reviews { demand(review, isReview: true) }
      }
    }
  }

  private func demand(_ demand: UnitShowModel.Demand, isReview: Bool) -> Node {
    li {
      strong { demand.name }
      p {
        demand.text
        if isReview { UnitShowTexts.forPeople }
        " "
        a(.href(UnitShowReasons.address(demand.id))) {
          UnitShowTexts.why
          span(.class("unseen")) {
            ": "
            demand.name
          }
        }
      }
    }
  }

  private var spending: LineChart {
    var series = [
      LineChart.Series(Words(same: String(model.round.year)), .solid, values: model.spentByMonth),
      LineChart.Series(UnitShowTexts.evenCourse, .dashed, values: Self.evenCourse(of: model.budget)),
    ]
    if !model.spentLastYearByMonth.isEmpty {
      let name = Words(same: String(model.round.year - 1))
      series.append(LineChart.Series(name, .dotted, values: model.spentLastYearByMonth))
    }
    return LineChart(
      id: "spending", title: UnitShowTexts.spendingTitle, description: UnitShowTexts.spendingDescription(model),
      pointHeading: UnitShowTexts.month, pointLabels: (1...12).map { month in Format.words { $0.shortMonth(month) } },
      series: series)
  }

  /// A twelfth of the budget a month, cumulated; the last month is exactly the budget.
  static func evenCourse(of budget: Money) -> [Money?] {
    (1...12).map { month in
      Int64(exactly: Int128(budget.ore) * Int128(month) / 12).map(Money.init(ore:))
    }
  }

  @HTML private var balances: [Node] {
    if model.years.count >= 3 {
      LineChart(
        id: "balances", title: UnitShowTexts.balancesTitle, description: UnitShowTexts.balancesDescription(model),
        pointHeading: UnitShowTexts.year, pointLabels: model.years.map { Words(same: String($0.year)) },
        series: [.init(UnitShowTexts.balance, .solid, values: model.years.map(\.balance))])
    }
    DataTable(
      id: "years", caption: UnitShowTexts.yearsCaption,
      columns: [
        .init(UnitShowTexts.year), .init(UnitListTexts.heading(.balance), .number),
        .init(UnitListTexts.heading(.share), .number), .init(UnitListTexts.light),
      ],
      rows: model.years.map { year in
        DataTable.Row([
          yearLink(year), .told { $0.wholeKroner(year.balance) },
          .words(UnitShowTexts.share(year.balanceBasisPoints)), Node(LightMark(year.light)),
        ])
      })
  }

  private func yearLink(_ year: UnitShowModel.YearEnd) -> Node {
    guard let round = year.round, round != model.round.id else { return .text(String(year.year)) }
    return a(.href(ClosingAddress.unit(model.code.text, round: round))) { String(year.year) }
  }

  @HTML private var plans: [Node] {
    if model.plans.isEmpty {
      p { UnitShowTexts.noPlans }
    } else {
      DataTable(
        id: "plans", caption: UnitShowTexts.plansCaption, isCaptionShown: false,
        columns: [
          .init(UnitShowTexts.year), .init(UnitShowTexts.planKind), .init(UnitShowTexts.approved),
          .init(UnitShowTexts.repaidBy), .init(UnitShowTexts.kept),
        ],
        rows: model.plans.map { plan in
          DataTable.Row([
            .text(String(plan.year)), .words(plan.kind),
            .words(plan.approvedOn.map { day in Format.words { $0.date(day) } } ?? UnitShowTexts.notApproved),
            .words(plan.repaidBy.map { Words(same: String($0)) } ?? UnitShowTexts.notStated),
            .words(UnitShowTexts.keptWord(plan.isKept)),
          ])
        })
    }
  }
}
