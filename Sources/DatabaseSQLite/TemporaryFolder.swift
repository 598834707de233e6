internal import Database
internal import Foundation

/// A folder that is removed with everything in it when nobody holds it any longer.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let parent = FileManager.default.temporaryDirectory.path
    path = "\(parent)/styrehus-\(UUID().uuidString)"
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw DatabaseError.of(.unavailable, detail: "\(path): \(error)")
    }
  }

  deinit { remove() }

  /// Removes the folder; doing it twice does nothing.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
