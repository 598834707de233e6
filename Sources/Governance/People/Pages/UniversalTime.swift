import Foundation

/// Times as the trail and a person's own data tell them: to the second, in UTC.
enum UniversalTime {
  /// Seconds since 1 January 1970 UTC as `2026-11-21T20:58:10Z`.
  static func text(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
  }
}
