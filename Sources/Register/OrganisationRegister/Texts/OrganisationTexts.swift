import Organisation
import SteeringCore
import SurfaceKit

/// What the page of the organisation says.
enum OrganisationTexts {
  static let title = Words("Organisationen", en: "The organisation")
  static let none = Words("Organisationen er ikke indlæst endnu", en: "No organisation has been loaded yet")
  static let noneYet = Words(
    "Indlæs en fil med enhederne: kode, navn, type, hvem de hører under, og hvornår de gælder.",
    en: "Load a file with the units: code, name, kind, whom they belong to, and when they are valid.")
  static let noUnits = Words("Ingen enheder gælder den dag", en: "No units are valid on that day")
  static let noUnitsYet = Words(
    "Se efter i filen, fra hvornår enhederne gælder.", en: "See in the file from when the units are valid.")
  static let unitsInAll = Words("Enheder i alt", en: "Units in all")
  static let directorates = Words("Forvaltninger", en: "Directorates")
  static let agreementUnits = Words("Aftaleenheder", en: "Agreement units")
  static let unit = Words("Enhed", en: "Unit")
  static let kind = Words("Type", en: "Kind")
  static let valid = Words("Gælder", en: "Valid")
  static let citizenFacing = Words("Møder borgere", en: "Meets citizens")
  static let agreement = Words("Kræver aftale", en: "Needs agreement")
  static let staffing = Words("Årsværk", en: "Full-time equivalents")
  static let sumOfParts = Words("Sum af delene", en: "Sum of the parts")
  static let tie = Words("Stemmer det?", en: "Does it tie?")
  static let remark = Words("Bemærkning", en: "Remark")
  static let leadership = Words("Ledelse", en: "Leadership")
  static let ties = Words("✓ Stemmer", en: "✓ Ties")
  static let bridged = Words(
    "(den overordnede gælder ikke den dag)", en: "(its parent is not valid on that day)")
  static let unplaced = Words("Årsværk uden plads i træet", en: "Staffing without a place in the tree")
  static let unplacedWhy = Words(
    "De hører til enheder, som ikke gælder den dag, og er ikke med i summerne.",
    en: "They belong to units that are not valid on that day, and are not in the sums.")
  static let versions = Words("Indlæste versioner", en: "Loaded versions")

  static func asOf(_ date: CalendarDate) -> Words {
    Format.words { format in
      let day = format.date(date)
      return format.language == .danish ? "Sådan ser den ud den \(day)." : "As it is on \(day)."
    }
  }

  static func version(_ number: Int) -> Words { Words("Version \(number)", en: "Version \(number)") }

  static func caption(_ name: String?) -> Words {
    guard let name else { return Words("Ledelse ved siden af enhederne", en: "Leadership beside the units") }
    return Words("Enhederne i \(name)", en: "The units of \(name)")
  }

  static func yesNo(_ isYes: Bool) -> Words { isYes ? Words("ja", en: "yes") : Words("nej", en: "no") }

  static func period(_ period: ValidPeriod) -> Words {
    Format.words { format in
      let from = format.date(period.from)
      if let through = period.through { return "\(from)–\(format.date(through))" }
      return format.language == .danish ? "fra \(from)" : "from \(from)"
    }
  }

  static func hidden(_ count: Int) -> Words {
    Format.words { format in
      let units = format.count(count, Words("enhed", en: "unit"), Words("enheder", en: "units"))
      return format.language == .danish ? "og \(units) under den" : "and \(units) under it"
    }
  }

  /// Tenths of a full-time equivalent: `1.326,9`.
  static func figure(_ tenths: Int) -> Words {
    Format.words { format in
      let sign = tenths < 0 ? "-" : ""
      let size = Int(tenths.magnitude)
      return sign + format.number(size / 10) + (format.language == .danish ? "," : ".") + String(size % 10)
    }
  }

  static func differs(by tenths: Int) -> Words {
    let rest = figure(abs(tenths))
    return tenths > 0
      ? Words("\(rest.danish) står ikke på en del", en: "\(rest.english) stand on no part")
      : Words("Delene er \(rest.danish) større", en: "The parts are \(rest.english) larger")
  }

  static func whole(_ staffing: OrganisationShowModel.Staffing) -> Words {
    let computed = figure(staffing.computed ?? 0)
    let sum = Words(
      "Delene giver tilsammen \(computed.danish) årsværk.",
      en: "The parts add up to \(computed.english) full-time equivalents.")
    guard let stated = staffing.stated else { return sum }
    let total = figure(stated)
    let tie = stated == (staffing.computed ?? 0) ? ties : differs(by: stated - (staffing.computed ?? 0))
    return Words(
      "Opgjort til \(total.danish) årsværk. \(sum.danish) \(tie.danish).",
      en: "Stated as \(total.english) full-time equivalents. \(sum.english) \(tie.english).")
  }
}
