public import SteeringCore

/// Long work that was asked for, such as an import: kept in the database, so that any server can do it and all can tell
/// how far it is.
public struct Job: Hashable, Sendable {
  /// How far a job is.
  public enum State: String, Sendable {
    /// Nobody has taken it yet, or it was given back.
    case waiting
    /// A server holds it.
    case running
    /// It was done; what it changed is kept.
    case done
    /// It was looked at and refused; nothing was changed.
    case refused
    /// It could not be done, for a reason that has nothing to do with what was asked for; nothing was changed.
    case failed
  }

  /// Its name: the key of the command that asked for it.
  public let id: CommandKey
  /// What kind of work it is.
  public let kind: String
  /// What it is about, in the words of whoever asked for it.
  public let about: String
  /// How far it is.
  public let state: State
  /// The server that holds it or held it last; empty where none has.
  public let claimedBy: String
  /// How often a server has taken it and neither ended it nor given it back.
  public let attempts: Int
  /// How much is done, of `total`; both are 0 where nothing is known.
  public internal(set) var done: Int
  /// How much there is to do.
  public internal(set) var total: Int
  /// What came of it, in the words of whoever did it; of a failed one the name of a `Failure`.
  public let result: String
  /// Who asked for it; whoever does it does it in that name.
  public let askedBy: Deed
  /// When it was asked for, in seconds since 1 January 1970 UTC by the database's clock.
  public let enqueuedAt: Int64
  /// When it was last taken; nil where it never was.
  public let startedAt: Int64?
  /// When it ended; nil where it has not.
  public let endedAt: Int64?
  /// Names the claim that holds it; empty where none does.
  let token: String

  /// Whether it has come to its end.
  public var isEnded: Bool { ![.waiting, .running].contains(state) }

  /// How often a job may be taken by a server that then disappears.
  static let mostAttempts = 3

  /// Why a job could not be done.
  public enum Failure: String, Sendable {
    /// Every server that took it disappeared.
    case abandoned
    /// The disk of the database is full.
    case diskFull
    /// A fault of ours; the log has more.
    case fault

    /// What to tell people.
    public var message: Words {
      switch self {
      case .abandoned:
        Words(
          "Serveren er gået ned \(Job.mostAttempts) gange under arbejdet, så vi prøver ikke igen af os selv. Intet er "
            + "ændret. Sig det til dem, der driver Styrehus.",
          en: "The server went down \(Job.mostAttempts) times during the work, so it is not tried again by itself. "
            + "Nothing was changed. Tell those who run Styrehus.")
      case .diskFull:
        Words(
          "Der er ikke mere plads på databasens disk. Intet er ændret. Skaf plads, og prøv igen.",
          en: "There is no room left on the disk of the database. Nothing was changed. Make room and try again.")
      case .fault:
        Words(
          "Noget gik galt hos os. Intet er ændret. Prøv igen; bliver det ved, så sig det til dem, der driver Styrehus.",
          en: "Something went wrong on our side. Nothing was changed. Try again; if it goes on, tell those who run "
            + "Styrehus.")
      }
    }
  }

  /// Why it failed; nil where it did not.
  public var failure: Failure? { state == .failed ? Failure(rawValue: result) ?? .fault : nil }
}
