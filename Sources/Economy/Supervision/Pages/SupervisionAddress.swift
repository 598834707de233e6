import SteeringCore
public import SurfaceKit

/// Where the pages of the supervision are.
public enum SupervisionAddress {
  /// All units in a month.
  public static let overview: Address = "/supervision"
  /// Where a month is frozen.
  static let freeze: Address = "/supervision/freeze"
  /// The central list of controls.
  static let controls: Address = "/supervision/controls"

  /// All units in a month.
  static func overview(_ month: SupervisionMonth) -> Address { overview.with("month", month.text) }

  /// A unit's month; the newest without one.
  static func unit(_ code: UnitCode, _ month: SupervisionMonth? = nil) -> Address {
    let address = ClosingAddress.units.appending(code.text).appending("supervision")
    return month.map { address.with("month", $0.text) } ?? address
  }
}
