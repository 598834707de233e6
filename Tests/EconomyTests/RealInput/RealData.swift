import Foundation

/// Where the real public data stands that some tests run on. It is not part of the project (its licences differ):
/// the environment variable `STYREHUS_REAL_DATA` names the folder, and without it these tests are skipped.
enum RealData {
  /// The folder; nil, said once on standard output, where the variable is not set. A folder that is named and not
  /// there fails the tests that read it.
  static let folder: String? = {
    if let folder = ProcessInfo.processInfo.environment["STYREHUS_REAL_DATA"], !folder.isEmpty { return folder }
    print("SKIPPED: the tests on real data; set STYREHUS_REAL_DATA to the folder that holds torrelodones and leeds")
    return nil
  }()

  /// Whether the tests can run.
  static var isThere: Bool { folder != nil }

  /// The path of a file in the folder.
  static func path(_ name: String) -> String { (folder ?? "") + "/" + name }

  /// A file's bytes.
  static func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(name))))
  }
}
