import SteeringCore
import SurfaceKit

/// What the pages that load files say.
enum ImportTexts {
  static let title = Words("Indlæs data", en: "Load data")
  static let lead = Words(
    "Vi læser filen igennem først og viser, hvad der står i den. Intet gemmes, før du siger ja.",
    en: "The file is read through first and shown to you. Nothing is kept until you say yes.")
  static let doFirst = Words("Næste skridt", en: "Next step")
  static let kind = Words("Hvad er der i filen?", en: "What does the file hold?")
  static let year = Words("Hvilket regnskabsår?", en: "Which fiscal year?")
  static let yearHint = Words(
    "Fire cifre, for eksempel 2025. Lad feltet stå tomt for organisation og kontoplan.",
    en: "Four digits, such as 2025. Leave it empty for organisation and accounts.")
  static let profile = Words("Filens opbygning", en: "The form of the file")
  static let profileHint = Words(
    "Fortæller, hvordan kolonner, tal og datoer er skrevet.", en: "Tells how columns, numbers and dates are written.")
  static let file = Words("Fil", en: "File")
  static let preview = Words("Læs filen igennem", en: "Read the file through")
  static let loaded = Words("Det er indlæst", en: "What has been loaded")
  static let nothingLoaded = Words("Der er ikke indlæst noget endnu.", en: "Nothing has been loaded yet.")
  static let content = Words("Indhold", en: "Content")
  static let yearHeading = Words("År", en: "Year")
  static let noYear = Words("alle år", en: "all years")
  static let rows = Words("Rækker", en: "Rows")
  static let sum = Words("Sum, kr.", en: "Sum, DKK")
  static let noSum = Words("ingen beløb", en: "no amounts")
  static let when = Words("Indlæst", en: "Loaded")
  static let size = Words("Størrelse", en: "Size")

  static let previewTitle = Words("Er det de rigtige tal?", en: "Are these the right figures?")
  static let previewErrorTitle = Words("Filen kan ikke indlæses endnu", en: "The file cannot be loaded yet")
  static let nothingWritten = Words(
    "Filen er læst igennem. Intet er gemt endnu.", en: "The file has been read through. Nothing has been kept yet.")
  static let mendAndRetry = Words(
    "Intet er ændret. Ret filen, eller vælg en anden opbygning, og prøv igen.",
    en: "Nothing has been changed. Correct the file, or choose another form, and try again.")
  static let controlMissing = Words(
    "Filen har ingen kontrolsum. Sammenlign selv summen med kilden.",
    en: "The file has no control total. Compare the sum with its source yourself.")
  static let toClosings = Words("Til opgørelserne", en: "To the closings")
  static let overlapQuestion = Words("Hvad skal vi gøre?", en: "What should be done?")
  static let replaceHint = Words(
    "Den gamle fils posteringer tæller ikke længere med.", en: "The earlier file's postings no longer count.")
  static let add = Words("Læg til", en: "Add")
  static let addHint = Words("Begge filers posteringer tæller med.", en: "The postings of both files count.")
  static let stop = Words("Stop", en: "Stop")
  static let stopHint = Words("Intet ændres.", en: "Nothing changes.")
  static let load = Words("Ja, indlæs filen", en: "Yes, load the file")
  static let doIt = Words("Gør det", en: "Do it")
  static let cancel = Words("Fortryd", en: "Cancel")
  static let chooseAgain = Words("Vælg fil igen", en: "Choose a file again")
  static let firstRows = Words("De første rækker", en: "The first rows")
  static let totals = Words("Summer", en: "Sums")
  static let perMonth = Words("Måned for måned", en: "Month by month")
  static let perUnit = Words("Enhed for enhed", en: "Unit by unit")
  static let month = Words("Måned", en: "Month")
  static let unit = Words("Enhed", en: "Unit")
  static let inAll = Words("I alt", en: "Total")
  static let next = Words("Hvad nu?", en: "What now?")
  static let readyToClose = Words(
    "Alt er klar til en opgørelse af årsresultatet.", en: "Everything is ready for a closing of the year's result.")
  static let stillMissing = Words("Før året kan gøres op, mangler:", en: "Before the year can be closed we need:")
  static let another = Words("Indlæs en fil mere", en: "Load another file")

  static func running(_ file: String) -> Words {
    Words("\(file) er ved at blive indlæst", en: "\(file) is being loaded")
  }

  static func follow(_ file: String) -> Words {
    Words("Følg indlæsningen af \(file)", en: "Follow the loading of \(file)")
  }

  static func asked(_ file: String, at seconds: Int64) -> Words {
    Format.words { format in
      let moment = format.moment(seconds)
      return format.language == .danish
        ? "\(file) blev sat i gang \(moment)." : "The loading of \(file) was asked for on \(moment)."
    }
  }

  static let failed = Words("Filen blev ikke indlæst", en: "The file was not loaded")

  static func notLoaded(_ file: String) -> Words {
    Words("\(file) er ikke indlæst", en: "\(file) has not been loaded")
  }

  static func fileHint(_ limit: Int) -> Words {
    Format.words { format in
      format.language == .danish
        ? "Højst \(format.size(bytes: limit)). Større filer indlæses med kommandoen styrehus import."
        : "At most \(format.size(bytes: limit)). Larger files are loaded by the command styrehus import."
    }
  }

  static func errors(_ count: Int) -> Words {
    Format.words { format in
      let told = format.number(count)
      return format.language == .danish
        ? "Vi fandt \(told) fejl i filen" : "We found \(told) \(count == 1 ? "error" : "errors") in the file"
    }
  }

  static func controlAgrees(_ sum: Money) -> Words {
    Format.words { format in
      format.language == .danish
        ? "Filens egen sum, \(format.exact(sum)), passer med rækkerne."
        : "The file's own total, \(format.exact(sum)), agrees with its rows."
    }
  }

  static func controlDiffers(_ stated: Money, _ reckoned: Money) -> Words {
    Format.words { format in
      format.language == .danish
        ? "Filen siger, at summen er \(format.exact(stated)), men rækkerne giver \(format.exact(reckoned))."
        : "The file says its total is \(format.exact(stated)), but its rows come to \(format.exact(reckoned))."
    }
  }

  static func overlap(_ overlap: ImportPreviewModel.Overlap) -> Words {
    Format.words { format in
      let rows = format.postings(overlap.rows)
      return format.language == .danish
        ? "\(rows) på i alt \(format.exact(overlap.sum)) har samme bilagsnumre som i "
          + "\(overlap.earlierFile)."
        : "\(rows) of \(format.exact(overlap.sum)) in all \(overlap.rows == 1 ? "shares" : "share") voucher numbers "
          + "with \(overlap.earlierFile)."
    }
  }

  static func replace(_ file: String) -> Words { Words("Erstat \(file)", en: "Replace \(file)") }

  static func firstRowsCaption(_ count: Int) -> Words {
    count == 1
      ? Words("Filens første række", en: "The first row of the file")
      : Words("Filens første \(count) rækker", en: "The first \(count) rows of the file")
  }

  static func outcome(_ outcome: ImportDoneModel.Outcome) -> Words {
    switch outcome {
    case .loaded, .replaced: Words("Filen er indlæst", en: "The file has been loaded")
    case .unchanged: Words("Filen var her i forvejen", en: "The file was already here")
    case .stopped: Words("Indlæsningen er stoppet", en: "The loading was stopped")
    }
  }

  static func told(_ model: ImportDoneModel) -> Words {
    switch model.outcome {
    case .loaded(let rows, let sum):
      return rowsTold(model.file, rows, sum)
    case .replaced(let rows, let sum, let earlierFile):
      let told = rowsTold(model.file, rows, sum)
      return Words(
        "\(told.danish) De erstatter \(earlierFile).", en: "\(told.english) They replace \(earlierFile).")
    case .unchanged(let since, let name):
      return unchangedTold(model.file, since, name)
    case .stopped:
      return Words("Intet er ændret.", en: "Nothing has been changed.")
    }
  }

  private static func unchangedTold(_ file: String, _ since: Int64?, _ name: String?) -> Words {
    guard let since else {
      return Words("\(file) er indlæst før. Intet er ændret.", en: "\(file) has been loaded before. Nothing changed.")
    }
    return Format.words { format in
      let moment = format.moment(since)
      return format.language == .danish
        ? "Samme indhold blev indlæst som \(file) \(moment), af "
          + (name ?? "dig eller fra en anden fane, browser eller server") + ". Intet er ændret."
        : "The same content was loaded as \(file) on \(moment), by "
          + (name ?? "you or from another tab, browser or server") + ". Nothing changed now."
    }
  }

  private static func rowsTold(_ file: String, _ rows: Int, _ sum: Money?) -> Words {
    Format.words { format in
      let count = format.count(rows, Words("række", en: "row"), Words("rækker", en: "rows"))
      if format.language == .danish {
        return "\(count) fra \(file) er indlæst" + (sum.map { ", i alt \(format.exact($0))" } ?? "") + "."
      }
      return "\(count) of \(file) \(rows == 1 ? "is" : "are") loaded"
        + (sum.map { ", \(format.exact($0)) in all" } ?? "") + "."
    }
  }
}
