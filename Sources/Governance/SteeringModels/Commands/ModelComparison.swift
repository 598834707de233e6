import RuleKit
import SteeringCore

/// What sets two steering models apart, as lines of plain text: what only one has, and what both have but
/// differently.
struct ModelComparison {
  let first: SteeringModel
  let second: SteeringModel
  let language: Language

  var lines: [String] {
    var differences: [String] = []
    if first.base != second.base {
      let what = Words("procenter er af", en: "percentages are of")
      differences.append(changed(what, first.base.name, second.base.name))
    }
    differences += compare(Words("parameter", en: "parameter"), first.parameters, second.parameters)
    differences += compare(Words("indikator", en: "light"), first.lights, second.lights)
    differences += order()
    differences += compare(Words("krav", en: "duty"), first.duties, second.duties)
    differences += compare(Words("konkret vurdering", en: "review"), first.reviews, second.reviews)
    let title = "\(first.id) → \(second.id)"
    if differences.isEmpty {
      return [title, "  " + Words("Reglerne er de samme", en: "The rules are the same")(language)]
    }
    return [title] + differences.map { "  " + $0 }
  }

  private func compare<Entry: Comparand>(_ kind: Words, _ left: [Entry], _ right: [Entry]) -> [String] {
    var lines: [String] = []
    for entry in left {
      let what = Words("\(kind.danish) \(entry.id)", en: "\(kind.english) \(entry.id)")
      guard let other = right.first(where: { $0.id == entry.id }) else {
        lines.append(only(what, entry.meaning, in: first))
        continue
      }
      if entry.meaning != other.meaning { lines.append(changed(what, entry.meaning, other.meaning)) }
      for (before, after) in zip(entry.wording, other.wording) where before != after {
        lines.append(changed(what, quoted(before), quoted(after)))
      }
    }
    for entry in right where !left.contains(where: { $0.id == entry.id }) {
      lines.append(
        only(Words("\(kind.danish) \(entry.id)", en: "\(kind.english) \(entry.id)"), entry.meaning, in: second))
    }
    return lines
  }

  private func order() -> [String] {
    let before = first.lights.map(\.id).filter { second.light($0) != nil }
    let after = second.lights.map(\.id).filter { first.light($0) != nil }
    if before == after { return [] }
    let what = Words("indikatorernes rækkefølge", en: "order of the lights")
    return [changed(what, Words(same: before.joined(separator: ", ")), Words(same: after.joined(separator: ", ")))]
  }

  private func changed(_ what: Words, _ from: Words, _ to: Words) -> String {
    "\(what(language)): \(from(language)) → \(to(language))"
  }

  private func only(_ what: Words, _ meaning: Words, in model: SteeringModel) -> String {
    let only = Words("kun i \(model.id)", en: "only in \(model.id)")
    return "\(what(language)): \(meaning(language)) (\(only(language)))"
  }

  private func quoted(_ words: Words) -> Words { Words("»\(words.danish)«", en: "'\(words.english)'") }
}

/// A part of a model that can be held against the part of the same id in another model.
private protocol Comparand {
  var id: String { get }
  /// What the part decides.
  var meaning: Words { get }
  /// The texts that people read, in a fixed order.
  var wording: [Words] { get }
}

extension Parameter: Comparand {
  fileprivate var meaning: Words { value.words }
  fileprivate var wording: [Words] { [name] }
}

extension LightRule: Comparand {
  fileprivate var meaning: Words { Words(same: "\(condition.text) [\(tone.rawValue), \(shape.rawValue)]") }
  fileprivate var wording: [Words] { [name, demand] }
}

extension ConsequenceRule: Comparand {
  fileprivate var meaning: Words { Words(same: condition.text) }
  fileprivate var wording: [Words] { [name, explanation] }
}
