import SteeringCore

/// Writes the ledger of the invented municipality as a native file.
enum InventedLedger {
  /// A year's ledger, ordered by date; the voucher number is the year and a running number.
  static func text(
    _ postings: [Posting], units: [InventedUnit], catalogue: PostingCatalogue, year: FiscalYear
  ) -> String {
    // The sort is not promised to be stable, so the place breaks ties.
    let order = postings.indices.sorted { (postings[$0].date, $0) < (postings[$1].date, $1) }
    let codes = units.map { Array($0.code.text.utf8) }
    let functions = units.map { Array($0.kind.function.utf8) }
    let dates = (0...1_231).map { date -> [UInt8] in
      let day = CalendarDate(year: year.number, month: date / 100, day: date % 100)
      return Array((day?.danish ?? "").utf8)
    }
    let separator = UInt8(ascii: ";")
    var file = Array("Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n".utf8)
    file.reserveCapacity(postings.count * 80)
    for (number, place) in order.enumerated() {
      let posting = postings[place]
      let text = catalogue.texts[posting.text]
      file.append(contentsOf: String(year.number * 1_000_000 + number + 1).utf8)
      file.append(separator)
      file.append(contentsOf: dates[posting.date])
      file.append(separator)
      file.append(contentsOf: codes[posting.unit])
      file.append(separator)
      file.append(contentsOf: text.function.isEmpty ? functions[posting.unit] : text.function)
      file.append(separator)
      file.append(contentsOf: text.kind)
      file.append(separator)
      file.append(contentsOf: text.text)
      file.append(separator)
      NativeFiles.append(posting.amount, to: &file)
      file.append(UInt8(ascii: "\n"))
    }
    return String(decoding: file, as: UTF8.self)
  }
}
