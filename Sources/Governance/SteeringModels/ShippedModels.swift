public import RuleKit
import SteeringCore

/// The steering models that come with the product.
public enum ShippedModels {
  /// The model that is used where none is named.
  public static let standardName = "randersmodellen-2.0"

  /// All of them, the standard one first.
  public static let all: [SteeringModel] = files.map { file in
    let (model, findings) = SteeringModelFile.read(bytes: file.bytes, fileName: file.name)
    guard let model, findings.kept.isEmpty else {
      preconditionFailure("A model that comes with the product is broken: \(findings.lines(.english))")
    }
    return model
  }

  /// The model with an id; nil where none of them has it.
  public static func named(_ id: String) -> SteeringModel? { all.first { $0.id == id } }

  /// The file of a shipped model, as it stands in the repository; nil where none has the id.
  public static func text(_ id: String) -> String? {
    zip(all, files).first { $0.0.id == id }.map { String(decoding: $0.1.bytes, as: UTF8.self) }
  }

  /// The standard model.
  public static var standard: SteeringModel { all[0] }

  /// The files with their names, as they stand in the repository.
  static let files: [(name: String, bytes: [UInt8])] = [
    ("randersmodellen-2.0.yaml", PackageResources.randersmodellen_2_0_yaml),
    ("eksempelmodel-fire-indikatorer.yaml", PackageResources.eksempelmodel_fire_indikatorer_yaml),
  ]
}
