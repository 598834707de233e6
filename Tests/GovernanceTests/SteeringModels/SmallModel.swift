/// A small sound model file that tests break in one place at a time.
enum SmallModel {
  static let text = """
    id: small-1
    name: { da: Lille, en: Small }
    description: { da: En lille model, en: A small model }
    validFrom: 2025-01-01
    validTo: 2028-12-31
    base: adjusted
    parameters:
      - id: deficit.redPct
        value: 5 %
        name: { da: Rød, en: Red }
        rule: R-111
        source: the summary
        standing: stated
      - id: view.years
        value: 2 years
        name: { da: Sigt, en: View }
        rule: R-96
        source: the procedures
        standing: ourReading
    lights:
      - id: green
        name: { da: Grøn, en: Green }
        tone: green
        shape: full
        demand: { da: Alt er godt, en: All is well }
        when: balance >= 0
        rule: R-109
        source: the summary
        standing: stated
      - id: red
        name: { da: Rød, en: Red }
        tone: red
        shape: crossed
        demand: { da: Lav en plan, en: Make a plan }
        when: otherwise
        rule: R-111
        source: the summary
        standing: stated
    duties:
      - id: actionPlan
        name: { da: Handleplan, en: Action plan }
        explanation: { da: Lav en plan, en: Make a plan }
        when: light is red
        rule: R-85
        source: the plans
        standing: stated
    reviews:
      - id: debt
        name: { da: Gæld, en: Debt }
        explanation: { da: Vi vurderer konkret, en: We review }
        when: balance < -deficit.redPct and no approved plan looks view.years ahead
        rule: R-96
        source: the procedures
        standing: stated

    """

  /// The text with lines changed: line number from 1 and its new text, which may be several lines or none.
  static func changing(_ changes: [Int: String?]) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (number, new) in changes.sorted(by: { $0.key > $1.key }) {
      lines.replaceSubrange((number - 1)..<number, with: new.map { [$0] } ?? [])
    }
    return lines.joined(separator: "\n")
  }
}
