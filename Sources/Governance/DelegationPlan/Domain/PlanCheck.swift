public import SteeringCore

extension DelegationPlan {
  /// Rows that give a decision to nobody who exists: no position of the kind is held by anybody. `fileName` is what the
  /// person calls the file.
  public func unheld(in kinds: Set<PositionKind>, fileName: String) -> Findings {
    var findings = Findings()
    for decision in decisions {
      let acting = decision.holders.map { holder in (holder, holder.level, holder.actingKinds) }
      for (holder, level, kinds_) in acting where level != .everyone && level != .anyPosition {
        guard kinds_.allSatisfy({ !kinds.contains($0) }) else { continue }
        findings.add(
          Finding(
            .error, file: fileName, line: holder.line,
            read: Words(
              "»\(decision.id)« er givet til nogen, der ikke findes: \(level.name.danish)",
              en: "'\(decision.id)' is given to nobody who exists: \(level.name.english)"),
            remedy: Words(
              "sæt nogen i stillingen først, eller ret rækken",
              en: "put somebody into the position first, or mend the row")))
      }
    }
    return findings
  }
}
