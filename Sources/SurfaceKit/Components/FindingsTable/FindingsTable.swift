public import SteeringCore

/// What was found in a file: where, what was read, what to do. Errors come first in words, not only in colour.
public struct FindingsTable: Component {
  private let id: String
  private let findings: [Finding]
  private let leftOut: Int

  /// The findings of one or more files, in order; `leftOut` counts those that are not shown.
  public init(id: String, _ findings: [Finding], leftOut: Int = 0) {
    self.id = id
    self.findings = findings
    self.leftOut = leftOut
  }

  /// The markup.
  public var body: [Node] {
    DataTable(
      id: id, caption: Words("Fund i filen", en: "Findings in the file"),
      columns: [
        .init(Words("Linje", en: "Line"), .number), .init(Words("Kolonne", en: "Column"), .number),
        .init(Words("Fil", en: "File")), .init(Words("Hvad", en: "Kind")),
        .init(Words("Det læste vi", en: "What we read")),
        .init(Words("Det kan du gøre", en: "What you can do")),
      ],
      rows: findings.map(row))
    if leftOut > 0 {
      p {
        Format.words { format in
          format.language == .danish
            ? "Og \(format.number(leftOut)) fund mere, som ikke er vist."
            : "And \(format.number(leftOut)) more findings that are not shown."
        }
      }
    }
  }

  private func row(_ finding: Finding) -> DataTable.Row {
    DataTable.Row([
      place(finding.line, whole: Words("hele filen", en: "whole file")),
      place(finding.column, whole: Words("hele linjen", en: "whole line")),
      code { finding.file },
      finding.severity == .error
        ? strong(.class("is-error")) { Words("Fejl", en: "Error") } : .words(Words("Bemærkning", en: "Remark")),
      .words(finding.read), .words(finding.remedy),
    ])
  }

  private func place(_ number: Int, whole: Words) -> Node {
    number == 0 ? .words(whole) : .told { $0.number(number) }
  }
}
