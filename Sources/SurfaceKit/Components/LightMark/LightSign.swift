public import SteeringCore

/// A light as people see it: a name, a shape and a tone. Which lights there are, and what they mean, is said by
/// the steering model in force; a model with a fourth light needs nothing new here.
public struct LightSign: Hashable, Sendable {
  /// The shape tells the lights apart without colour. It is drawn in a window: how much of it is lit.
  public enum Shape: String, CaseIterable, Sendable {
    /// The whole window is lit.
    case full
    /// The lower half is lit.
    case half
    /// A lit cross.
    case crossed
    /// A lit rim.
    case ring
    /// Lit stripes.
    case striped
    /// No light: nothing can be said.
    case empty
  }

  /// The colour.
  public enum Tone: String, CaseIterable, Sendable {
    /// Green.
    case green
    /// Yellow.
    case yellow
    /// Red.
    case red
    /// Blue.
    case blue
    /// Orange.
    case orange
    /// No colour.
    case none
  }

  /// The light's id in the model: `green`.
  public let id: String
  /// Its name in a sentence: grøn, green.
  public let name: Words
  /// Its shape.
  public let shape: Shape
  /// Its colour.
  public let tone: Tone

  /// A light as people see it.
  public init(id: String, name: Words, shape: Shape, tone: Tone) {
    self.id = id
    self.name = name
    self.shape = shape
    self.tone = tone
  }

  /// A unit that gets no light, because there is no budget to measure against.
  public static let none = LightSign(
    id: "none", name: Words("uden indikator", en: "no light"), shape: .empty, tone: .none)
}
