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
      differences.append(
        changed(Words("procenter er af", en: "percentages are of"), first.base.name, second.base.name))
    }
    differences += compare(
      Words("parameter", en: "parameter"), parameters(first), parameters(second))
    differences += compare(Words("indikator", en: "light"), lights(first), lights(second))
    differences += order()
    differences += compare(
      Words("krav", en: "duty"), consequences(first.duties), consequences(second.duties))
    differences += compare(
      Words("konkret vurdering", en: "review"), consequences(first.reviews), consequences(second.reviews))
    let title = "\(first.id) → \(second.id)"
    if differences.isEmpty {
      return [title, "  " + Words("Reglerne er de samme", en: "The rules are the same")(language)]
    }
    return [title] + differences.map { "  " + $0 }
  }

  private typealias Entry = (id: String, meaning: Words)

  private func parameters(_ model: SteeringModel) -> [Entry] { model.parameters.map { ($0.id, $0.value.words) } }

  private func lights(_ model: SteeringModel) -> [Entry] {
    model.lights.map { ($0.id, meaning($0.condition)) }
  }

  private func consequences(_ rules: [ConsequenceRule]) -> [Entry] {
    rules.map { ($0.id, meaning($0.condition)) }
  }

  private func meaning(_ condition: Condition) -> Words { Words(same: condition.text) }

  private func order() -> [String] {
    let shared = first.lights.map(\.id).filter { second.light($0) != nil }
    let sharedSecond = second.lights.map(\.id).filter { first.light($0) != nil }
    if shared == sharedSecond { return [] }
    return [
      changed(
        Words("indikatorernes rækkefølge", en: "order of the lights"), Words(same: shared.joined(separator: ", ")),
        Words(same: sharedSecond.joined(separator: ", ")))
    ]
  }

  private func compare(_ kind: Words, _ left: [Entry], _ right: [Entry]) -> [String] {
    var lines: [String] = []
    for (id, meaning) in left {
      let what = Words("\(kind.danish) \(id)", en: "\(kind.english) \(id)")
      guard let other = right.first(where: { $0.id == id }) else {
        lines.append(only(what, meaning, in: first))
        continue
      }
      if other.meaning != meaning { lines.append(changed(what, meaning, other.meaning)) }
    }
    for (id, meaning) in right where !left.contains(where: { $0.id == id }) {
      lines.append(only(Words("\(kind.danish) \(id)", en: "\(kind.english) \(id)"), meaning, in: second))
    }
    return lines
  }

  private func changed(_ what: Words, _ from: Words, _ to: Words) -> String {
    "\(what(language)): \(from(language)) → \(to(language))"
  }

  private func only(_ what: Words, _ meaning: Words, in model: SteeringModel) -> String {
    let only = Words("kun i \(model.id)", en: "only in \(model.id)")
    return "\(what(language)): \(meaning(language)) (\(only(language)))"
  }
}
