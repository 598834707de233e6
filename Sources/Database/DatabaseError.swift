public import SteeringCore

/// What went wrong with the database, in words that do not depend on which database it is.
public struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The rule of a table that a statement would have broken.
  public enum Rule: String, Sendable {
    /// The row is there already.
    case unique
    /// A row that is referred to is missing, or one would be taken away that others refer to.
    case foreignKey
    /// A condition on the row's values.
    case check
    /// A column that must be filled is empty.
    case notNull
    /// A rule of another kind, such as a trigger.
    case other
  }

  /// What kind of thing went wrong; decisions are made on this and never on texts.
  public enum Kind: Hashable, Sendable {
    /// Somebody else is writing and did not finish in time.
    case busy
    /// No room left for the data.
    case diskFull
    /// Reading or writing the disk failed.
    case ioError
    /// A rule of a table would be broken. The name is the driver's: a check's own name where it has one, else
    /// tables and columns. Only the rule is the same for every database.
    case constraint(Rule, name: String)
    /// The data is damaged, or is no database.
    case corrupt
    /// Another process holds the database; its process number where known.
    case locked(by: Int32?)
    /// The database cannot be reached or opened.
    case unavailable
    /// The connection was lost while a finished transaction was being kept: it may have been kept, or not. A retry
    /// is safe only where the change can be recognised, by a key that the client made.
    case outcomeUnknown
    /// A text holds the character NUL, which cannot be kept.
    case unsuitableText
    /// The steps that the database has been through do not fit the program.
    case migrationRefused
    /// A fault in the program: the call itself is wrong and will never work.
    case misuse
    /// Something else; see `detail`.
    case other
  }

  /// What kind of thing went wrong.
  public let kind: Kind
  /// What happened, for people.
  public let message: Words
  /// What to do about it, for people.
  public let remedy: Words
  /// What the database itself said, for the log: in English, without values.
  public let detail: String

  /// An error with all its parts.
  public init(_ kind: Kind, _ message: Words, remedy: Words, detail: String = "") {
    self.kind = kind
    self.message = message
    self.remedy = remedy
    self.detail = detail
  }

  /// What happened and what to do.
  public func text(_ language: Language) -> String { "\(message(language)) \(remedy(language))" }

  /// For the log: the English text and what the database said.
  public var description: String { detail.isEmpty ? text(.english) : "\(text(.english)) [\(detail)]" }

  /// A fault in the program; the explanation is for its authors.
  public static func misuse(_ explanation: String) -> DatabaseError {
    DatabaseError(
      .misuse,
      Words("Programmet brugte databasen forkert.", en: "The program used the database wrongly."),
      remedy: Words(
        "Intet er ændret. Det er en fejl i Styrehus, som vi gerne vil høre om.",
        en: "Nothing was changed. This is a fault in Styrehus that we would like to hear about."),
      detail: explanation)
  }

  /// The error of a kind whose words are the same for every database. `constraint`, `locked`, `migrationRefused` and
  /// `misuse` get general words here; where more is known, say it with the initialiser.
  public static func of(_ kind: Kind, detail: String) -> DatabaseError {
    let (message, remedy) = words(kind)
    return DatabaseError(kind, message, remedy: remedy, detail: detail)
  }

  private static func words(_ kind: Kind) -> (message: Words, remedy: Words) {
    switch kind {
    case .busy: busy
    case .diskFull: diskFull
    case .ioError: ioError
    case .constraint: constraint
    case .corrupt: corrupt
    case .locked: locked
    case .unavailable: unavailable
    case .outcomeUnknown: outcomeUnknown
    case .unsuitableText: unsuitableText
    case .migrationRefused, .misuse, .other: other
    }
  }

  private static let busy = (
    message: Words(
      "Databasen er optaget af en anden ændring.", en: "The database is busy with another change."),
    remedy: Words("Intet er ændret. Prøv igen om lidt.", en: "Nothing was changed. Try again in a moment.")
  )
  private static let diskFull = (
    message: Words("Der er ikke mere plads på disken.", en: "There is no room left on the disk."),
    remedy: Words(
      "Intet er ændret. Skaf plads på det drev, hvor databasen ligger, og prøv igen.",
      en: "Nothing was changed. Make room on the drive that holds the database, and try again.")
  )
  private static let ioError = (
    message: Words(
      "Disken svarede med en fejl under læsning eller skrivning.",
      en: "The disk failed while reading or writing."),
    remedy: Words(
      "Se efter disken og systemets log, og kontrollér databasen, før der arbejdes videre.",
      en: "Look at the disk and the system log, and check the database before going on.")
  )
  private static let constraint = (
    message: Words("Ændringen strider mod en regel i databasen.", en: "The change breaks a rule of the database."),
    remedy: Words(
      "Intet er ændret. Hent siden igen, og se, om en anden har rettet det samme.",
      en: "Nothing was changed. Load the page again and see whether somebody else changed the same thing.")
  )
  private static let corrupt = (
    message: Words(
      "Databasen er beskadiget, eller filen er ikke en database.",
      en: "The database is damaged, or the file is not a database."),
    remedy: Words(
      "Stop programmet, gem en kopi af filen, og læg den nyeste sikkerhedskopi ind.",
      en: "Stop the program, keep a copy of the file, and put the newest backup in its place.")
  )
  private static let locked = (
    message: Words("Databasen er i brug af et andet program.", en: "Another program is using the database."),
    remedy: Words("Stop det andet program, og prøv igen.", en: "Stop the other program, and try again.")
  )
  private static let unavailable = (
    message: Words("Databasen kan ikke åbnes.", en: "The database cannot be opened."),
    remedy: Words(
      "Se efter, at stien er rigtig, og at programmet må læse og skrive dér.",
      en: "See that the path is right and that the program may read and write there.")
  )
  private static let outcomeUnknown = (
    message: Words(
      "Forbindelsen til databasen blev afbrudt, mens ændringen blev gemt.",
      en: "The connection to the database was lost while the change was being saved."),
    remedy: Words(
      "Vi ved ikke, om den er gemt. Hent siden igen, og se efter, før du prøver igen.",
      en: "We do not know whether it was saved. Load the page again and look before you try again.")
  )
  private static let unsuitableText = (
    message: Words(
      "En tekst indeholder tegnet NUL, som ikke kan gemmes.",
      en: "A text holds the character NUL, which cannot be kept."),
    remedy: Words(
      "Intet er ændret. Fjern tegnet fra teksten eller filen, og prøv igen.",
      en: "Nothing was changed. Remove the character from the text or the file, and try again.")
  )
  private static let other = (
    message: Words("Databasen kunne ikke udføre opgaven.", en: "The database could not do the task."),
    remedy: Words(
      "Intet er ændret. Se programmets log, hvor databasens egen besked står.",
      en: "Nothing was changed. See the program's log, which holds the database's own message.")
  )
}
