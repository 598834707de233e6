import RuleKit
import SteeringCore
import SurfaceKit

/// What the page of a steering model shows: the rules in plain words, and whom they touch just now.
struct ModelShowModel: Sendable {
  /// A parameter as people read it: name and value.
  struct Parameter: Sendable {
    let name: Words
    let value: Words
    /// Where it stands among the model's numbers and choices; nil for what follows from them.
    let place: Address?
  }

  /// Where something comes from.
  enum Source: Sendable {
    /// A rule in a document, which says it or is read so.
    case cited(Citation, Standing)
    /// No document: it follows from the model or from how the product counts, in words.
    case told(Words)
  }

  /// A rule, a duty or a review.
  struct Rule: Sendable {
    let id: String
    let heading: Words
    /// The rule in plain words.
    let text: Words
    /// When it follows, in plain words; nil for what is always so.
    let condition: Words?
    let source: Source
    let parameters: [Parameter]
    /// How many units it touches in the latest round; nil where none were counted.
    let touched: Int?
    /// Which units: a list that is narrowed to them.
    let units: Address?
  }

  /// A light of the model.
  struct Light: Sendable {
    let sign: LightSign
    /// When it is lit, in plain words.
    let condition: Words
    /// What it asks of the unit.
    let demand: Words
    let source: Source
    let count: Int?
    let units: Address?
  }

  /// A number or a choice of the model, with the rules that ask for it.
  struct Setting: Sendable {
    /// A rule that asks for a parameter, and where it stands on the page.
    struct Use: Sendable {
      let name: Words
      let place: Address
    }

    let id: String
    let name: Words
    let value: Words
    let uses: [Use]
    let source: Source
  }

  /// Another model to compare with.
  struct Other: Sendable {
    let id: String
    let name: Words
  }

  let id: String
  let name: Words
  /// What the model is, in a few sentences.
  let description: Words
  let validFrom: CalendarDate
  let validTo: CalendarDate?
  /// Whether it is the model that the municipality uses.
  let isInForce: Bool
  /// The round that the counts come from, or why there are none.
  let countsFrom: Words
  /// What the balance is measured against and other things that are true of all units.
  let basis: [Rule]
  let lights: [Light]
  let duties: [Rule]
  let reviews: [Rule]
  let settings: [Setting]
  let others: [Other]
}
