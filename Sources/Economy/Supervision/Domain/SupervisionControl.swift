import SteeringCore

/// A control that all units do in some months of the year, set centrally (seeds/003, the finance department's tasks).
struct SupervisionControl: Hashable, Sendable {
  /// Its number; 0 before it is stored.
  let id: Int64
  /// What it is called.
  let name: String
  /// What is to be done.
  let task: String
  /// The months in which it is done, 1...12, ascending.
  let months: [Int]
  /// Whether it must be said where the evidence is, such as a case number.
  let asksForEvidence: Bool

  /// A control.
  init(id: Int64, name: String, task: String, months: [Int], asksForEvidence: Bool) {
    self.id = id
    self.name = name
    self.task = task
    self.months = Set(months).filter((1...12).contains).sorted()
    self.asksForEvidence = asksForEvidence
  }

  /// Voucher control six times a year, until the finance department makes a list of its own.
  static let first = SupervisionControl(
    id: 0, name: "Bilagskontrol",
    task: "Se et udvalg af månedens bilag efter: rigtig konto, rigtigt beløb, godkendt af en anden end den, der købte.",
    months: [2, 4, 6, 8, 10, 12], asksForEvidence: true)
}
