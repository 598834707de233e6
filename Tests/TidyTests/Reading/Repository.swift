import Foundation

/// One file of the repository, read as text.
struct SourceFile: Sendable {
  /// The path from the root, such as `Sources/Ledger/Posting.swift`.
  let path: String
  /// The whole text.
  let text: String
  /// The text without comments and literals, and the literals alone; only for Swift files.
  let swift: SwiftText?

  init(path: String, text: String) {
    self.path = path
    self.text = text
    self.swift = path.hasSuffix(".swift") ? SwiftText(text) : nil
  }

  /// The folders and the name: `["Sources", "Ledger", "Posting.swift"]`.
  var parts: [Substring] { path.split(separator: "/") }

  /// The room that the file lies in, such as `Ledger`; nil outside `Sources`.
  var room: String? { parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil }

  /// Whether one of the folders on the way has this name.
  func lies(in folder: String) -> Bool { parts.dropLast().contains { $0 == folder } }
}

/// The files of the project as a value, so that a test can plant a few of its own.
struct Repository: Sendable {
  /// Every text file, ordered by path.
  let files: [SourceFile]

  /// Planted files: text by path.
  init(_ planted: [String: String]) {
    files = planted.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, text: $0.value) }
  }

  /// The Swift files in `Sources`.
  var sources: [SourceFile] { files.filter { $0.room != nil && $0.swift != nil } }

  /// Whether there is such a file.
  func has(_ path: String) -> Bool { files.contains { $0.path == path } }
}

extension Repository {
  /// This project, read once from the folder that holds this very file.
  static let house = Repository(read(root: URL(filePath: #filePath).ancestor(4)))

  /// What is made by tools or by people's own runs, and is no part of the project.
  private static let leftOut: Set<String> = [".git", ".swiftpm", "var", "bench-data", "Package.resolved"]
  private static let textKinds: Set<String> = [
    "swift", "md", "yml", "yaml", "sh", "csv", "txt", "css", "js", "json", "py",
  ]
  private static let textNames: Set<String> = ["Makefile", "run", ".swift-format", ".gitignore"]

  private static func read(root: URL, below: String = "") -> [String: String] {
    var found: [String: String] = [:]
    let folder = root.appending(path: below)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
      if leftOut.contains(name) || name.hasPrefix(".build") { continue }
      let path = below.isEmpty ? name : "\(below)/\(name)"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder) else {
        continue
      }
      if isFolder.boolValue {
        found.merge(read(root: root, below: path)) { first, _ in first }
      } else if textNames.contains(name) || textKinds.contains(String(name.split(separator: ".").last ?? "")) {
        // A fixture in another encoding is no text to read here.
        if let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) { found[path] = text }
      }
    }
    return found
  }
}

extension URL {
  fileprivate func ancestor(_ steps: Int) -> URL {
    (0..<steps).reduce(self) { url, _ in url.deletingLastPathComponent() }
  }
}
