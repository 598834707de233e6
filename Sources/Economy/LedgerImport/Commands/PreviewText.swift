import Ledger
import SteeringCore
import SurfaceKit

/// A dry run as text: the first rows as read, the totals of months and units, the control total, and the findings
/// counted.
struct PreviewText {
  let preview: FilePreview
  let file: String
  let language: Language

  private var format: Format { Format(language) }
  private func say(_ danish: String, _ english: String) -> String { language == .danish ? danish : english }

  var lines: [String] { head + firstRows + months + units + end }

  private var head: [String] {
    let count = format.count(preview.recordCount, Words("række", en: "record"), Words("rækker", en: "records"))
    return ["\(file): \(count)" + (preview.sumOre.map { ", \(format.exact(Money(ore: $0)))" } ?? "")]
  }

  private var firstRows: [String] {
    if preview.headings.isEmpty { return [] }
    return ["", say("De første rækker:", "The first records:"), "  " + preview.headings.joined(separator: " | ")]
      + preview.firstRows.map { "  " + $0.map(Self.plain).joined(separator: " | ") }
  }

  /// A field on one line: what would break or steer the terminal becomes a blank.
  private static func plain(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.value < 32 || (127..<160).contains($0.value) ? " " : Character($0) })
  }

  private var months: [String] {
    table(
      say("Måneder:", "Months:"),
      preview.months.map { month in
        (month.month == 0 ? say("uden for året", "outside the year") : format.month(month.month), month.total)
      })
  }

  private var units: [String] {
    table(
      say("Enheder:", "Units:"),
      preview.units.map { unit in (Self.plain(unit.name.isEmpty ? unit.code : "\(unit.code) \(unit.name)"), unit.total)
      })
  }

  private func table(_ title: String, _ rows: [(name: String, total: FilePreview.Total)]) -> [String] {
    if rows.isEmpty { return [] }
    let cells = rows.map { row in
      (row.name, format.number(row.total.count), format.exactNumber(Money(ore: row.total.ore)))
    }
    let name = cells.map(\.0.count).max() ?? 0
    let count = cells.map(\.1.count).max() ?? 0
    let sum = cells.map(\.2.count).max() ?? 0
    return ["", title]
      + cells.map { cell in
        "  " + cell.0 + blanks(name - cell.0.count + 2) + blanks(count - cell.1.count) + cell.1
          + blanks(sum - cell.2.count + 2) + cell.2
      }
  }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

  private var end: [String] {
    var lines = [""]
    if let total = preview.controlTotal {
      lines.append(
        total.agrees
          ? say("Kontroltotalen \(total.printed) passer.", "The control total \(total.printed) agrees.")
          : say("Kontroltotalen \(total.printed) passer ikke.", "The control total \(total.printed) differs."))
    } else {
      lines.append(say("Filen har ingen kontroltotal.", "The file has no control total."))
    }
    let errors = format.number(preview.findings.errorCount)
    let all = preview.findings.kept.count + preview.findings.leftOut
    let remarks = format.number(all - preview.findings.errorCount)
    lines.append(say("Fejl: \(errors), bemærkninger: \(remarks).", "Errors: \(errors), remarks: \(remarks)."))
    if let shared = preview.shared {
      let sum = format.exact(Money(ore: shared.sumOre))
      let names = shared.earlier.map(\.fileName).joined(separator: ", ")
      lines.append(
        say(
          "Bilagsnumre fælles med \(names): \(format.postings(shared.count)), \(sum).",
          "Voucher numbers shared with \(names): \(format.postings(shared.count)), \(sum)."))
    }
    if let earlier = preview.already {
      lines.append(
        say(
          "Samme indhold er indlæst før som nr. \(earlier.id) (\(earlier.fileName)).",
          "The same content was imported before as no. \(earlier.id) (\(earlier.fileName))."))
    }
    lines.append(say("Prøvelæsning: intet er gemt.", "Dry run: nothing was stored."))
    return lines
  }
}
