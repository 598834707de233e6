/// What a posting says besides unit, date and amount, as the bytes of the file.
struct PostingText {
  /// The account function; empty stands for the unit's own.
  let function: [UInt8]
  let kind: [UInt8]
  let text: [UInt8]

  init(function: String = "", kind: String, _ text: String) {
    self.function = Array(function.utf8)
    self.kind = Array(kind.utf8)
    self.text = Array(text.utf8)
  }
}

/// Everything that units post, by the data files; postings point into `texts` by place.
struct PostingCatalogue {
  /// A part of the pay, or a refund of it.
  struct Pay {
    let text: Int
    /// Thousandths of gross pay; negative: a refund in thousandths of the pay budget.
    let share: Int64
    let months: [Int64]
  }

  /// Something units buy.
  struct Purchase {
    let text: Int
    /// The same as an invoice that should have come in December.
    let lateText: Int
    /// The same as a credit note.
    let creditText: Int
    /// The kinds that buy it; nil for all.
    let kinds: [String]?
    let weight: Int64
    let size: Int64
  }

  /// An expense outside the decentral economy.
  struct Outside {
    let text: Int
    let isEnergy: Bool
    /// Thousandths of the unit's expenses in a year.
    let share: Int64
    /// In how many of a hundred years a unit has it.
    let frequency: Int64
    let months: [Int64]
  }

  private(set) var texts: [PostingText] = []
  private(set) var pay: [Pay] = []
  private(set) var purchases: [Purchase] = []
  private(set) var outside: [Outside] = []
  /// Income: fees, sales, users' own payment.
  private(set) var income = 0

  /// Reads the data files of the postings.
  init() throws(DemoDataError) {
    income = add(PostingText(kind: "7.9", "Brugerbetaling og salg"))
    for row in try DataTable("payroll.csv", PackageResources.payroll_csv).rows {
      let text = add(PostingText(kind: try row.text("Art"), try row.text("Tekst")))
      pay.append(Pay(text: text, share: try row.number("Andel"), months: try row.numbers(DataTable.months)))
    }
    for row in try DataTable("purchases.csv", PackageResources.purchases_csv).rows {
      let (kind, text) = (try row.text("Art"), try row.text("Tekst"))
      let buyers = try row.text("Slags")
      purchases.append(
        Purchase(
          text: add(PostingText(kind: kind, text)),
          lateText: add(PostingText(kind: kind, "Sen faktura fra december: " + text)),
          creditText: add(PostingText(kind: kind, "Kreditnota: " + text)),
          kinds: buyers == "*" ? nil : Self.names(buyers),
          weight: try row.number("Vægt"), size: try row.number("Størrelse")))
    }
    for row in try DataTable("outside.csv", PackageResources.outside_csv).rows {
      let kind = try row.text("Art")
      let text = PostingText(function: try row.text("Funktion"), kind: kind, try row.text("Tekst"))
      outside.append(
        Outside(
          text: add(text), isEnergy: kind == "2.3", share: try row.number("Promille"),
          frequency: try row.number("Hyppighed"), months: try row.numbers(DataTable.months)))
    }
  }

  /// What a kind of unit buys.
  func purchases(of kind: UnitKind) -> [Purchase] {
    purchases.filter { $0.kinds?.contains(kind.name) ?? true }
  }

  /// The names in `skole + ungdomsskole`.
  private static func names(_ list: String) -> [String] {
    list.split(separator: "+").map { name in
      var name = name
      while name.first == " " { name.removeFirst() }
      while name.last == " " { name.removeLast() }
      return String(name)
    }
  }

  private mutating func add(_ text: PostingText) -> Int {
    texts.append(text)
    return texts.count - 1
  }
}
