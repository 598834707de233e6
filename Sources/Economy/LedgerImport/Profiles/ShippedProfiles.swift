public import Ledger
import SteeringCore

/// The import profiles that come with the product: the native ones and those of the files beside this one.
public enum ShippedProfiles {
  /// All of them, the native ones first.
  public static let all: [ImportProfile] =
    ImportProfile.native
    + files.map { file in
      let (profile, findings) = ImportProfileFile.read(bytes: file.bytes, fileName: file.name)
      guard let profile, findings.kept.isEmpty else {
        preconditionFailure("A profile that comes with the product is broken: \(findings.lines(.english))")
      }
      return profile
    }

  /// The profile of a name; nil where none of them has it.
  public static func named(_ name: String) -> ImportProfile? { all.first { $0.name == name } }

  /// The files with their names, as they stand in the repository.
  static let files: [(name: String, bytes: [UInt8])] = [
    ("erp-windows.yaml", PackageResources.erp_windows_yaml),
    ("leeds-2011.yaml", PackageResources.leeds_2011_yaml),
    ("leeds-2013.yaml", PackageResources.leeds_2013_yaml),
    ("torrelodones-budget.yaml", PackageResources.torrelodones_budget_yaml),
    ("torrelodones-ledger.yaml", PackageResources.torrelodones_ledger_yaml),
  ]
}
