import Foundation
import Glibc
import StyrehusTesting
import Testing

/// A connection to a port of this machine, to which bytes can be sent when a test wants. It keeps no thread waiting.
final class RawConnection {
  private let descriptor: Int32

  /// Connects; nil where nobody listens.
  init?(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    let connected = Self.withAddress(port) { connect(descriptor, $0, $1) }
    // A failed initialiser of a class that has all its values is followed by `deinit`, which closes.
    if connected != 0 { return nil }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  deinit { close(descriptor) }

  /// Sends a text, also one that is larger than the system takes at once.
  func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        usleep(1_000)
      } else {
        return
      }
    }
  }

  /// Whether the other side has closed, whatever it said before.
  var isClosed: Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count == 0 || (count < 0 && errno != EAGAIN) { return true }
      if count < 0 { return false }
    }
  }

  /// What comes until the other side closes, or for 30 seconds.
  func rest() async throws -> String {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EAGAIN {
        try await Task.sleep(for: .milliseconds(5))
        continue
      }
      guard count > 0 else { break }
      all += buffer[..<count]
    }
    return String(decoding: all, as: UTF8.self)
  }

  /// A port of this machine that nobody listens on.
  static func freePort() -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    _ = withAddress(0) { bind(descriptor, $0, $1) }
    var found = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &found) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    return UInt16(bigEndian: found.sin_port)
  }

  private static func withAddress(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}

/// `styrehus serve` as a process of its own, on a database of its own unless it is given one.
final class RunningServer {
  let port: UInt16
  let process = Process()
  private let folder: URL
  private var log: URL { folder.appendingPathComponent("log") }
  /// The newest part of the data, which an orderly stop moves into the file.
  var databaseLog: URL { folder.appendingPathComponent("a.sqlite-wal") }

  /// Starts the server; it is not ready yet.
  init(
    _ arguments: String..., on given: String? = nil, port: UInt16 = RawConnection.freePort(),
    environment: [String: String] = [:]
  ) throws {
    self.port = port
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("styrehus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(atPath: folder.appendingPathComponent("log").path, contents: nil)
    process.executableURL = Product.executable
    let database = given ?? "sqlite:" + folder.appendingPathComponent("a.sqlite").path
    process.arguments = ["serve", "--port", "\(port)", "--database", database] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: log)
    try process.start()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: folder)
  }

  /// What it answers to a GET, head and body; nil where it does not listen.
  func get(_ address: String, host: String = "localhost") async throws -> String? {
    guard let connection = RawConnection(port: port) else { return nil }
    connection.send(
      "GET \(address) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\nCookie: \(SignedIn.cookie())\r\n\r\n")
    return try await connection.rest()
  }

  /// What it answers to a form, head and body.
  func post(_ address: String, _ type: String, _ body: String, token: String) async throws -> String {
    try await sendForm(address, type, body, token: token).rest()
  }

  /// Sends a form and leaves the answer for later.
  func sendForm(_ address: String, _ type: String, _ body: String, token: String) throws -> RawConnection {
    let connection = try #require(RawConnection(port: port))
    connection.send(
      "POST \(address) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: \(type)\r\n"
        + "Cookie: __Host-form-styrehus=\(token); \(SignedIn.cookie())\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
    connection.send(body)
    return connection
  }

  /// Waits until something is so; false where it is not within 30 seconds.
  func waits(until condition: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<1_500 {
      if try await condition() { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }

  /// What it has written to standard error, without the lines for people.
  func logLines() throws -> [String] {
    String(decoding: try Data(contentsOf: log), as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("{") }
  }
}
