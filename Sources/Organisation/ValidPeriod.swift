public import SteeringCore

/// The days on which something holds in the world: from the first day, through the last.
public struct ValidPeriod: Hashable, Sendable {
  /// The first day.
  public let from: CalendarDate
  /// The last day, itself included; nil where no end is known.
  public let through: CalendarDate?

  /// A period, or nil where it would end before it begins.
  public init?(from: CalendarDate, through: CalendarDate? = nil) {
    if let through, through < from { return nil }
    self.from = from
    self.through = through
  }

  /// Whether the day lies in the period.
  public func contains(_ date: CalendarDate) -> Bool { from <= date && (through.map { date <= $0 } ?? true) }

  /// Whether the periods share a day.
  public func overlaps(_ other: ValidPeriod) -> Bool { contains(other.from) || other.contains(from) }
}
