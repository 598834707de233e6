import Database
public import SteeringCore
public import SurfaceKit

/// Where the pages of the closing are. Every link to them is made here.
public enum ClosingAddress {
  /// The list of units.
  public static let units: Address = "/units"
  /// The list of closing rounds.
  public static let rounds: Address = "/rounds"
  /// The form that makes a new round; also where the form is sent to be read back.
  public static let makeRound: Address = "/rounds/make"
  /// Where a round is sent that has been read back and is to be made.
  public static let confirmRound: Address = "/rounds/make/confirm"

  /// Above the pages of rounds that are being made.
  public static let jobs: Address = "/rounds/jobs"

  /// The page of a round that was asked for.
  static func job(_ id: CommandKey) -> Address { jobs.appending(id.text) }

  /// The page of a unit, as of a round where one is given; otherwise as of the latest.
  public static func unit(_ code: String, round: String? = nil) -> Address {
    let address = units.appending(code)
    return round.map { address.with("round", $0) } ?? address
  }

  /// The page of a round.
  public static func round(_ id: String) -> Address { rounds.appending(id) }

  /// The page of a round that was there when somebody asked for it to be made.
  static func roundThatWasThere(_ id: String) -> Address { round(id).with("again", "yes") }

  /// The units of a directorate; an empty code asks for those that stand in none.
  public static func units(directorate: String) -> Address {
    units.with("directorate", directorate.isEmpty ? noDirectorate : directorate)
  }
  /// Asks for the units that stand in no directorate.
  static let noDirectorate = "-"
  /// What the units that stand in no directorate are called.
  public static let outside = Words("Uden for organisationen", en: "Outside the organisation")
  /// The units with a light, by the light's id in the model.
  public static func units(light: String) -> Address { units.with("light", light) }
  /// The units with a duty, by the duty's id in the model.
  public static func units(duty: String) -> Address { units.with("duty", duty) }
  /// The units with a review, by the review's id in the model.
  public static func units(review: String) -> Address { units.with("review", review) }
}
