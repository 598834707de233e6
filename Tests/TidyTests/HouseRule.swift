import Foundation
import Testing

/// Where a rule is broken, and by what.
struct Place: Equatable {
  let path: String
  /// The line from 1; 0 where the whole file or folder is meant.
  let line: Int
  /// What stands there.
  let what: String
}

/// A rule of the house: how to find what breaks it, what to do instead, and a planted violation that proves that it
/// can be found at all.
struct HouseRule: Sendable, CustomTestStringConvertible {
  /// The rule in a few words.
  let name: String
  /// What to do instead.
  let instead: String
  /// Files that each break the rule when they are planted among the kept ones: text by path.
  let planted: [String: String]
  /// Files much like them that keep the rule.
  let kept: [String: String]
  /// Finds every place that breaks the rule.
  let places: @Sendable (Repository) -> [Place]

  var testDescription: String { name }

  /// Every rule there is.
  static let all = ArrowRules.all + SizeRules.all + CodeRules.all + TextRules.all + CapabilityRules.all

  /// What a person reads about the places: file, line, what stands there, what to do instead.
  func report(_ places: [Place]) -> String {
    places.map { "\($0.path):\($0.line): \($0.what). Instead: \(instead)" }.joined(separator: "\n")
  }
}

/// A text that a pattern found, and its line from 1.
struct Match {
  let line: Int
  let text: String
  /// The text of the first group in the pattern; empty where it took no part.
  let group: String
}

/// Every match of a regular expression in a text; `^` and `$` mean lines.
func matches(of pattern: String, in text: String) -> [Match] {
  guard let expression = try? NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines]) else {
    Issue.record("the pattern \(pattern) is no regular expression")
    return []
  }
  let whole = text as NSString
  var line = 1
  var counted = 0
  return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { found in
    for place in counted..<found.range.location where whole.character(at: place) == 10 { line += 1 }
    counted = found.range.location
    let group = found.numberOfRanges > 1 ? found.range(at: 1) : NSRange(location: NSNotFound, length: 0)
    return Match(
      line: line, text: whole.substring(with: found.range),
      group: group.location == NSNotFound ? "" : whole.substring(with: group))
  }
}
