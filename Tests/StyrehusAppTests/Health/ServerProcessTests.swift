import Foundation
import Testing

@testable import StyrehusApp

@Suite("The server as a process")
struct ServerProcessTests {
  private static let type = "Content-Type: application/x-www-form-urlencoded"

  @Test("finishes the request under way when it is told to stop, takes no new one, and closes the database")
  func stop() async throws {
    let server = try RunningServer()
    #expect(try await server.waits { try await server.get("/health/ready")?.hasSuffix("ready\n") == true })
    let slow = try #require(RawConnection(port: server.port))
    let body = "token=foreign&year=2025"
    slow.send(
      "POST /login HTTP/1.1\r\nHost: localhost\r\n\(Self.type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        + body.prefix(9))
    // The slow one, and the one that asks.
    #expect(try await server.waits { try await server.get("/metrics")?.contains("in_flight 2\n") == true })

    kill(server.process.processIdentifier, SIGTERM)
    #expect(try await server.waits { try await server.get("/health/live") == nil }, "new connections are refused")
    #expect(server.process.isRunning)
    slow.send(String(body.dropFirst(9)))
    let answer = try await slow.rest()
    #expect(answer.hasPrefix("HTTP/1.1 403 "))
    let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1)
    #expect(parts.count == 2 && parts[0].lowercased().contains("content-length: \(parts[1].utf8.count)"))

    #expect(try await server.waits { !server.process.isRunning })
    #expect(server.process.terminationStatus == 0)
    let left = try? FileManager.default.attributesOfItem(atPath: server.databaseLog.path)[.size] as? Int
    #expect(left ?? 0 == 0, "the database was closed")
    let told = try server.logLines().map(LogBook.object).filter { $0["message"] as? String == "request" }
    #expect(told.map { $0["route"] as? String } == ["/login"])
    #expect(told.map { $0["status"] as? Int } == [403])
  }

  @Test("stops at once where nothing is under way, also where a connection is kept open")
  func idle() async throws {
    let server = try RunningServer("--log-level", "warning")
    #expect(try await server.waits { try await server.get("/health/live")?.hasSuffix("ok\n") == true })
    let kept = try #require(RawConnection(port: server.port))
    kept.send("GET /units HTTP/1.1\r\nHost: localhost\r\n\r\n")
    #expect(
      try await server.waits { try await server.get("/metrics")?.contains(#"route="/units",method="GET""#) == true })
    let start = ContinuousClock.now
    kill(server.process.processIdentifier, SIGTERM)
    #expect(try await server.waits { !server.process.isRunning })
    #expect(ContinuousClock.now - start < .seconds(13), "before the 15 seconds after which a silent one is closed")
    #expect(server.process.terminationStatus == 0)
    #expect(try server.logLines().isEmpty)
  }

  @Test("tells machines nothing under a name that is not its own")
  func foreignHost() async throws {
    let server = try RunningServer("--host", "styrehus.example.dk")
    #expect(try await server.waits { try await server.get("/health/live")?.hasSuffix("ok\n") == true })
    for address in HealthRoutes.addresses {
      #expect(try await server.get(address, host: "styrehus.example.dk")?.hasPrefix("HTTP/1.1 200 ") == true)
      let answer = try #require(try await server.get(address, host: "evil.example"))
      #expect(answer.hasPrefix("HTTP/1.1 421 ") && !answer.contains("styrehus_"))
    }
  }

  @Test("refuses a request that names two hosts, or none, on a connection that it then closes")
  func hosts() async throws {
    let server = try RunningServer()
    #expect(try await server.waits { try await server.get("/health/live")?.hasSuffix("ok\n") == true })
    for hosts in ["Host: localhost\r\nHost: localhost\r\n", "Host: localhost\r\nhost: evil.example\r\n", ""] {
      let connection = try #require(RawConnection(port: server.port))
      let request = "GET /units HTTP/1.1\r\n\(hosts)Connection: close\r\n\r\n"
      connection.send(request + request)
      let answer = try await connection.rest()
      #expect(answer.hasPrefix("HTTP/1.1 400 ") && !answer.contains("200 OK"), "\(hosts)")
    }
  }

  @Test("cuts off whoever sends a head or a body a byte at a time, and lets a slow but honest one finish")
  func slow() async throws {
    let server = try RunningServer()
    #expect(try await server.waits { try await server.get("/health/live")?.hasSuffix("ok\n") == true })
    let head = "POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(Self.type)\r\n"
    let dripping = [
      "GET /units HTTP/1.1\r\nHost: localhost\r\nX-A: ", head + "Content-Length: 60000\r\n\r\n",
      "GET /units HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n",
    ]
    let connections = try dripping.map { start in
      let connection = try #require(RawConnection(port: server.port))
      connection.send(start)
      return connection
    }
    let honest = try #require(RawConnection(port: server.port))
    let body = "token=foreign&year=2025"
    honest.send(head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.prefix(9))
    // A byte every half second, for longer than anybody may take.
    for number in 0..<60 {
      for connection in connections { connection.send("a") }
      if number == 3 { honest.send(String(body.dropFirst(9))) }
      try await Task.sleep(for: .milliseconds(500))
    }
    for connection in connections { #expect(connection.isClosed) }
    #expect(try await honest.rest().hasPrefix("HTTP/1.1 403 "))
  }

  @Test("does not start with a level of the log that nobody knows")
  func unknownLevel() async throws {
    let server = try RunningServer(environment: ["STYREHUS_LOG_LEVEL": "loud"])
    #expect(try await server.waits { !server.process.isRunning })
    #expect(server.process.terminationStatus == 64)
  }
}
