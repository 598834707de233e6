import SteeringCore
import SurfaceKit

/// What the page of a unit shows: one unit in one round, with every number's reason. Amounts are positive for
/// surplus, except budget and spent, where expense is positive.
struct UnitShowModel: Sendable {
  /// What the model asks of the unit, or asks people to decide about it.
  struct Demand: Sendable {
    /// The duty's or review's id in the model; also names its reason on the page.
    let id: String
    let name: Words
    /// What is asked, in a sentence.
    let text: Words
  }

  /// A plan of the unit.
  struct Plan: Sendable {
    let year: Int
    let kind: Words
    let approvedOn: CalendarDate?
    let repaidBy: Int?
    let isKept: Bool?
  }

  /// How an earlier year ended.
  struct YearEnd: Sendable {
    let year: Int
    let balance: Money
    let balanceBasisPoints: Int64?
    let light: LightSign
    /// The round that closed it, for the link; nil where the year is only known as carried in.
    let round: String?
  }

  /// The reason of a number or an outcome.
  struct Reason: Sendable {
    /// One named number that was put in, as people read it.
    struct Input: Sendable {
      let name: Words
      let value: Words
    }

    /// `budget`, `spent`, `light`, a duty's id …; the section's id is `why-` and this.
    let id: String
    let heading: Words
    /// The rule in plain words.
    let rule: Words
    let citation: Citation?
    /// The model's parameters that the rule uses.
    let parameters: [Input]
    /// The numbers that were put in.
    let inputs: [Input]
    /// What came out.
    let outcome: Words
    /// Whether the rule fired; nil where there is nothing to fire, as for a sum.
    let hasFired: Bool?
    /// What was compared before and did not decide, in the order it was tried.
    var triedBefore: [Words] = []
  }

  /// The reasons, the answer first.
  struct Reasons: Sendable {
    /// The rule that decided the light; nil where the model has no lights.
    let light: Reason?
    /// What is asked and what is not, in the model's order.
    let rules: [Reason]
    /// How the amounts were reckoned, in that order.
    let sums: [Reason]
  }

  /// Rows of a file that made a sum.
  struct Source: Sendable {
    let file: String
    /// The first characters of the content's hash.
    let hash: String
    let rows: Int
    let sum: Money
  }

  /// What was spent in one month, inside the decentral economy.
  struct Month: Sendable {
    /// 1...12.
    let month: Int
    let rows: Int
    let pay: Money
    let other: Money
  }

  /// What was spent on one function and kind.
  struct Part: Sendable {
    let function: String
    let kind: String
    /// Pay, other, or outside the decentral economy.
    let category: Words
    let rows: Int
    let sum: Money
  }

  let code: UnitCode
  let name: String
  let directorateCode: String
  let directorate: String
  let round: RoundName
  let modelName: Words
  let light: LightSign
  /// What the light asks, in a sentence or two; nil where it asks nothing.
  let lightDemand: Words?
  let payBudget: Money
  let otherBudget: Money
  let budget: Money
  let spentOnPay: Money
  let spentOnOther: Money
  let spent: Money
  let result: Money
  let carriedIn: Money
  let balance: Money
  let balanceBasisPoints: Int64?
  /// Spent this year, cumulated to the end of each month; nil for months to come.
  let spentByMonth: [Money?]
  /// Spent last year, cumulated; empty where last year is not known.
  let spentLastYearByMonth: [Money?]
  /// At most four years, oldest first, this one last.
  let years: [YearEnd]
  let duties: [Demand]
  let reviews: [Demand]
  let plans: [Plan]
  let reasons: Reasons
  let sources: [Source]
  /// The months that have postings inside the decentral economy; they add up to what was spent.
  let months: [Month]
  let parts: [Part]
}
