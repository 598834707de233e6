public import SteeringCore

/// The place and the hash of an entry, kept outside the database.
public struct AuditAnchor: Hashable, Sendable, CustomStringConvertible {
  /// The entry's number.
  public let number: Int64
  /// Its hash, in hexadecimal.
  public let hash: String

  /// An anchor.
  public init(number: Int64, hash: String) {
    self.number = number
    self.hash = hash
  }

  /// Reads `12:4f…`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let number = Int64(parts[0]), number > 0, parts[1].utf8.count == 64,
      parts[1].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    self.init(number: number, hash: String(parts[1]))
  }

  /// `12:4f…`.
  public var description: String { "\(number):\(hash)" }
}

/// What is wrong with a municipality's audit trail.
public struct AuditCheck: Sendable {
  /// How many entries there are.
  public private(set) var count: Int64 = 0
  /// A sentence for each thing that is wrong, with the entry's number; the first hundred.
  public private(set) var faults: [Words] = []
  /// The newest entry; nil where the trail is empty.
  public private(set) var anchor: AuditAnchor?

  private static let mostFaults = 100

  /// Looks through the whole trail. With anchors that were kept outside, each must still be there as it was. Throws
  /// `DatabaseError`.
  public init(_ connection: any DatabaseConnection, anchors: [AuditAnchor] = []) throws {
    let trail = AuditTrail(connection)
    var wanted = Dictionary(anchors.map { ($0.number, $0.hash) }) { first, _ in first }
    var previous = AuditEntry.start
    // Words about a person that are not there, until an entry says that they were taken out.
    var wordless: [(number: Int64, person: String, at: Int64)] = []
    try trail.eachEntry { entry in
      if entry.isPersonalGone, let person = entry.act.personal?.person {
        wordless.append((entry.number, person, entry.at))
      }
      if entry.act.action == "privacy.remove" { wordless.removeAll { entry.act.object == "person \($0.person)" } }
      if entry.act.action == "privacy.sweep", entry.act.object == "trailWords" {
        wordless.removeAll { $0.at < entry.at }
      }
      count += 1
      if entry.number != count {
        if entry.number > count { tell(Self.missing(count, upTo: entry.number - 1)) }
        count = entry.number
      }
      if entry.expectedHash(after: previous) != entry.hash { tell(Self.changed(entry.number)) }
      if !entry.hasItsWords { tell(Self.changedWords(entry.number)) }
      if let kept = wanted.removeValue(forKey: entry.number), kept != entry.hash { tell(Self.rewritten(entry.number)) }
      // The chain goes on from what stands there, so that one fault is told once.
      previous = entry.hash
      anchor = AuditAnchor(number: entry.number, hash: entry.hash)
    }
    for entry in wordless { tell(Self.wordless(entry.number)) }
    for number in wanted.keys.sorted() { tell(Self.cut(number, count)) }
    let head = try trail.anchor()
    if let head, head.number != count || head.hash != previous { tell(Self.cut(head.number, count)) }
    if head == nil, count > 0 { tell(Self.headless) }
  }

  private mutating func tell(_ words: Words) {
    if faults.count < Self.mostFaults { faults.append(words) }
  }

  private static func missing(_ first: Int64, upTo last: Int64) -> Words {
    first == last
      ? Words("Post \(first) mangler.", en: "Entry \(first) is missing.")
      : Words("Post \(first) til \(last) mangler.", en: "Entries \(first) to \(last) are missing.")
  }

  private static func changed(_ number: Int64) -> Words {
    Words(
      "Post \(number) er ændret, flyttet eller står efter en anden, end den skal.",
      en: "Entry \(number) was changed or moved, or stands after another than it should.")
  }

  private static func changedWords(_ number: Int64) -> Words {
    Words(
      "Post \(number): det, der står om en person, er ændret.",
      en: "Entry \(number): what it says about a person was changed.")
  }

  private static func wordless(_ number: Int64) -> Words {
    Words(
      "Post \(number): det, der stod om en person, er væk, og ingen senere post siger, at det blev fjernet.",
      en: "Entry \(number): what it said about a person is gone, and no later entry says that it was taken out.")
  }

  private static func rewritten(_ number: Int64) -> Words {
    Words(
      "Post \(number) er en anden end den, ankeret blev taget af: sporet er skrevet om.",
      en: "Entry \(number) is another than the one that the anchor was taken of: the trail was written anew.")
  }

  private static func cut(_ number: Int64, _ count: Int64) -> Words {
    Words(
      "Sporet har haft mindst \(number) poster, og den sidste er nu \(count): enden mangler.",
      en: "The trail has had at least \(number) entries, and the last one is \(count) now: its end is missing.")
  }

  private static let headless = Words(
    "Sporets eget mærke for den nyeste post mangler.", en: "The trail's own mark of its newest entry is missing.")
}
