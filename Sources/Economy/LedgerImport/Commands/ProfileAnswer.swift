import Ledger
import SteeringCore
import SurfaceKit

/// What a profile command answers: lines for standard output, lines for standard error, and how it ends.
struct ProfileAnswer: Equatable {
  var output: [String] = []
  var messages: [String] = []
  var status = ExitStatus.done

  static func list(_ language: Language) -> ProfileAnswer {
    let width = ShippedProfiles.all.map(\.name.count).max() ?? 0
    return ProfileAnswer(
      output: ShippedProfiles.all.map { profile in
        profile.name + String(repeating: " ", count: width - profile.name.count + 2) + profile.kind.contents(language)
      })
  }

  static func show(_ name: String, _ language: Language) -> ProfileAnswer {
    if let shipped = ShippedProfiles.named(name) {
      return ProfileAnswer(output: ImportProfileText(profile: shipped, language: language).lines)
    }
    return read(name, language) { ImportProfileText(profile: $0, language: language).lines }
  }

  static func check(_ path: String, _ language: Language) -> ProfileAnswer {
    read(path, language) { profile in
      let kind = profile.kind.contents
      let count = profile.headers.count
      let usable = Words(
        "\(path): profilen \(profile.name) kan bruges (\(kind.danish), \(count) kolonner)",
        en: "\(path): the profile \(profile.name) is usable (\(kind.english), \(count) columns)")
      return [usable(language)]
    }
  }

  private static func read(_ path: String, _ language: Language, lines: (ImportProfile) -> [String]) -> ProfileAnswer {
    do {
      guard let (profile, findings) = try ImportProfileFile.open(path) else {
        return ProfileAnswer(messages: [missing(path)(language)], status: .noInput)
      }
      let messages = findings.lines(language)
      guard let profile else { return ProfileAnswer(messages: messages, status: .badInput) }
      return ProfileAnswer(output: lines(profile), messages: messages)
    } catch {
      let reason = if case .refused(_, let number)? = error as? FileFault { SystemText.of(number) } else { "\(error)" }
      let words = Words("\(path): filen kan ikke læses (\(reason))", en: "\(path): the file cannot be read (\(reason))")
      return ProfileAnswer(messages: [words(language)], status: .ioFailed)
    }
  }

  private static func missing(_ path: String) -> Words {
    let names = ShippedProfiles.all.map(\.name)
    if let near = NearestWord.of(path, among: names) {
      return Words(
        "\(path): der er ingen fil eller profil med det navn; mente du \(near)?",
        en: "\(path): there is no file or profile of that name; did you mean \(near)?")
    }
    let listed = names.joined(separator: ", ")
    return Words(
      "\(path): der er ingen fil eller profil med det navn; profiler, der følger med: \(listed)",
      en: "\(path): there is no file or profile of that name; profiles that come with the product: \(listed)")
  }
}
