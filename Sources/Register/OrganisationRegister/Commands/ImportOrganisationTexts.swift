import Ledger
import Organisation
import SteeringCore
import SurfaceKit

/// What `import organisation` says.
enum ImportOrganisationTexts {
  static func noFile(_ file: String) -> Words { Words("\(file): filen findes ikke", en: "\(file): no such file") }

  static func unreadable(_ file: String, _ reason: String?) -> Words {
    let reason = reason.map { " (\($0))" } ?? ""
    return Words("\(file): kan ikke læses\(reason)", en: "\(file): cannot be read\(reason)")
  }

  static func wrongKind(_ profile: String, _ kind: FileKind) -> Words {
    Words(
      "profilen \(profile) læser \(kind.rawValue), ikke organisation",
      en: "the profile \(profile) reads \(kind.rawValue), not organisation")
  }

  static func noProfile(_ profile: String) -> Words {
    Words(
      "\(profile): hverken en medfølgende profil eller en fil", en: "\(profile): neither a shipped profile nor a file")
  }

  /// The whole answer: the units on the day by kind and by directorate, and whether anything was changed.
  static func told(
    _ summary: OrganisationSummary, on day: CalendarDate, _ outcome: OrganisationOutcome?, file: String
  ) -> Words {
    Format.words { format in
      var lines = [head(summary, day, file)(format.language)]
      lines += summary.kinds.map { "  \($0.name): \(format.number($0.count))" }
      if !summary.directorates.isEmpty { lines.append(directorates(format.language)) }
      lines += summary.directorates.map { directorate in
        let units = format.count(directorate.unitCount, oneUnit, manyUnits)
        guard summary.statesAgreements else { return "  \(directorate.unit.name): \(units)" }
        let agreements = format.count(directorate.agreementUnitCount, oneAgreementUnit, manyAgreementUnits)
        return "  \(directorate.unit.name): \(units), \(ofThem(format.language)) \(agreements)"
      }
      lines.append(end(outcome)(format.language))
      return lines.joined(separator: "\n")
    }
  }

  private static func head(_ summary: OrganisationSummary, _ day: CalendarDate, _ file: String) -> Words {
    Format.words { format in
      let units = format.count(summary.unitCount, oneUnit, manyUnits)
      let date = format.date(day)
      return format.language == .danish ? "\(file): \(units) den \(date)" : "\(file): \(units) on \(date)"
    }
  }

  private static func end(_ outcome: OrganisationOutcome?) -> Words {
    switch outcome {
    case .added(let version):
      Words("Gemt som version \(version.number).", en: "Kept as version \(version.number).")
    case .unchanged(let version):
      Words(
        "Intet er ændret: version \(version.number) har samme indhold.",
        en: "Nothing was changed: version \(version.number) holds the same.")
    case nil: Words("Prøvelæsning: intet er gemt.", en: "Dry run: nothing was kept.")
    }
  }

  private static let directorates = Words("Forvaltninger:", en: "Directorates:")
  private static let ofThem = Words("heraf", en: "of them")
  private static let oneUnit = Words("enhed", en: "unit")
  private static let manyUnits = Words("enheder", en: "units")
  private static let oneAgreementUnit = Words("aftaleenhed", en: "agreement unit")
  private static let manyAgreementUnits = Words("aftaleenheder", en: "agreement units")
}
