public import SteeringCore
public import SurfaceKit

/// Whom the rules touch just now: the counts of the latest closing round, and where the units behind each count are
/// listed. It is handed over by whoever puts the house together, for this capability knows no units.
public struct ModelTouch: Sendable {
  /// Where a list of units begins, narrowed to those with one light, duty or review, given by its id.
  public typealias Units = @Sendable (String) -> Address

  /// How many units have each light, duty or review, by its id, and where they are listed.
  public struct Tally: Sendable {
    let counts: [String: Int]
    let units: Units

    /// A tally. An id that is not among the counts has none.
    public init(_ counts: [String: Int], units: @escaping Units) {
      self.counts = counts
      self.units = units
    }

    /// How many units; 0 where the id was not counted.
    func count(_ id: String) -> Int { counts[id] ?? 0 }
  }

  /// The round that was counted, as people call it.
  public let roundName: Words
  /// The id of the model that the round used. A page of another model shows no counts.
  public let modelID: String
  /// By light, `none` among them.
  public let lights: Tally
  /// By duty.
  public let duties: Tally
  /// By review.
  public let reviews: Tally

  /// The counts of a round.
  public init(roundName: Words, modelID: String, lights: Tally, duties: Tally, reviews: Tally) {
    self.roundName = roundName
    self.modelID = modelID
    self.lights = lights
    self.duties = duties
    self.reviews = reviews
  }
}
