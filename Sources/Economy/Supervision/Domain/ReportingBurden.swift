import SteeringCore

/// How much the supervision asks of the units in a year: fields × units × times. What the house holds already is never
/// asked, and counts nothing.
struct ReportingBurden: Hashable, Sendable {
  /// How many units are asked.
  let units: Int
  /// How many fields a unit fills in over the twelve months, at most.
  let fieldsInYear: Int

  /// The two amounts of the forecast.
  static let forecastFields = 2

  /// The burden of these controls on so many units, where at most so many postings are asked about in a month.
  init(units: Int, controls: [SupervisionControl], looks: Int) {
    self.units = units
    let ofControls = controls.reduce(0) { $0 + $1.months.count * ($1.asksForEvidence ? 2 : 1) }
    fieldsInYear = 12 * (Self.forecastFields + looks) + ofControls
  }

  /// All fields of all units in a year.
  var fields: Int { units * fieldsInYear }
}
