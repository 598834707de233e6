import RuleKit
import SteeringCore

/// A steering model as lines of plain text.
struct ModelDescription {
  let model: SteeringModel
  let language: Language

  var lines: [String] {
    var lines = ["\(model.name(language)) (\(model.id))", ""]
    lines += Self.wrapped(model.description(language), width: 100) + ["", validity, baseLine]
    lines += heading(Words("Indikatorer, den første, der passer, gælder", en: "Lights, the first that fits is given"))
    for light in model.lights {
      lines += rule(
        light.name, id: light.id, light.demand, light.condition, light.citation, light.standing)
    }
    lines += heading(Words("Krav", en: "Duties"))
    lines += consequences(model.duties)
    lines += heading(
      Words(
        "Konkrete vurderinger, som et menneske altid afgør", en: "Reviews, which a person always decides"))
    lines += consequences(model.reviews)
    lines += heading(Words("Parametre", en: "Parameters"))
    for parameter in model.parameters {
      lines.append("  \(parameter.id): \(parameter.value.words(language))")
      lines.append("    \(parameter.name(language)) – \(source(parameter.citation, parameter.standing))")
    }
    return lines
  }

  private var validity: String {
    let from = date(model.validFrom)
    guard let to = model.validTo.map(date) else {
      return Words("Gælder fra \(from)", en: "In force from \(from)")(language)
    }
    return Words("Gælder fra \(from) til \(to)", en: "In force from \(from) to \(to)")(language)
  }

  private var baseLine: String {
    let base = model.base.name
    return Words("Procenter er af \(base.danish)", en: "Percentages are of \(base.english)")(language)
  }

  private func date(_ date: CalendarDate) -> String { language == .danish ? date.danish : date.iso }

  private func heading(_ words: Words) -> [String] { ["", words(language), ""] }

  private func consequences(_ rules: [ConsequenceRule]) -> [String] {
    if rules.isEmpty { return ["  " + Words("Ingen", en: "None")(language)] }
    return rules.flatMap { rule($0.name, id: $0.id, $0.explanation, $0.condition, $0.citation, $0.standing) }
  }

  private func rule(
    _ name: Words, id: String, _ text: Words, _ condition: Condition, _ citation: Citation, _ standing: Standing
  ) -> [String] {
    let when = condition.meaning(in: model)
    let meaning = Words("Når \(when.danish)", en: "When \(when.english)")
    return ["  \(name(language)) (\(id))"]
      + Self.wrapped(text(language), width: 96).map { "    " + $0 }
      + Self.wrapped(meaning(language), width: 96).map { "    " + $0 }
      + ["    [\(condition.text)]", "    \(source(citation, standing))"]
  }

  private func source(_ citation: Citation, _ standing: Standing) -> String {
    "\(citation.rule), \(citation.source), \(standing.name(language))"
  }

  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
