import RuleKit
import SteeringCore
import SurfaceKit

/// The lights, duties and reviews of a model file.
struct RuleList {
  private(set) var lights: [LightRule] = []
  private(set) var duties: [ConsequenceRule] = []
  private(set) var reviews: [ConsequenceRule] = []

  private let document: YamlDocument
  private let brokenIDs: Set<String>
  private var reader: ConditionReader

  init(_ root: YamlMapping, parameters: ParameterList) {
    document = root.document
    brokenIDs = parameters.brokenIDs
    reader = ConditionReader(parameters: parameters.parameters, lights: [])
    let lightIDs = readLights(root)
    reader = ConditionReader(parameters: parameters.parameters, lights: lightIDs)
    var ids = UniqueIDs()
    duties = readConsequences(root, "duties", &ids)
    reviews = readConsequences(root, "reviews", &ids)
  }

  /// Reads the lights; the ids of all that stand in the file, broken ones too, so that a duty is not blamed for them.
  private mutating func readLights(_ root: YamlMapping) -> [String] {
    let keys = ["id", "name", "tone", "shape", "demand", "when"] + RuleOrigin.keys
    guard let items = root.mappings("lights", keys: keys) else { return [] }
    var ids = UniqueIDs()
    var named: [String] = []
    var conditions: [(condition: Condition, id: String?, place: YamlPlace)] = []
    for item in items {
      let id = ids.take(item, reserved: SteeringModel.noLight)
      let name = item.words("name")
      let tone = item.choice("tone", LightTone.self)
      let shape = item.choice("shape", LightShape.self)
      let demand = item.words("demand")
      let condition = condition(item, for: .light)
      let origin = RuleOrigin(item)
      if let condition { conditions.append((condition, id?.text, item.place)) }
      if let id { named.append(id.text) }
      guard let id, let name, let tone, let shape, let demand, let condition, let origin else { continue }
      lights.append(
        LightRule(
          id: id.text, name: name, tone: tone, shape: shape, demand: demand, condition: condition,
          citation: origin.citation, standing: origin.standing))
    }
    if items.isEmpty {
      document.addError(
        at: root.place(of: "lights"), read: Words("modellen har ingen indikatorer", en: "the model has no lights"),
        remedy: Words("tilføj mindst én med »when: otherwise«", en: "add at least one with 'when: otherwise'"))
    } else if conditions.count == items.count {
      checkOrder(conditions)
    }
    return named
  }

  /// The last light must take what is left, and no light may stand where it is never reached.
  private func checkOrder(_ lights: [(condition: Condition, id: String?, place: YamlPlace)]) {
    var seen: [(clauses: Set<Condition.Clause>, id: String?)] = []
    for (condition, id, place) in lights {
      let clauses = Set(condition.clauses)
      if let earlier = seen.first(where: { $0.clauses == [.otherwise] || $0.clauses.isSubset(of: clauses) }) {
        let name = earlier.id ?? ""
        document.addError(
          at: place,
          read: Words(
            "denne indikator nås aldrig: »\(name)« ovenfor tager det hele",
            en: "this light is never reached: '\(name)' above takes it all"),
          remedy: Words("flyt den op, eller slet den", en: "move it up, or delete it"))
      }
      seen.append((clauses, id))
    }
    if let last = lights.last, !lights.contains(where: \.condition.isOtherwise) {
      document.addError(
        at: last.place,
        read: Words(
          "den sidste indikator tager ikke alt, hvad der er tilbage",
          en: "the last light does not take everything that is left"),
        remedy: Words("skriv »when: otherwise« på den sidste", en: "write 'when: otherwise' on the last one"))
    }
  }

  private func readConsequences(_ root: YamlMapping, _ key: String, _ ids: inout UniqueIDs) -> [ConsequenceRule] {
    guard let items = root.mappings(key, keys: ["id", "name", "explanation", "when"] + RuleOrigin.keys) else {
      return []
    }
    var rules: [ConsequenceRule] = []
    for item in items {
      let id = ids.take(item)
      let name = item.words("name")
      let explanation = item.words("explanation")
      let condition = condition(item, for: .consequence)
      let origin = RuleOrigin(item)
      guard let id, let name, let explanation, let condition, let origin else { continue }
      rules.append(
        ConsequenceRule(
          id: id.text, name: name, explanation: explanation, condition: condition, citation: origin.citation,
          standing: origin.standing))
    }
    return rules
  }

  private func condition(_ item: YamlMapping, for purpose: ConditionReader.Purpose) -> Condition? {
    guard let text = item.text("when") else { return nil }
    do {
      return try reader.read(text.text, for: purpose)
    } catch {
      let namesBroken = text.text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == ".") })
        .contains { brokenIDs.contains(String($0)) }
      if !namesBroken {
        document.addError(
          at: document.place(ofCharacter: error.column, in: text), read: error.read, remedy: error.remedy)
      }
      return nil
    }
  }
}
