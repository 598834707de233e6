import SteeringCore
import SurfaceKit

/// What the page that loads files shows: the form, and what is already there.
struct ImportStartModel: Sendable {
  /// A file that has been loaded.
  struct Loaded: Sendable {
    let kind: Words
    let file: String
    let year: Int?
    let rows: Int
    /// The sum of its amounts; nil for files without amounts.
    let sum: Money?
    let loadedOn: CalendarDate
  }

  /// A load that is still running.
  struct Running: Sendable {
    let file: String
    let done: Int
    /// 0 where nobody has begun, or nobody knows.
    let total: Int
    /// Its own page.
    let address: Address
  }

  /// What was chosen in the form, as it was sent.
  struct Values: Sendable {
    let kind: String
    let year: String
    let profile: String

    static let none = Values(kind: "", year: "", profile: "")
  }

  /// What to load next, in plain words; nil when everything for a closing is there.
  let nextStep: Words?
  /// The kinds of file: id, name and what it is.
  let kinds: [Choice]
  /// The profiles: id and name.
  let profiles: [Choice]
  let values: Values
  let errors: [ErrorSummary.Item]
  /// The largest file that the page takes, in bytes; the command line has no limit.
  let limitBytes: Int
  let running: [Running]
  /// What has been loaded, newest first.
  let loaded: [Loaded]
  /// A token that ties the form to the one who got it.
  let token: String
  /// Names what the form asks for, so that it happens once however often the form is sent.
  let key: String
}
