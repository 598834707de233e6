import Ledger
import SteeringCore
import SurfaceKit

/// What the import commands say.
enum ImportCommandTexts {
  static func told(_ fault: FileFault) -> Words {
    switch fault {
    case .missing(let name): Words("\(name): filen findes ikke", en: "\(name): no such file")
    case .refused(let name, let number):
      Words(
        "\(name): kan ikke læses (\(SystemText.of(number)))", en: "\(name): cannot be read (\(SystemText.of(number)))")
    }
  }

  static func unwritable(_ fault: TerminalFault) -> Words {
    let reason = SystemText.of(fault.errno)
    return Words("standarduddata kan ikke skrives (\(reason))", en: "standard output cannot be written (\(reason))")
  }

  static func wrongKind(_ profile: String, _ kind: FileKind, wanted: FileKind) -> Words {
    Words(
      "profilen \(profile) læser \(kind.rawValue), ikke \(wanted.rawValue)",
      en: "the profile \(profile) reads \(kind.rawValue), not \(wanted.rawValue)")
  }

  static func noProfile(_ profile: String) -> Words {
    Words(
      "\(profile): hverken en medfølgende profil eller en fil", en: "\(profile): neither a shipped profile nor a file")
  }

  static let chooseOverlap = Words(
    "Brug --on-overlap replace, hvis filen erstatter den tidligere, eller --on-overlap add, hvis begge skal tælle.",
    en: "Use --on-overlap replace where the file replaces the earlier one, or --on-overlap add where both shall count.")

  static func nothingStored(_ file: String) -> Words {
    Words("\(file): intet er indlæst", en: "\(file): nothing was imported")
  }

  static func reached(_ bytes: Int, of total: Int, file: String) -> Words {
    let percent = total > 0 ? bytes * 100 / total : 100
    return Format.words { format in
      let sizes = (format.size(bytes: bytes), format.size(bytes: total))
      return format.language == .danish
        ? "\(file): \(percent) %, \(sizes.0) af \(sizes.1)" : "\(file): \(percent)%, \(sizes.0) of \(sizes.1)"
    }
  }

  static func already(_ file: String, _ earlier: ImportedFile) -> Words {
    Words(
      "\(file): indlæst før som nr. \(earlier.id) (\(earlier.fileName)). Intet er ændret.",
      en: "\(file): imported before as no. \(earlier.id) (\(earlier.fileName)). Nothing was changed.")
  }

  /// The line after an import: records, sum, what falls outside the year, control total, what it replaces.
  static func imported(_ file: ImportedFile, _ replaced: [ImportedFile]) -> Words {
    Format.words { format in
      let isDanish = format.language == .danish
      var parts = [count(file, format)]
      if file.kind == .ledger { parts[0] += ", " + format.exact(Money(ore: file.sumOre)) }
      if file.outsideYear.lines > 0, let year = file.year {
        let outside = "\(format.number(file.outsideYear.lines)) (\(format.exact(Money(ore: file.outsideYear.ore))))"
        parts.append(isDanish ? "heraf uden for \(year): \(outside)" : "of them outside \(year): \(outside)")
      }
      if let total = file.controlTotal {
        parts.append(isDanish ? "kontroltotalen \(total) passer" : "the control total \(total) agrees")
      }
      if !replaced.isEmpty {
        let names = replaced.map { "nr. \($0.id) (\($0.fileName))" }.joined(separator: ", ")
        parts.append(isDanish ? "erstatter \(names)" : "replaces " + names.replacing("nr. ", with: "no. "))
      }
      let end = isDanish ? "Indlæst som nr. \(file.id)." : "Imported as no. \(file.id)."
      let told = parts.joined(separator: "; ")
      return "\(file.fileName): " + told + (told.hasSuffix(".") ? " " : ". ") + end
    }
  }

  private static func count(_ file: ImportedFile, _ format: Format) -> String {
    file.kind == .ledger
      ? format.count(file.recordCount, Words("postering", en: "posting"), Words("posteringer", en: "postings"))
      : format.count(file.recordCount, Words("række", en: "record"), Words("rækker", en: "records"))
  }
}
