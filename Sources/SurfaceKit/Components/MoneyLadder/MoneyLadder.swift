public import SteeringCore

/// A few amounts that add up, step by step, as one writes them under each other on paper. Results and balances
/// are also told in words, so that the sign is never the only thing that says it.
public struct MoneyLadder: Component {
  /// How a step counts.
  public enum Kind: String, Sendable {
    /// The first amount.
    case start
    /// Added to what stands above.
    case plus
    /// Taken from what stands above.
    case minus
    /// What the steps above come to.
    case sum
  }

  /// One line of the ladder.
  public struct Step: Sendable {
    let kind: Kind
    let label: Words
    let amount: Money
    let isToldInWords: Bool
    let why: Address?
    let note: Words?

    /// A step. `isToldInWords` for results and balances, where positive means surplus; `why` leads to the
    /// explanation of the amount.
    public init(
      _ kind: Kind, _ label: Words, _ amount: Money, isToldInWords: Bool = false, why: Address? = nil,
      note: Words? = nil
    ) {
      self.kind = kind
      self.label = label
      self.amount = amount
      self.isToldInWords = isToldInWords
      self.why = why
      self.note = note
    }
  }

  private let id: String
  private let caption: Words
  private let steps: [Step]

  /// A ladder of steps. The caller has seen to it that they add up.
  public init(id: String, caption: Words, steps: [Step]) {
    self.id = id
    self.caption = caption
    self.steps = steps
  }

  /// The markup.
  public var body: [Node] {
    table(.id(id), .class("ladder")) {
      SurfaceKit.caption { caption }
      tbody {
        for step in steps { line(step) }
      }
    }
  }

  private func line(_ step: Step) -> Node {
    tr(.class(step.kind.rawValue)) {
      th(.scope("row")) {
        sign(step.kind)
        step.label
        if let note = step.note {
          small { note }
        }
      }
      td(.class("side")) {
        if step.isToldInWords { Format.words { $0.side(step.amount) } }
      }
      td(.class("n")) {
        if let why = step.why {
          a(.href(why), .class("why")) { Format.words { $0.kroner(step.amount) } }
        } else {
          Format.words { $0.kroner(step.amount) }
        }
      }
    }
  }

  private func sign(_ kind: Kind) -> Node {
    switch kind {
    case .start: span(.class("step"), .ariaHidden) { "" }
    case .plus: span(.class("step")) { "+" }
    case .minus: span(.class("step")) { "−" }
    case .sum: span(.class("step")) { "=" }
    }
  }
}
