import Database
import Organisation
import SteeringCore

/// A class of data that is kept for the same reason and as long. What a public authority has made may not be destroyed
/// before it has been decided whether it shall be preserved; so the classes that are such records are blocked until a
/// decision is stored.
public enum DataClass: String, CaseIterable, Sendable {
  /// Who signed in and when; failures, and invitations.
  case signIns
  /// The keys of forms and commands that have taken effect, and jobs that have ended.
  case keys
  /// Files that wait for somebody's yes.
  case waitingFiles
  /// Names and e-mails of people who hold no position any more.
  case people
  /// Names and e-mails in the audit trail.
  case trailWords
  /// The postings of imported files, with their texts.
  case postings
  /// The audit trail itself.
  case trail

  /// How many days it is kept where no decision says otherwise; nil where it is kept for good.
  public var days: Int? {
    switch self {
    case .signIns: 180
    case .keys: 400
    case .waitingFiles: 30
    case .people, .trailWords: 1_826
    case .postings, .trail: nil
    }
  }

  /// Whether nothing of it may be destroyed before a decision is stored.
  public var needsDecision: Bool {
    switch self {
    case .signIns, .keys, .waitingFiles: false
    case .people, .trailWords, .postings, .trail: true
    }
  }

  /// Whether Styrehus deletes it when it is due. Postings and the trail are what every closing is explained by.
  public var isDeletable: Bool { days != nil }
}

/// What was decided about a class, by whoever decides about archives.
struct PreservationDecision: Hashable, Sendable {
  let dataClass: DataClass
  let verdict: Verdict
  /// How many days it is kept before it is destroyed.
  let keepDays: Int
  /// Where the decision stands, such as a number in the journal.
  let reference: String
  let decidedOn: CalendarDate

  enum Verdict: String, CaseIterable, Sendable {
    /// It may be destroyed when its time is over.
    case destroy
    /// It shall be handed over to an archive, and is not destroyed here.
    case preserve
  }
}

/// Where a class stands.
struct ClassStanding: Sendable {
  let dataClass: DataClass
  let decision: PreservationDecision?
  /// How much is due to be deleted; 0 where nothing may be.
  var due = 0

  enum State: Equatable, Sendable {
    /// What is older than so many days is deleted.
    case free(days: Int)
    /// Nothing may be destroyed before a decision is stored.
    case blocked
    /// It was decided that it shall be preserved.
    case preserved
    /// It is kept for good by the product.
    case kept
  }

  var state: State {
    switch decision?.verdict {
    case .preserve: return .preserved
    case .destroy: return dataClass.isDeletable ? .free(days: decision?.keepDays ?? 0) : .kept
    case nil:
      if dataClass.needsDecision { return .blocked }
      return dataClass.days.map { .free(days: $0) } ?? .kept
    }
  }
}
