import SteeringCore

/// What is said where a stored round no longer rests on what it was made of.
enum RoundFaults {
  static func ownHash(_ round: Round) -> Words {
    Words(
      "\(round.id.text): opgørelsens fingeraftryk passer ikke med dens filer, dens model og opgørelsen af året før",
      en:
        "\(round.id.text): the closing's fingerprint does not fit its files, its model and the year before"
    )
  }

  static func contentHash(_ input: Round.Input) -> Words {
    Words(
      "\(input.fileName) (indlæsning \(input.importID)): filens fingeraftryk er et andet end opgørelsens",
      en: "\(input.fileName) (import \(input.importID)): the file's fingerprint is another than the closing's")
  }

  static func recordCount(_ input: Round.Input, _ file: ImportedFile) -> Words {
    Words(
      "\(input.fileName) (indlæsning \(input.importID)): filen har \(file.recordCount) rækker, opgørelsen "
        + "\(input.recordCount)",
      en: "\(input.fileName) (import \(input.importID)): the file has \(file.recordCount) records, the closing "
        + "\(input.recordCount)")
  }

  static func totals(_ round: Round) -> Words {
    Words(
      "\(round.id.text): bogføringens summer inde, uden for og uden for året er andre end opgørelsens",
      en: "\(round.id.text): the ledger's sums inside, outside and outside the year differ from the closing's")
  }
}
