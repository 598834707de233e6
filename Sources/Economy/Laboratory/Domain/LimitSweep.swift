public import RuleKit
import SteeringCore

/// Several values of one parameter, to be tried one after the other.
public struct LimitRange: Hashable, Sendable {
  /// The parameter.
  public let parameter: Parameter
  /// The values, in the order they were written.
  public let values: [ParameterValue]

  /// Why a range cannot be used.
  public enum Fault: Error, Hashable, Sendable {
    /// It is not written as `id=value,value`.
    case form
    /// No rule of the model asks for such a number.
    case unknown(String, known: [String])
    /// A value is none that the parameter could have.
    case value(String, Parameter)
  }

  /// Reads `deficit.redPct=3,4,5`. Throws `Fault`.
  public init(_ text: String, in model: SteeringModel) throws(Fault) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else { throw .form }
    let known = model.parametersInUse.filter(\.isNumber)
    guard let parameter = known.first(where: { $0.id == parts[0] }) else {
      throw .unknown(parts[0], known: known.map(\.id))
    }
    var values: [ParameterValue] = []
    for written in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
      let text = written.filter { $0 != " " }
      guard let value = ParameterValue(like: parameter.value, text: text.replacing(".", with: ",")),
        model.accepts(value, for: parameter)
      else { throw .value(String(written), parameter) }
      values.append(value)
    }
    self.parameter = parameter
    self.values = values
  }

  /// Every combination of the ranges' values, the last range the quickest; one that changes nothing without ranges.
  public static func combinations(_ ranges: [LimitRange]) -> [[String: ParameterValue]] {
    ranges.reduce([[:]]) { found, range in
      found.flatMap { known in
        range.values.map { value in known.merging([range.parameter.id: value]) { $1 } }
      }
    }
  }
}

extension Parameter {
  /// Whether it is a number that can be tried: a share or a number of years.
  var isNumber: Bool {
    switch value {
    case .percentage, .years: true
    case .months, .monthDay, .choice, .unset: false
    }
  }
}

extension ParameterValue {
  /// Reads `5`, `2,5 %` or `3` as a value of the same kind; nil for anything else.
  init?(like value: ParameterValue, text: String) {
    let plain = String(text.filter { $0 != " " && $0 != "%" })
    switch value {
    case .percentage:
      guard let share = Percentage(text: plain) else { return nil }
      self = .percentage(share)
    case .years:
      guard plain.utf8.count <= 3, let count = Int(plain) else { return nil }
      self = .years(count)
    default: return nil
    }
  }
}
