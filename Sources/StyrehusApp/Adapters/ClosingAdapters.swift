import Database
import Economy
import Governance
import RuleKit
import SteeringCore
import SurfaceKit
import Synchronization

extension ClosingNeeds {
  /// The closing's needs, filled by the capabilities that have them.
  static let live = ClosingNeeds { name in
    if let model = ShippedModels.named(name), let text = ShippedModels.text(name) { return .found(model, text: text) }
    guard let bytes = try contents(name) else { return .missing }
    let (model, findings) = SteeringModelFile.read(bytes: bytes, fileName: name)
    return model.map { .found($0, text: String(decoding: bytes, as: UTF8.self)) } ?? .broken(findings)
  } readModel: { text in
    ModelShelf.shared.model(text)
  } profile: { name in
    if let profile = ShippedProfiles.named(name) { return .found(profile) }
    guard let (profile, findings) = try ImportProfileFile.open(name) else { return .missing }
    return profile.map { .found($0) } ?? .broken(findings)
  }

  /// The bytes of a model's file, of a larger one only so many that it is known to be too large; nil where there is no
  /// such file.
  private static func contents(_ name: String) throws -> [UInt8]? {
    do {
      let source = try FileSource(name)
      var bytes = [UInt8](repeating: 0, count: min(source.size, SteeringModelFile.largestSize + 1))
      let count = try bytes.withUnsafeMutableBytes { try source.read(into: $0, at: 0) }
      return Array(bytes.prefix(count))
    } catch FileFault.missing {
      return nil
    }
  }
}

/// Models that have been read from a round's text, so that a page does not read the same text again. The text is the
/// key, so the shelf can never be out of date.
private final class ModelShelf: Sendable {
  static let shared = ModelShelf()
  private let models = Mutex<[String: SteeringModel]>([:])

  func model(_ text: String) -> SteeringModel? {
    if let known = models.withLock({ $0[text] }) { return known }
    guard let model = SteeringModelFile.read(text: text, fileName: "round").0 else { return nil }
    models.withLock { $0[text] = model }
    return model
  }
}

extension ImportNeeds {
  /// The needs of the commands that work on the database, filled.
  static let live = ImportNeeds(
    profile: ClosingNeeds.live.profile,
    database: { options in
      let installation = try await Installation.open(options.address, tenant: options.tenant)
      return Opened(database: installation.database, tenant: installation.tenant) {
        try await installation.database.close()
      }
    }, now: Installation.now)
}
