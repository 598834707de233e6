public import SteeringCore

/// Whether a rule or a number stands in the documents or is this product's reading of them, so that nobody takes
/// our interpretation for the council's decision.
public enum Standing: String, CaseIterable, Sendable {
  /// The cited document says it.
  case stated
  /// The document is silent or can be read in several ways; this is the reading chosen here.
  case ourReading

  /// What the standing is called on screen.
  public var name: Words {
    switch self {
    case .stated: Words("står i dokumentet", en: "stated in the document")
    case .ourReading: Words("vores læsning", en: "our reading")
    }
  }
}

/// What the limit on moving money away from pay is measured against.
public enum PayrollBase: String, CaseIterable, Sendable {
  /// The unit's whole budget.
  case totalBudget
  /// The unit's budget for pay.
  case payBudget

  /// What the base is called on screen.
  public var name: Words {
    switch self {
    case .totalBudget: Words("hele budgettet", en: "the total budget")
    case .payBudget: Words("lønbudgettet", en: "the pay budget")
    }
  }
}

/// The value of a parameter.
public enum ParameterValue: Hashable, Sendable {
  /// A share of the unit's budget, in basis points.
  case percentage(Percentage)
  /// A number of whole years.
  case years(Int)
  /// A number of whole months.
  case months(Int)
  /// A day in every year, month 1...12 and day of the month.
  case monthDay(month: Int, day: Int)
  /// One of several named readings, such as a `PayrollBase`.
  case choice(String)
  /// Not decided: the municipality must choose before anything depends on it.
  case unset

  /// The value as people read it: `5 %`, `2 år`, `31. januar`.
  public var words: Words {
    switch self {
    case .percentage(let percentage):
      let danish = percentage.text
      return Words(danish, en: String(danish.map { $0 == "," ? "." : $0 == "." ? "," : $0 }))
    case .years(let count): return Words("\(count) år", en: count == 1 ? "1 year" : "\(count) years")
    case .months(let count):
      return Words(count == 1 ? "1 måned" : "\(count) måneder", en: count == 1 ? "1 month" : "\(count) months")
    case .monthDay(let month, let day):
      guard (1...12).contains(month) else { return Words(same: "\(day).\(month).") }
      return Words("\(day). \(Self.danishMonths[month - 1])", en: "\(day) \(Self.englishMonths[month - 1])")
    case .choice(let choice): return PayrollBase(rawValue: choice)?.name ?? Words(same: choice)
    case .unset: return Words("ikke fastsat", en: "not set")
    }
  }

  /// The English names of the months, January first, as model files write them.
  public static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  static let danishMonths = [
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
  ]
}

/// A number or a choice that a steering model decides, with the place it comes from. Each limit has a parameter
/// of its own, also where today's figures are the same, so that one can change without the others.
public struct Parameter: Hashable, Sendable {
  /// The name that conditions use, such as `deficit.redPct`.
  public let id: String
  /// The value.
  public let value: ParameterValue
  /// What it is called on screen.
  public let name: Words
  /// Rule number and document.
  public let citation: Citation
  /// Stated in the document, or our reading of it.
  public let standing: Standing
  /// The line of the model file that sets it, from 1; nil for a model that was not read from a file.
  public let line: Int?

  /// A parameter.
  public init(
    id: String, value: ParameterValue, name: Words, citation: Citation, standing: Standing, line: Int? = nil
  ) {
    self.id = id
    self.value = value
    self.name = name
    self.citation = citation
    self.standing = standing
    self.line = line
  }
}
