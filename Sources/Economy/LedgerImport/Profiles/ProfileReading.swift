import Ledger
import SteeringCore
import SurfaceKit

/// One reading of a profile file: asks for every key, so that every fault is found.
struct ProfileReading {
  let root: YamlMapping

  init(_ root: YamlMapping) { self.root = root }

  /// The profile as far as it could be read; the document holds what is wrong.
  func profile() -> ImportProfile? {
    let name = identifier()
    let kind = root.choice(ProfileKey.kind.rawValue, FileKind.self)
    if let kind { refuseIdleKeys(kind) }
    var profile = ImportProfile(name: name ?? "", kind: kind ?? .ledger, headers: [:])
    if kind == .plans || kind == .organisation { profile.dates = .iso }
    readShape(&profile)
    readAmounts(&profile.amounts)
    readDates(&profile)
    readSigns(&profile)
    let columns = ProfileColumns(root, kind: kind, fixedDate: profile.fixedDate != nil)
    profile.headers = columns.headers
    if stands(.totalRow) { profile.totalRow = columns.totalRow() }
    if stands(.kindDots) { profile.kindDots = kindDots(columns) }
    return name == nil || kind == nil ? nil : profile
  }

  private func identifier() -> String? {
    guard let name = root.text(ProfileKey.name.rawValue) else { return nil }
    let allowed = name.text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    if allowed { return name.text }
    root.document.addError(
      at: name.place,
      read: Words("»\(name.text)« kan ikke være en profils navn", en: "'\(name.text)' cannot be a profile's name"),
      remedy: Words(
        "brug små bogstaver a-z, tal, bindestreg og punktum", en: "use small letters a-z, digits, hyphens and dots"))
    return nil
  }

  private func refuseIdleKeys(_ kind: FileKind) {
    for key in ProfileKey.allCases where stands(key) && !key.concerns(kind) {
      root.document.addError(
        at: root.place(of: key.rawValue),
        read: Words(
          "»\(key.rawValue)« betyder ikke noget i en profil af slagsen »\(kind.rawValue)«",
          en: "'\(key.rawValue)' means nothing in a profile of kind '\(kind.rawValue)'"),
        remedy: Words("slet linjen, eller ret »kind«", en: "delete the line, or mend 'kind'"))
    }
  }

  private func readShape(_ profile: inout ImportProfile) {
    if stands(.encoding) {
      profile.encoding = root.choice(ProfileKey.encoding.rawValue, TextEncoding.self) ?? profile.encoding
    }
    profile.separator = pick(.separator, ProfileWords.separators) ?? profile.separator
    if stands(.skipRows) { profile.skippedRows = root.number(ProfileKey.skipRows.rawValue, in: 0...1_000) ?? 0 }
  }

  private func readAmounts(_ amounts: inout AmountFormat) {
    amounts.decimalSign = pick(.decimal, ProfileWords.decimalSigns) ?? amounts.decimalSign
    let wanted = pick(.thousands, ProfileWords.thousandsSigns)
    amounts.thousandsSign =
      wanted ?? (amounts.thousandsSign == amounts.decimalSign ? nil : amounts.thousandsSign)
    if amounts.thousandsSign == amounts.decimalSign {
      root.document.addError(
        at: root.place(of: ProfileKey.thousands.rawValue),
        read: Words("tusindtalstegn og decimaltegn er ens", en: "the thousands sign and the decimal sign are the same"),
        remedy: Words("ret det ene, eller skriv thousands: none", en: "mend one of them, or write thousands: none"))
    }
    if stands(.signStyle) {
      amounts.signStyle = root.choice(ProfileKey.signStyle.rawValue, AmountFormat.SignStyle.self) ?? .any
    }
    if stands(.decimals) {
      amounts.decimals = root.choice(ProfileKey.decimals.rawValue, AmountFormat.Decimals.self) ?? .exact
    }
    if stands(.empty) { amounts.empty = root.choice(ProfileKey.empty.rawValue, AmountFormat.Empty.self) ?? .error }
    amounts.unitPower = pick(.unit, ProfileWords.unitPowers) ?? 0
  }

  private func readDates(_ profile: inout ImportProfile) {
    if stands(.dates), let text = root.text(ProfileKey.dates.rawValue) {
      if let pattern = DatePattern(text.text) {
        profile.dates = pattern
      } else {
        root.document.addError(
          at: text.place,
          read: Words("»\(text.text)« er ikke et datomønster", en: "'\(text.text)' is no date pattern"),
          remedy: Words(
            "skriv dag, måned og år som dd.MM.yyyy, yyyy-MM-dd, d/M/yyyy eller dd-MMM-yy",
            en: "write day, month and year as dd.MM.yyyy, yyyy-MM-dd, d/M/yyyy or dd-MMM-yy"))
      }
    }
    guard stands(.fixedDate), let text = root.text(ProfileKey.fixedDate.rawValue) else { return }
    if text.text == ProfileWords.yearEnd {
      profile.fixedDate = .yearEnd
    } else if let day = CalendarDate(iso: text.text) {
      profile.fixedDate = .day(day)
    } else {
      root.document.addError(
        at: text.place,
        read: Words("»\(text.text)« er ikke en fast dato", en: "'\(text.text)' is no fixed date"),
        remedy: Words(
          "skriv year-end for årets sidste dag, eller en dag som 2025-12-31",
          en: "write year-end for the last day of the year, or a day such as 2025-12-31"))
      profile.fixedDate = .yearEnd
    }
  }

  private func readSigns(_ profile: inout ImportProfile) {
    profile.expenseIsPositive = pick(.expense, ProfileWords.signs) ?? true
    profile.surplusIsPositive = pick(.surplus, ProfileWords.signs) ?? true
    profile.addsUnknownUnits = pick(.unknownUnits, ProfileWords.unknownUnits) ?? false
  }

  private func kindDots(_ columns: ProfileColumns) -> [Int] {
    let key = ProfileKey.kindDots.rawValue
    columns.expect(.kind, for: key, at: root.place(of: key))
    var dots: [Int] = []
    for text in root.texts(key) ?? [] {
      if let number = Int(text.text), (1...20).contains(number), number > dots.last ?? 0 {
        dots.append(number)
      } else {
        root.document.addError(
          at: text.place,
          read: Words("»\(text.text)« er ikke en plads til et punktum", en: "'\(text.text)' is no place for a dot"),
          remedy: Words(
            "skriv voksende hele tal fra 1 til 20, for eksempel [1, 3]",
            en: "write rising whole numbers from 1 to 20, for instance [1, 3]"))
      }
    }
    return dots
  }

  private func stands(_ key: ProfileKey) -> Bool { root.stands(key.rawValue) }

  /// The meaning of a key's word; nil where the key is left out or its word is none of these.
  private func pick<Value>(_ key: ProfileKey, _ words: [(String, Value)]) -> Value? {
    guard stands(key), let text = root.text(key.rawValue),
      let word = root.choice(text, among: words.map(\.0))
    else { return nil }
    return words.first { $0.0 == word }?.1
  }
}
