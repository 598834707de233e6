import RuleKit
import SteeringCore
public import SurfaceKit

/// What is tried: the model, and what is changed in it. It is the same thing as the address, so that a trial can be
/// kept as a bookmark and sent to others.
struct LaboratoryQuery: Sendable {
  /// The model as it is.
  let model: SteeringModel
  /// What was written in each field, by the parameter's id or `base`.
  let written: [String: String]
  /// What is changed.
  let variation: ModelVariation
  /// What cannot be used.
  let errors: [(field: String, text: Words)]
  /// The year that the house shows; nil for the newest.
  let year: Int?

  /// Reads the values of an address.
  init(_ model: SteeringModel, value: (String) -> String?) {
    var written: [String: String] = [:]
    var variation = ModelVariation()
    var errors: [(field: String, text: Words)] = []
    for parameter in model.parametersInUse where parameter.isNumber {
      guard let text = value(parameter.id)?.trimmingPrefix(while: { $0 == " " }), !text.isEmpty else { continue }
      let shown = String(text)
      written[parameter.id] = shown
      if let read = ParameterValue(like: parameter.value, text: shown), model.accepts(read, for: parameter) {
        if read != parameter.value { variation.values[parameter.id] = read }
      } else {
        errors.append((parameter.id, LaboratoryTexts.wanted(parameter, in: model)))
      }
    }
    if let base = value("base"), !base.isEmpty {
      if let known = BudgetBase(rawValue: base) {
        written["base"] = base
        if known != model.base { variation.base = known }
      } else {
        errors.append(("base", LaboratoryTexts.unknownBase))
      }
    }
    self.model = model
    self.written = written
    self.variation = variation
    self.errors = errors
    year = value("year").flatMap { Int($0) }
  }

  /// What stands in a parameter's field: what was written, or what the model says.
  func shown(_ parameter: Parameter) -> String {
    if let text = written[parameter.id] { return text }
    switch parameter.value {
    case .percentage(let share): return String(share.text.dropLast(2))
    case .years(let count): return String(count)
    default: return ""
    }
  }

  /// What is wrong with a field; nil where nothing is.
  func error(_ field: String) -> Words? { errors.first { $0.field == field }?.text }

  /// The model with the changes.
  var tried: SteeringModel { model.varied(by: variation) }
  /// Whether anything is changed.
  var changesSomething: Bool { variation != ModelVariation() }

  /// The address of this trial on the page or in the file, in a year where one is given.
  func address(_ start: Address = LaboratoryAddress.page, year: Int? = nil) -> Address {
    var address = start.with("model", model.id)
    for (name, text) in written.sorted(by: { $0.key < $1.key }) { address = address.with(name, text) }
    return year.map { address.with("year", String($0)) } ?? address
  }
}

/// Where the laboratory is.
public enum LaboratoryAddress {
  /// The page.
  public static let page: Address = "/laboratory"
  /// The changes as a file.
  static let file: Address = "/laboratory.csv"
}
