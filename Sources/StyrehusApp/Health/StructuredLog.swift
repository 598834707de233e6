import ArgumentParser
import Foundation
import Logging
import SurfaceKit

/// How much the server's log tells: from what happens inside to what went wrong.
enum LogLevel: String, CaseIterable, ExpressibleByArgument, Sendable {
  case debug, info, notice, warning, error

  /// The level in the logging library's words.
  var level: Logger.Level {
    switch self {
    case .debug: .debug
    case .info: .info
    case .notice: .notice
    case .warning: .warning
    case .error: .error
    }
  }
}

/// Writes the log as lines of JSON, an object each: time (UTC), level, message, and what else is known.
struct StructuredLog: LogHandler {
  /// The web library's name for the number of a request; lines say `request`.
  static let requestKey = "hb.request.id"

  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  private let now: @Sendable () -> Date
  private let write: @Sendable (String) -> Void

  /// A log of a level, whose lines go to `write`.
  init(
    _ level: LogLevel, now: @escaping @Sendable () -> Date = { .now }, write: @escaping @Sendable (String) -> Void
  ) {
    logLevel = level.level
    self.now = now
    self.write = write
  }

  /// A logger that writes here.
  var logger: Logger { Logger(label: "styrehus") { _ in self } }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var known = metadata.merging(event.metadata ?? [:]) { $1 }
    if let number = known.removeValue(forKey: Self.requestKey) { known["request"] = number }
    let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(now())
    let head = [("time", time), ("level", "\(event.level)"), ("message", "\(event.message)")]
    let members =
      head.map { Self.member($0, Self.quoted($1)) }
      + known.sorted { $0.key < $1.key }.map { Self.member($0, Self.value($1)) }
    write("{\(members.joined(separator: ","))}")
  }

  private static func member(_ name: String, _ value: String) -> String { "\(quoted(name)):\(value)" }

  /// A number as a number, everything else as text.
  private static func value(_ value: Logger.MetadataValue) -> String {
    if case .stringConvertible(let inside) = value, let number = inside as? any BinaryInteger { return "\(number)" }
    return quoted("\(value)")
  }

  private static func quoted(_ text: String) -> String {
    var json = JSONText()
    json.string(nil, text)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
