public import SteeringCore
import RuleKit
import SurfaceKit

/// Reads a delegation plan from its file (`docs/capabilities/delegation-plan.md` describes the format). Everything
/// wrong with the file is found in one reading.
public enum DelegationPlanFile {
  /// A plan is a few pages of text; what has more bytes is another file given by mistake.
  public static let largestSize = 1 << 20

  /// The plan in a file's bytes; nil where the findings hold an error. `demands` are the decisions that the product's
  /// own pages and commands ask for: a plan that leaves one out would lock everybody out, and one that gives what
  /// changes something to everybody, or in a part that the product cannot tell apart, would open the house.
  public static func read(
    bytes: [UInt8], fileName: String, demands: [PlanDemand]
  ) -> (DelegationPlan?, Findings) {
    guard bytes.count <= largestSize else {
      var findings = Findings()
      findings.add(
        Finding(
          .error, file: fileName, line: 0,
          read: Words(
            "filen er over 1 MB, så den er ingen kompetenceplan", en: "the file is over 1 MB, so it is no plan"),
          remedy: Words("peg på planen", en: "point at the plan")))
      return (nil, findings)
    }
    let document = YamlDocument(bytes: bytes, fileName: fileName)
    let plan = plan(document, demands)
    let findings = document.findings
    return (findings.hasErrors ? nil : plan, findings)
  }

  private static func plan(_ document: YamlDocument, _ demands: [PlanDemand]) -> DelegationPlan? {
    guard let root = document.root(keys: ["id", "name", "validFrom", "documents", "decisions"]) else { return nil }
    let id = root.text("id")
    let name = root.words("name")
    let from = root.date("validFrom")
    let documents = documents(root)
    let decisions = decisions(root, documents: Set(documents.map(\.id)))
    let known = Set(decisions.map(\.id))
    for missing in demands.map(\.decision) where !known.contains(missing) {
      document.addError(
        at: root.place(of: "decisions"),
        read: Words(
          "ingen må bestemme »\(missing)«, som Styrehus spørger om",
          en: "nobody may decide '\(missing)', which Styrehus asks for"),
        remedy: Words("tilføj den med mindst ét niveau", en: "add it with at least one level"))
    }
    for demand in demands {
      for holder in decisions.first(where: { $0.id == demand.decision })?.holders ?? [] {
        check(holder, demand, document)
      }
    }
    guard let id, let name, let from else { return nil }
    return DelegationPlan(id: id.text, name: name, validFrom: from, documents: documents, decisions: decisions)
  }

  /// What Styrehus cannot hold anybody to, or must not give away.
  private static func check(
    _ holder: DelegationPlan.Holder, _ demand: PlanDemand, _ document: YamlDocument
  ) {
    let place = YamlPlace(line: holder.line, column: 1)
    let isAnybody = holder.level == .everyone || holder.level == .anyPosition
    if demand.isChange, isAnybody {
      document.addError(
        at: place,
        read: Words(
          "»\(demand.decision)« ændrer noget og kan ikke gives til alle",
          en: "'\(demand.decision)' changes something and cannot be given to everybody"),
        remedy: Words("nævn de stillinger, der må", en: "name the positions that may"))
    }
    if demand.isChange, !demand.isAboutOwn, holder.scope != .all || holder.limit != nil {
      document.addError(
        at: place,
        read: Words(
          "Styrehus kan ikke skelne enheder eller beløb ved »\(demand.decision)«",
          en: "Styrehus cannot tell units or amounts apart at '\(demand.decision)'"),
        remedy: Words("skriv »scope: all« uden »limit«", en: "write 'scope: all' without a 'limit'"))
    }
    if demand.decision == "plan.adopt",
      holder.level != .kind(.council) || holder.recordedBy != [.councilSecretariat]
    {
      document.addError(
        at: place,
        read: Words(
          "planen vedtages af byrådet og skrives ind af dets sekretariat (R-13)",
          en: "the plan is adopted by the council and recorded by its secretariat (R-13)"),
        remedy: Words(
          "skriv »level: council« og »recordedBy: [councilSecretariat]«",
          en: "write 'level: council' and 'recordedBy: [councilSecretariat]'"))
    }
  }

  private static func documents(_ root: YamlMapping) -> [DelegationPlan.Document] {
    var ids = UniqueNames()
    return (root.mappings("documents", keys: ["id", "name"]) ?? []).compactMap { item in
      let id = ids.take(item)
      let name = item.words("name")
      guard let id, let name else { return nil }
      return DelegationPlan.Document(id: id, name: name)
    }
  }

  private static let decisionKeys = ["id", "name", "holders", "document", "rule", "source", "standing"]

  private static func decisions(_ root: YamlMapping, documents: Set<String>) -> [DelegationPlan.Decision] {
    var ids = UniqueNames()
    return (root.mappings("decisions", keys: decisionKeys) ?? []).compactMap { item in
      let id = ids.take(item)
      let name = item.words("name")
      let holders = holders(item)
      let document = item.text("document").flatMap { text in
        documents.contains(text.text) ? text.text : item.choice(text, among: documents.sorted())
      }
      let rule = item.text("rule")
      let source = item.text("source")
      let standing = item.choice("standing", Standing.self)
      guard let id, let name, let document, let rule, let source, let standing else { return nil }
      return DelegationPlan.Decision(
        id: id, name: name, holders: holders, document: document,
        citation: Citation(rule: rule.text, source: source.text), standing: standing)
    }
  }

  private static func holders(_ item: YamlMapping) -> [DelegationPlan.Holder] {
    guard let rows = item.mappings("holders", keys: ["level", "scope", "limit", "condition", "recordedBy"]) else {
      return []
    }
    if rows.isEmpty {
      item.document.addError(
        at: item.place(of: "holders"),
        read: Words("ingen må bestemme det her", en: "nobody may decide this"),
        remedy: Words("tilføj mindst ét niveau", en: "add at least one level"))
    }
    return rows.compactMap(holder)
  }

  private static func holder(_ row: YamlMapping) -> DelegationPlan.Holder? {
    let word = row.text("level").flatMap { row.choice($0, among: DelegationPlan.Level.words) }
    let level = word.flatMap { DelegationPlan.Level($0) }
    let scope = row.choice("scope", DelegationPlan.Scope.self)
    let limit = row.textIfPresent("limit").flatMap { bound($0, row) }
    let condition = row.has("condition") ? row.words("condition") : nil
    let recorders: [YamlText] = row.has("recordedBy") ? row.texts("recordedBy") ?? [] : []
    let held = PositionKind.held.map(\.rawValue)
    let names: [String] = recorders.compactMap { row.choice($0, among: held) }
    let recordedBy = names.compactMap { PositionKind(rawValue: $0) }
    guard let level, let scope else { return nil }
    check(recorders: recorders, for: level, row)
    return DelegationPlan.Holder(
      level: level, scope: scope, limit: limit, condition: condition, recordedBy: recordedBy, line: row.place.line)
  }

  /// A body needs somebody who records for it; nobody else may have one.
  private static func check(recorders: [YamlText], for level: DelegationPlan.Level, _ row: YamlMapping) {
    let isBody =
      switch level {
      case .kind(let kind): kind.isBody
      default: false
      }
    if isBody, recorders.isEmpty {
      row.document.addError(
        at: row.place,
        read: Words("ingen skriver ned, hvad niveauet beslutter", en: "nobody records what the level decides"),
        remedy: Words("tilføj »recordedBy« med stillinger", en: "add 'recordedBy' with positions"))
    }
    if !isBody, !recorders.isEmpty {
      row.document.addError(
        at: row.place(of: "recordedBy"),
        read: Words("kun et organ har nogen til at skrive ned for sig", en: "only a body has somebody record for it"),
        remedy: Words("slet »recordedBy«", en: "delete 'recordedBy'"))
    }
  }

  /// Reads `5 %` or `100000 kr`.
  private static func bound(_ text: YamlText, _ row: YamlMapping) -> DelegationPlan.Limit? {
    let parts = text.text.split(separator: " ")
    if parts.count == 2, let number = Int64(parts[0]), number >= 0 {
      if parts[1] == "%", number <= 100 { return .share(Percentage(basisPoints: number * 100)) }
      if parts[1] == "kr", number <= 1_000_000_000_000 { return .amount(Money(kroner: number)) }
    }
    row.document.addError(
      at: text.place, read: Words("»\(text.text)« er ingen grænse", en: "'\(text.text)' is no limit"),
      remedy: Words("skriv »5 %« eller »100000 kr« i hele tal", en: "write '5 %' or '100000 kr' in whole numbers"))
    return nil
  }
}

/// Ids of a plan that must stand once each.
private struct UniqueNames {
  private var lines: [String: Int] = [:]

  mutating func take(_ item: YamlMapping) -> String? {
    guard let id = item.text("id") else { return nil }
    if let line = lines[id.text] {
      item.document.addError(
        at: id.place,
        read: Words("»\(id.text)« står allerede i linje \(line)", en: "'\(id.text)' stands in line \(line) already"),
        remedy: Words("slet den ene, eller giv den et andet id", en: "delete one of them, or give it another id"))
      return nil
    }
    lines[id.text] = id.place.line
    return id.text
  }
}

/// The delegation plan that comes with the product.
public enum ShippedPlan {
  /// Its text, as it stands in the repository.
  public static let bytes = PackageResources.kompetenceplan_randersmodellen_2_0_yaml

  /// The plan.
  public static let plan: DelegationPlan = {
    let (plan, findings) = DelegationPlanFile.read(bytes: bytes, fileName: "kompetenceplan.yaml", demands: [])
    guard let plan else {
      preconditionFailure("The plan that comes with the product is broken: \(findings.lines(.english))")
    }
    return plan
  }()
}
