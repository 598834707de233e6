import SteeringCore

/// What is said about a place in a file, and what to do. Every sentence that the readers of this room can print
/// stands here, so that they stay alike in both languages.
struct Complaint {
  let read: Words
  let remedy: Words

  init(_ danish: String, _ remedyDanish: String, en english: String, _ remedyEnglish: String) {
    read = Words(danish, en: english)
    remedy = Words(remedyDanish, en: remedyEnglish)
  }

  /// A field's text, short enough for a line of findings.
  static func quoted(_ text: String) -> String { text.quoted }

  static func shape(_ fault: ShapeFault, _ encoding: TextEncoding) -> Complaint {
    switch fault {
    case .strayQuote:
      Complaint(
        "et anførselstegn står midt i feltet", "sæt hele feltet i anførselstegn og skriv dem indeni dobbelt",
        en: "a quote stands inside the field", "put the whole field in quotes and double those inside")
    case .openQuote:
      Complaint(
        "filen slutter inde i et anførselstegn", "hent filen igen, den er afkortet, eller luk anførselstegnet",
        en: "the file ends inside a quote", "fetch the file again, it is cut, or close the quote")
    case .badText:
      Complaint(
        "feltet er ikke gyldig \(encoding.rawValue)-tekst",
        "gem filen som UTF-8, eller vælg en profil med filens tegnsæt, for eksempel windows-1252",
        en: "the field is not valid \(encoding.rawValue) text",
        "save the file as UTF-8, or choose a profile with the file's encoding, for instance windows-1252")
    case .nul:
      Complaint(
        "feltet rummer tegnet NUL (byte 0)", "hent filen igen, den kan være beskadiget, eller slet tegnet",
        en: "the field holds a NUL (byte 0)", "fetch the file again, it may be damaged, or delete the NUL")
    case .tooLong:
      Complaint(
        "rækken er over 1 MB, så resten er ikke læst", "se efter et anførselstegn, der ikke er lukket",
        en: "the record is over 1 MB, so the rest is not read", "look for a quote that is not closed")
    }
  }

  static func amount(_ fault: AmountFault, _ text: String, _ format: AmountFormat) -> Complaint {
    let value = quoted(text)
    let example = format.example
    return switch fault {
    case .empty:
      Complaint(
        "beløbet er tomt", "skriv et beløb, 0 hvis det er nul", en: "the amount is empty",
        "write an amount, 0 if it is nil")
    case .notANumber:
      Complaint(
        "\(value) er ikke et beløb", "skriv det som \(example)", en: "\(value) is no amount", "write it as \(example)")
    case .twoSigns:
      Complaint("\(value) har to fortegn", "brug kun ét", en: "\(value) has two sign marks", "use only one")
    case .signPlace:
      Complaint(
        "\(value) har fortegnet et andet sted, end profilen siger", "ret profilens sign_style eller beløbet",
        en: "\(value) has its sign elsewhere than the profile says", "mend the profile's sign_style or the amount")
    case .grouping:
      Complaint(
        "\(value) har et tusindtalstegn, der ikke står foran netop tre cifre", "skriv det som \(example)",
        en: "\(value) has a thousands sign that does not stand before exactly three digits", "write it as \(example)")
    case .tooManyDecimals:
      Complaint(
        "\(value) har flere decimaler end hele øre", "afrund i kilden, eller sæt decimals: round i profilen",
        en: "\(value) has more decimals than whole øre", "round at the source, or set decimals: round in the profile")
    case .priceDash:
      Complaint(
        "\(value) kan læses både som en pris og som et minus", "skriv to decimaler",
        en: "\(value) can be read as a price and as a minus", "write two decimals")
    case .tooLarge:
      Complaint("\(value) er for stort", "ret beløbet", en: "\(value) is too large", "mend the amount")
    }
  }

  static func date(_ text: String, _ pattern: DatePattern) -> Complaint {
    let value = quoted(text)
    return Complaint(
      text.isEmpty ? "datoen er tom" : "\(value) er ikke en dato",
      "skriv en dag, der findes, som \(pattern.text)",
      en: text.isEmpty ? "the date is empty" : "\(value) is no date", "write a day that exists, as \(pattern.text)")
  }

  static func unknownUnit(_ text: String) -> Complaint {
    if text.isEmpty {
      return Complaint(
        "aftaleenheden er tom", "skriv enhedens kode", en: "the agreement unit is empty", "write the unit's code")
    }
    let value = quoted(text)
    return Complaint(
      "aftaleenheden \(value) står ikke i budgettet",
      "ret koden, tilføj enheden i budgettet, eller luk ukendte enheder ind (--allow-unknown-units; i en profil "
        + "unknown_units: add)",
      en: "the agreement unit \(value) is not in the budget",
      "mend the code, add the unit to the budget, or let unknown units in (--allow-unknown-units; in a profile "
        + "unknown_units: add)")
  }

  static func fieldCount(_ count: Int, wanted: Int) -> Complaint {
    let danish = "rækken har \(count) \(count == 1 ? "felt" : "felter"), overskriften \(wanted)"
    let english = "the record has \(count) \(count == 1 ? "field" : "fields"), the header \(wanted)"
    if count < wanted {
      return Complaint(
        danish, "ret rækken; filen kan være afkortet her",
        en: english, "mend the record; the file may be cut here")
    }
    return Complaint(
      danish, "sæt en tekst, der indeholder skilletegnet, i anførselstegn",
      en: english, "put a text that holds the separator in quotes")
  }

  static let emptyFile = Complaint(
    "filen er tom", "hent den igen; den skal mindst have en overskriftsrække",
    en: "the file is empty", "fetch it again; it needs at least a header row")
  static let wide = Complaint(
    "filen er UTF-16", "gem den som UTF-8, eller vælg en profil med encoding: utf-16",
    en: "the file is UTF-16", "save it as UTF-8, or choose a profile with encoding: utf-16")
  static let headerAgain = Complaint(
    "overskriftsrækken står her igen", "slet den; to filer kan være sat sammen",
    en: "the header row stands here again", "delete it; two files may have been joined")
  static let totalInside = Complaint(
    "en totalrække står midt i filen", "slet den, eller del filen her",
    en: "a row of totals stands inside the file", "delete it, or split the file here")

  static func missingColumn(_ names: [String], found: [String]) -> Complaint {
    let wanted = names.map { "»\($0)«" }.joined(separator: " / ")
    let there = found.prefix(12).joined(separator: ", ")
    return Complaint(
      "kolonnen \(wanted) mangler (fundet: \(there))", "tilføj kolonnen, eller vælg den profil, der passer til filen",
      en: "the column \(wanted) is missing (found: \(there))",
      "add the column, or choose the profile that fits the file")
  }

  static func doubleColumn(_ name: String) -> Complaint {
    Complaint(
      "kolonnen »\(name)« står to gange", "slet eller omdøb den ene",
      en: "the column »\(name)« stands twice", "delete or rename one of them")
  }

  static func controlTotal(_ printed: String, sum: String) -> Complaint {
    Complaint(
      "kontroltotalen \(printed) passer ikke med rækkernes sum \(sum)", "hent filen igen; der kan mangle rækker",
      en: "the control total \(printed) differs from the sum of the rows \(sum)",
      "fetch the file again; rows may be missing")
  }

  static let sumTooLarge = Complaint(
    "summen af beløbene er for stor", "se efter beløb, der er for store", en: "the sum of the amounts is too large",
    "look for amounts that are too large")

  static let noTotal = Complaint(
    "filen har ingen række med totaler, som profilen ellers kender",
    "den kan være afkortet mellem to rækker; se, om den er hel",
    en: "the file has no row of totals, though the profile knows one",
    "it may be cut between two records; see whether it is whole")
  static let noLineEnd = Complaint(
    "filen slutter uden et linjeskift", "den kan være afkortet; se, om det sidste beløb er helt",
    en: "the file does not end with a line end", "it may be cut; see whether the last amount is whole")
}

extension AmountFormat {
  /// An amount as this format writes it.
  var example: String {
    let decimal = String(UnicodeScalar(decimalSign))
    let thousands = thousandsSign.map { String(UnicodeScalar($0)) } ?? ""
    return "1\(thousands)234\(decimal)56"
  }
}
