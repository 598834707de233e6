import SteeringCore
import SurfaceKit

/// What a closing round is called wherever it is mentioned.
struct RoundName: Sendable, Hashable {
  /// The round's id in addresses.
  let id: String
  /// The fiscal year that is closed.
  let year: Int
  /// The round's number within the year, from 1.
  let number: Int
  /// A final round never changes.
  let isFinal: Bool
  /// The day it was made, in Denmark.
  let madeOn: CalendarDate

  /// `Endelig opgørelse 2025, nr. 3`.
  var words: Words {
    Words(
      "\(isFinal ? "Endelig" : "Foreløbig") opgørelse \(year), nr. \(number)",
      en: "\(isFinal ? "Final" : "Preliminary") closing \(year), no. \(number)")
  }

  /// `endelig` or `foreløbig`.
  var kind: Words { isFinal ? Words("endelig", en: "final") : Words("foreløbig", en: "preliminary") }

  /// When it was made, in words: `lavet 14.02.2026`.
  var made: Words {
    Format.words { ($0.language == .danish ? "lavet " : "made ") + $0.date(madeOn) }
  }
}
