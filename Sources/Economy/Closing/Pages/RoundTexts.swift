import SteeringCore
import SurfaceKit

/// What the pages of the closing rounds say.
enum RoundTexts {
  static let listTitle = Words("Opgørelser af årsresultat", en: "Closings of the year's result")
  static let listLead = Words(
    "En opgørelse viser, hvordan hver aftaleenhed endte året. En endelig opgørelse ændres aldrig.",
    en: "A closing shows how each agreement unit ended the year. A final closing never changes.")
  static let make = Words("Lav en opgørelse", en: "Make a closing")
  static let missing = Words("Før vi kan lave en opgørelse, mangler vi", en: "Before a closing can be made we need")
  static let none = Words("Der er ingen opgørelser endnu", en: "There are no closings yet")
  static let noneYet = Words("Alt er klar til den første.", en: "Everything is ready for the first one.")
  static let round = Words("Opgørelse", en: "Closing")
  static let madeOn = Words("Lavet", en: "Made")
  static let kind = Words("Slags", en: "Kind")
  static let model = Words("Styringsmodel", en: "Steering model")
  static let units = Words("Enheder", en: "Units")
  static let balance = Words("Samlet saldo, kr.", en: "Total balance, DKK")
  static let lights = Words("Indikatorer", en: "Lights")
  static let frozen = Words(
    "Opgørelsen er endelig. Den er låst og bygger på netop de filer, der står her.",
    en: "The closing is final. It is locked and rests on exactly the files named here.")
  static let preliminary = Words(
    "Opgørelsen er foreløbig. Kommer der nye tal, laver vi en ny.",
    en: "The closing is preliminary. If new figures come, a new one is made.")
  static let seeHouse = Words("Se huset i denne opgørelse", en: "See the house in this closing")
  static let seeUnits = Words("Se enhederne i denne opgørelse", en: "See the units in this closing")
  static let totals = Words("Summer", en: "Totals")
  static let ladder = Words("Alle enheder under ét", en: "All units together")
  static let tie = Words("Stemmer det?", en: "Does it tie?")
  static let tieCaption = Words("Bogføringens linjer", en: "The lines of the ledger")
  static let part = Words("Del", en: "Part")
  static let lines = Words("Linjer", en: "Lines")
  static let sum = Words("Sum, kr.", en: "Sum, DKK")
  static let allLines = Words("Alle linjer", en: "All lines")
  static let inputs = Words("Filerne bag", en: "The files behind")
  static let inputsCaption = Words("Filer, som opgørelsen bygger på", en: "Files that the closing rests on")
  static let file = Words("Fil", en: "File")
  static let fileKind = Words("Indhold", en: "Content")
  static let rows = Words("Rækker", en: "Rows")
  static let hash = Words("Fingeraftryk (SHA-256)", en: "Fingerprint (SHA-256)")
  static let replay = Words("Genberegning", en: "Replay")
  static let replayNotTried = Words("Opgørelsen er ikke genberegnet endnu", en: "The closing has not been replayed yet")
  static let replaySame = Words(
    "Genberegnet fra filerne: alle tal er de samme", en: "Replayed from the files: every figure is the same")
  static let replayDiffersHelp = Words(
    "Opgørelsen står, som den blev lavet. Find ud af, hvad der er ændret, før den bruges.",
    en: "The closing stands as it was made. Find out what has changed before using it.")
  static let replayInputsDiffer = Words(
    "Det, opgørelsen blev lavet af, er ikke længere det samme", en: "What the closing was made of is no longer the same"
  )
  static let replayMissing = Words("Kan ikke genberegnes", en: "Cannot be replayed")
  static let replayMissingHelp = Words(
    "En af filerne findes ikke længere. Opgørelsen står uændret.",
    en: "One of the files is no longer there. The closing stands unchanged.")
  static let differences = Words("Forskelle fra forrige opgørelse", en: "Differences from the closing before")
  static let differencesCaption = Words("Enheder, der ender anderledes", en: "Units that end otherwise")
  static let firstRound = Words("Det er den første opgørelse af året.", en: "This is the first closing of the year.")
  static let balanceBefore = Words("Saldo før, kr.", en: "Balance before, DKK")
  static let balanceNow = Words("Saldo nu, kr.", en: "Balance now, DKK")
  static let change = Words("Forskel, kr.", en: "Difference, DKK")
  static let lightBefore = Words("Indikator før", en: "Light before")
  static let lightNow = Words("Indikator nu", en: "Light now")
  static let tooLarge = Words("for stor til at vise", en: "too large to show")
  static let notThere = Words("ikke med", en: "not there")
  static let year = Words("Hvilket år?", en: "Which year?")
  static let yearHint = Words("Kun år med et budget kan gøres op.", en: "Only years with a budget can be closed.")
  static let whichKind = Words("Hvad er det for en opgørelse?", en: "What kind of closing is it?")
  static let preliminaryName = Words("Foreløbig", en: "Preliminary")
  static let preliminaryHint = Words(
    "Der kan stadig komme tal. Den kan laves igen.", en: "Figures may still come. It can be made again.")
  static let finalName = Words("Endelig", en: "Final")
  static let finalHint = Words(
    "Regnskabet er afsluttet. Opgørelsen låses.", en: "The accounts are closed. It is locked.")
  static let goOn = Words("Fortsæt", en: "Continue")
  static let readBackTitle = Words("Er det den opgørelse, vi skal lave?", en: "Is this the closing to make?")
  static let changed = Words(
    "Grundlaget er ændret, siden du så det. Intet er gemt.",
    en: "What the closing rests on has changed since you saw it. Nothing is stored.")
  static let changedHelp = Words(
    "Der er kommet andre filer eller en ny opgørelse af året før. Her er opgørelsen, som den bliver nu.",
    en: "There are other files or a new closing of the year before. This is the closing as it would be now.")
  static let thinkOf = Words("Værd at vide først", en: "Worth knowing first")
  static let makeFinal = Words("Ja, lav den endelige opgørelse", en: "Yes, make the final closing")
  static let makePreliminary = Words("Ja, lav den foreløbige opgørelse", en: "Yes, make the preliminary closing")
  static let back = Words("Nej, gå tilbage", en: "No, go back")

  static let decidedBefore = Words("Opgørelsen var allerede lavet", en: "The closing had been made already")
  static let making = Words("Opgørelsen bliver lavet", en: "The closing is being made")
  static let noSuchJob = Words("Vi kender ikke det arbejde.", en: "We do not know that work.")
  static let failed = Words("Opgørelsen blev ikke lavet", en: "The closing was not made")

  static func decided(_ round: RoundName, at seconds: Int64, by name: String?) -> Words {
    Format.words { format in
      let moment = format.moment(seconds)
      return format.language == .danish
        ? "\(round.isFinal ? "Den endelige" : "Den foreløbige") opgørelse blev lavet \(moment) af de samme filer, af "
          + (name ?? "dig eller fra en anden fane, browser eller server") + ". Dit ja har ikke ændret noget."
        : "The \(round.isFinal ? "final" : "preliminary") closing was made on \(moment) of the same files, by "
          + (name ?? "you or from another tab, browser or server") + ". Your yes has changed nothing."
    }
  }

  static func asked(_ year: Int, isFinal: Bool, at seconds: Int64) -> Words {
    Format.words { format in
      let moment = format.moment(seconds)
      return format.language == .danish
        ? "\(isFinal ? "Den endelige" : "Den foreløbige") opgørelse af \(year) blev sat i gang \(moment)."
        : "The \(isFinal ? "final" : "preliminary") closing of \(year) was asked for on \(moment)."
    }
  }

  static func replayHow(_ id: String) -> Words {
    Words("Det gør kommandoen styrehus rounds replay \(id).", en: "The command styrehus rounds replay \(id) does it.")
  }

  static func replayDiffers(_ units: Int) -> Words {
    units == 1
      ? Words("Genberegningen giver andre tal for 1 enhed", en: "The replay gives other figures for 1 unit")
      : Words(
        "Genberegningen giver andre tal for \(units) enheder", en: "The replay gives other figures for \(units) units")
  }

  static func compared(with previous: RoundName, changed: Int) -> Words {
    let danish = "\(previous.isFinal ? "endelig" : "foreløbig") opgørelse nr. \(previous.number)"
    let english = "\(previous.isFinal ? "final" : "preliminary") closing no. \(previous.number)"
    if changed == 0 {
      return Words("Alle enheder ender som i \(danish).", en: "All units end as in \(english).")
    }
    return Words(
      "\(changed) \(changed == 1 ? "enhed" : "enheder") ender anderledes end i \(danish).",
      en: "\(changed) \(changed == 1 ? "unit ends" : "units end") otherwise than in \(english).")
  }

  static func readBack(_ choice: RoundMakeModel.ReadBack) -> Words {
    Format.words { format in
      let units = format.count(
        choice.unitCount, Words("aftaleenhed", en: "agreement unit"), Words("aftaleenheder", en: "agreement units"))
      let lines = format.postings(choice.ledgerLines)
      return format.language == .danish
        ? "\(choice.isFinal ? "Endelig" : "Foreløbig") opgørelse nr. \(choice.number) af \(choice.year) for \(units), "
          + "lavet af \(lines) efter \(choice.modelName.danish)."
          + (choice.isFinal ? " Den kan ikke ændres bagefter." : "")
        : "\(choice.isFinal ? "Final" : "Preliminary") closing no. \(choice.number) of \(choice.year) for \(units), "
          + "made of \(lines) under \(choice.modelName.english)."
          + (choice.isFinal ? " It cannot be changed afterwards." : "")
    }
  }
}
