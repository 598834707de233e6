import SteeringCore
import SurfaceKit

/// The postings of a unit, as far down as one can go: each with the file and the line that it came from.
struct PostingListView: Sendable {
  let model: PostingListModel

  var page: Page {
    Page(
      title: PostingListTexts.title(model.unitName), section: .units,
      trail: [
        .init(UnitListTexts.title, ClosingAddress.units),
        .init(Words(same: model.directorate), ClosingAddress.units(directorate: model.directorateCode)),
        .init(Words(same: model.unitName), unitAddress),
      ]
    ) {
      p(.class("muted")) {
        a(.href(ClosingAddress.round(model.round.id))) { model.round.words }
        " · "
        PostingListTexts.selection(model)
      }
      if model.rows.isEmpty {
        Notice(.empty, PostingListTexts.none) {
          p { a(.href(unitAddress)) { PostingListTexts.back } }
        }
      } else {
        p(.class("acts")) {
          span { PostingListTexts.shown(model) }
          a(.href(model.query.exportAddress), .download) { UnitListTexts.export }
        }
        table
        Pager(current: model.pageNumber, last: model.pageCount) { [query = model.query] in query.onPage($0).address }
      }
    }
  }

  private var unitAddress: Address {
    ClosingAddress.unit(model.query.unit.text, round: model.query.round.isEmpty ? nil : model.query.round)
  }

  private var table: DataTable {
    DataTable(
      id: "postings", caption: PostingListTexts.caption, isCaptionShown: false,
      columns: PostingListTexts.columns.enumerated().map { index, heading in
        .init(heading, PostingListTexts.numberColumns.contains(index) ? .number : .text)
      },
      rows: model.rows.map(row),
      totals: DataTable.Row([
        .words(model.pageCount > 1 ? PostingListTexts.totalOfAll : UnitListTexts.total), .nothing, .nothing, .nothing,
        .nothing, .nothing,
        .told { [total = model.total] in $0.exactNumber(total) }, .nothing, .nothing,
      ]))
  }

  private func row(_ posting: PostingListModel.Row) -> DataTable.Row {
    DataTable.Row([
      posting.date.map { day in .told { $0.date(day) } } ?? .nothing, .text(posting.voucher), .text(posting.text),
      .text(posting.function), .text(posting.kind), .words(posting.category), .told { $0.exactNumber(posting.amount) },
      code { posting.file }, .text(String(posting.line)),
    ])
  }
}

/// The postings of a query as a file: all of them, amounts in kr. with øre.
struct PostingListFile {
  let model: PostingListModel

  var name: String { "posteringer-\(model.query.unit.text)-\(model.round.id).csv" }

  func csv(_ language: Language) -> [UInt8] {
    var table = CSVText(byteOrderMark: true)
    table.record(PostingListTexts.columns.map { $0(language) })
    for row in model.rows {
      table.record(
        [row.date?.danish ?? ""] + [row.voucher, row.text, row.function, row.kind].map { CSVText.text($0) }
          + [row.category(language), row.amount.forFile, CSVText.text(row.file), String(row.line)])
    }
    table.record([UnitListTexts.total(language), "", "", "", "", "", model.total.forFile, "", ""])
    return table.bytes
  }
}

/// What the list of postings says.
enum PostingListTexts {
  static let caption = Words("Posteringer efter dato", en: "Postings by date")
  static let none = Words("Der er ingen posteringer her", en: "There are no postings here")
  static let totalOfAll = Words("I alt på alle sider", en: "Total of all pages")
  static let back = Words("Tilbage til enheden", en: "Back to the unit")
  static let columns = [
    Words("Dato", en: "Date"), Words("Bilag", en: "Voucher"), Words("Tekst", en: "Text"),
    Words("Funktion", en: "Function"), Words("Art", en: "Kind"), Words("Hører til", en: "Belongs to"),
    Words("Beløb, kr.", en: "Amount, DKK"), Words("Fil", en: "File"), Words("Linje", en: "Line"),
  ]
  /// The places of amount and line among the columns.
  static let numberColumns: Set = [6, 8]

  static func title(_ unit: String) -> Words { Words("Posteringer på \(unit)", en: "Postings of \(unit)") }

  static func shown(_ model: PostingListModel) -> Words {
    Format.words { format in
      let count = format.count(model.count, Words("postering", en: "posting"), Words("posteringer", en: "postings"))
      return format.language == .danish ? "\(count). Minus er indtægt." : "\(count). Minus is income."
    }
  }

  /// `marts 2025 · løn og øvrig drift · funktion 5.25.14 · art 1.1`.
  static func selection(_ model: PostingListModel) -> Words {
    let query = model.query
    return Format.words { format in
      let isDanish = format.language == .danish
      var parts = [query.month.map { "\(format.month($0)) \(model.round.year)" } ?? self.year(model.round, isDanish)]
      parts.append(part(query.part)(format.language))
      if let function = query.function {
        let none = isDanish ? "uden funktion" : "without function"
        parts.append(function.isEmpty ? none : "\(isDanish ? "funktion" : "function") \(function)")
      }
      if let kind = query.kind { parts.append("\(isDanish ? "art" : "kind") \(kind)") }
      return parts.joined(separator: " · ")
    }
  }

  private static func year(_ round: RoundName, _ isDanish: Bool) -> String {
    isDanish ? "hele \(round.year)" : "all of \(round.year)"
  }

  private static func part(_ part: PostingQuery.Part?) -> Words {
    switch part {
    case .inside: Words("løn og øvrig drift", en: "pay and other operations")
    case .pay: Words("løn", en: "pay")
    case .other: Words("øvrig drift", en: "other operations")
    case .outside: Words("uden for den decentrale økonomi", en: "outside the decentral economy")
    case nil: Words("alle posteringer", en: "all postings")
    }
  }
}
