/// A term of the council: four years from 1 January after the election. Elections were held in November 2021 and
/// 2025, so the terms begin on 1 January 2022, 2026 and so on.
public struct CouncilTerm: Hashable, Sendable, CustomStringConvertible {
  /// The first year.
  public let firstYear: Int

  /// The term of a day.
  public init(of day: CalendarDate) {
    let since = day.year - 2022
    firstYear = 2022 + (since >= 0 ? since / 4 : (since - 3) / 4) * 4
  }

  /// `2026-2029`.
  public var description: String { "\(firstYear)-\(firstYear + 3)" }
}
