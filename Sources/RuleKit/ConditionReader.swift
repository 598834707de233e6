public import SteeringCore

/// What is wrong with a condition: where in its text, what was read, and what to write instead.
public struct ConditionError: Error, Hashable, Sendable {
  /// The character in the condition's text, from 1.
  public let column: Int
  /// What was read.
  public let read: Words
  /// What to write instead.
  public let remedy: Words
}

/// Reads a line such as `balance < -deficit.redPct` or `light is yellow or red and plan not kept` to a `Condition`.
///
/// Clauses are joined by `and`:
///
///     balance | carriedIn | result   < | <= | > | >=   0 | PARAMETER | -PARAMETER
///     deficit for PARAMETER
///     no approved plan looks PARAMETER ahead
///     plan not kept
///     base missing
///     light is LIGHT [or LIGHT …]
///     otherwise
///
/// A parameter beside an amount is a percentage of the base; the two others are a number of years.
public struct ConditionReader: Sendable {
  /// What a condition is written for.
  public enum Purpose: Sendable {
    /// A light: it cannot ask about lights, and only here `otherwise` has a meaning.
    case light
    /// A duty or a review: it may ask about the model's lights.
    case consequence
  }

  let parameters: [String: Parameter]
  let lights: [String]

  /// A reader that knows a model's parameters and the ids of its lights. Where an id stands twice the first counts.
  public init(parameters: [Parameter], lights: [String]) {
    self.parameters = Dictionary(parameters.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.lights = lights
  }

  /// The condition a text says, or the first thing that is wrong with it.
  public func read(_ text: String, for purpose: Purpose) throws(ConditionError) -> Condition {
    var words = ConditionScanner(text)
    var clauses: [Condition.Clause] = []
    repeat {
      clauses.append(try clause(&words, purpose))
      if words.isAtEnd { break }
      try words.expect(["and"])
    } while true
    if clauses.count > 1, let place = words.position(of: "otherwise") {
      throw ConditionError(
        column: place,
        read: Words("»otherwise« står sammen med andet", en: "'otherwise' stands together with something else"),
        remedy: Words("lad »otherwise« stå alene", en: "let 'otherwise' stand alone"))
    }
    return Condition(text: text, clauses: clauses)
  }

  private static let firstWords =
    Condition.Quantity.allCases.map(\.rawValue) + ["deficit", "no", "plan", "base", "light", "otherwise"]

  private func clause(_ words: inout ConditionScanner, _ purpose: Purpose) throws(ConditionError) -> Condition.Clause {
    let start = words.column
    let allowed = Self.firstWords.filter { $0 != (purpose == .light ? "light" : "otherwise") }
    let first = try words.expect(allowed)
    if let quantity = Condition.Quantity(rawValue: first) { return try comparison(of: quantity, &words) }
    switch first {
    case "deficit":
      try words.expect(["for"])
      let column = words.column
      let (years, parameter) = try years(&words)
      guard (1...2).contains(years) else { throw tooManyYears(years, parameter, column: column) }
      return .deficit(years: years, parameter: parameter)
    case "no":
      for word in ["approved", "plan", "looks"] { try words.expect([word]) }
      let (years, parameter) = try years(&words)
      try words.expect(["ahead"])
      return .noPlanAhead(years: years, parameter: parameter)
    case "plan":
      for word in ["not", "kept"] { try words.expect([word]) }
      return .planNotKept
    case "base":
      try words.expect(["missing"])
      return .baseMissing
    case "light":
      return try lightIs(&words)
    case "otherwise":
      return .otherwise
    default:
      throw words.unexpected(first, at: start, allowed: allowed)
    }
  }

  private func comparison(
    of quantity: Condition.Quantity, _ words: inout ConditionScanner
  ) throws(ConditionError) -> Condition.Clause {
    let symbol = try words.expect(Condition.Relation.allCases.map(\.rawValue))
    let relation = Condition.Relation.allCases.first { $0.rawValue == symbol } ?? .below
    if words.next == "0" {
      words.advance()
      return .compare(quantity, relation, .zero)
    }
    var negative = false
    if words.next == "-" || words.next == "+" {
      negative = words.next == "-"
      words.advance()
    }
    let column = words.column
    let parameter = try parameter(&words, fitting: .percentage)
    guard case .percentage(let percentage) = parameter.value else {
      throw wrongKind(parameter, column: column, wanted: Words("en procent", en: "a percentage"))
    }
    guard percentage.basisPoints >= 0 else {
      throw ConditionError(
        column: column,
        read: Words("»\(parameter.id)« er negativ", en: "'\(parameter.id)' is negative"),
        remedy: Words(
          "giv parameteren uden fortegn og skriv »-\(parameter.id)« her",
          en: "give the parameter without a sign and write '-\(parameter.id)' here"))
    }
    return .compare(quantity, relation, .share(percentage, negative: negative, parameter: parameter))
  }

  private func lightIs(_ words: inout ConditionScanner) throws(ConditionError) -> Condition.Clause {
    try words.expect(["is"])
    let allowed = lights + [SteeringModel.noLight]
    var named = [try words.expect(allowed)]
    while words.next == "or" {
      words.advance()
      named.append(try words.expect(allowed))
    }
    return .lightIs(named)
  }

  private func years(_ words: inout ConditionScanner) throws(ConditionError) -> (Int, Parameter) {
    let column = words.column
    let parameter = try parameter(&words, fitting: .years)
    guard case .years(let years) = parameter.value else {
      throw wrongKind(parameter, column: column, wanted: Words("et antal år", en: "a number of years"))
    }
    return (years, parameter)
  }

  private enum Kind { case percentage, years }

  /// The parameter named next. Where none of that name is known, the remedy lists those that would fit.
  private func parameter(_ words: inout ConditionScanner, fitting kind: Kind) throws(ConditionError) -> Parameter {
    guard let name = words.next, let parameter = parameters[name] else {
      let fitting = parameters.values.filter { parameter in
        switch parameter.value {
        case .percentage: kind == .percentage
        case .years: kind == .years
        default: false
        }
      }
      let known = fitting.map(\.id).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      throw words.unexpected(
        words.next, at: words.column, allowed: (kind == .percentage ? ["0"] : []) + known)
    }
    words.advance()
    return parameter
  }

  private func wrongKind(_ parameter: Parameter, column: Int, wanted: Words) -> ConditionError {
    let value = parameter.value.words
    return ConditionError(
      column: column,
      read: Words(
        "»\(parameter.id)« er \(value.danish), ikke \(wanted.danish)",
        en: "'\(parameter.id)' is \(value.english), not \(wanted.english)"),
      remedy: Words(
        "brug en parameter, som er \(wanted.danish)", en: "use a parameter that is \(wanted.english)"))
  }

  private func tooManyYears(_ years: Int, _ parameter: Parameter, column: Int) -> ConditionError {
    ConditionError(
      column: column,
      read: Words("»\(parameter.id)« er \(years) år", en: "'\(parameter.id)' is \(years) years"),
      remedy: Words(
        "sæt den til 1 eller 2 år: en opgørelse kender kun året og det, der er overført til det",
        en: "set it to 1 or 2 years: a closing knows only the year and what was carried into it"))
  }
}
