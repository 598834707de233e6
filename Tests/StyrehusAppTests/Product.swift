import Foundation

/// The product itself, for tests that run it as a process of its own.
enum Product {
  /// The command that stands beside the tests that are running.
  static var executable: URL {
    let bundle = CommandLine.arguments.firstIndex(of: "--test-bundle-path").map { CommandLine.arguments[$0 + 1] }
    return URL(fileURLWithPath: bundle ?? CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("styrehus")
  }
}

extension Process {
  /// Waits for the end without keeping a thread from other tests.
  func ended() async throws {
    while isRunning { try await Task.sleep(for: .milliseconds(5)) }
  }
}
