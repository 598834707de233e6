public import SurfaceKit

/// Where the pages of the steering models are. Every link to them is made here.
public enum SteeringModelAddress {
  /// The model in force.
  public static let model: Address = "/model"
  /// Two models side by side.
  public static let compare: Address = "/model/compare"

  /// A model by its id, in force or not.
  public static func model(_ id: String) -> Address { model.appending(id) }

  /// Two models side by side, by their ids.
  public static func compare(_ left: String, _ right: String) -> Address {
    compare.with("left", left).with("right", right)
  }
}
