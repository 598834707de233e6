import SteeringCore
import SurfaceKit

/// Where the pages of the organisation are.
enum OrganisationAddress {
  /// The organisation as it is known now.
  static let show: Address = "/organisation"

  /// The organisation or a branch of it, in a version; the latest where none is named.
  static func show(unit: UnitCode?, version: Int?) -> Address {
    var address = show
    if let unit { address = address.with("unit", unit.text) }
    if let version { address = address.with("version", String(version)) }
    return address
  }
}
