import SteeringCore
import SurfaceKit

/// What the page of a steering model shows: the rules in plain words, and whom they touch just now.
struct ModelShowModel: Sendable {
  /// A parameter as people read it: name and value.
  struct Parameter: Sendable {
    let name: Words
    let value: Words
  }

  /// A rule, a duty or a review.
  struct Rule: Sendable {
    let id: String
    let heading: Words
    /// The rule in plain words.
    let text: Words
    let citation: Citation
    let parameters: [Parameter]
    /// How many units it touches in the latest round; nil where no round has been made.
    let touched: Int?
    /// Which units: a list that is narrowed to them.
    let units: Address?
  }

  /// A light of the model.
  struct Light: Sendable {
    let sign: LightSign
    /// When it is lit, in plain words.
    let condition: Words
    let citation: Citation
    let count: Int?
    let units: Address?
  }

  /// Another model to compare with.
  struct Other: Sendable {
    let id: String
    let name: Words
  }

  let id: String
  let name: Words
  let validFrom: CalendarDate
  let validTo: CalendarDate?
  let isInForce: Bool
  /// The round that the counts come from, in words; nil where none has been made.
  let roundName: Words?
  /// What the balance is measured against and other things that are true of all units.
  let basis: [Rule]
  let lights: [Light]
  let duties: [Rule]
  let reviews: [Rule]
  let others: [Other]
}
