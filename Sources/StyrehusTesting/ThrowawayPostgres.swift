public import DatabasePostgres
import Database
import Foundation
import Synchronization

/// A PostgreSQL server for tests: in a folder of its own, with the settings of a real one, gone when the process ends,
/// however it ends. Where this process is root, the server runs as the user `postgres`, since it refuses root.
///
/// Tests come as the user `styrehus`, who may make schemas and nothing else, as in operation: what the server keeps
/// from users, such as other municipalities' rows, it would not keep from a superuser.
public final class ThrowawayPostgres: Sendable {
  /// Why there is no server, for people.
  public struct Absent: Error, CustomStringConvertible {
    /// What is missing or went wrong.
    public let description: String
  }

  /// The server that tests share; started when the first of them asks.
  public static var shared: ThrowawayPostgres { get throws { try started.get() } }
  private static let started = Result { try ThrowawayPostgres() }

  /// The folder of PostgreSQL's programs, of the newest version that is installed; nil where none is.
  public static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
      .first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
  }()

  /// Where the server listens on 127.0.0.1, for connections with the password.
  public let port: Int
  /// The password over the network, of the superuser `postgres` and of `styrehus`; through the socket file none is
  /// asked for.
  public let password = UUID().uuidString
  /// The folder with the socket file, and `data` in it.
  public let folder: String
  /// The end of a pipe whose other end the watch waits at.
  private let watch: Int32
  private static let lastSchema = Mutex(0)

  /// Makes and starts a server, with further lines for its `postgresql.conf`. Takes one or two seconds. Throws
  /// `Absent`.
  public init(settings: [String] = []) throws {
    guard Self.programs != nil else {
      throw Absent(description: "PostgreSQL is not installed: apt-get install postgresql")
    }
    folder = NSTemporaryDirectory() + "styrehus-postgres-\(UUID().uuidString.prefix(8))"
    port = Self.freePort()
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    watch = try Self.watch(over: folder)
    let secret = folder + "/password"
    try Data(password.utf8).write(to: URL(filePath: secret))
    if getuid() == 0 { try run("/bin/chown", ["-R", "postgres", folder]) }
    try asServer(
      "initdb",
      [
        "--pgdata=\(folder)/data", "--username=postgres", "--pwfile=\(secret)", "--encoding=UTF8", "--locale=C",
        "--auth-local=trust", "--auth-host=scram-sha-256", "--data-checksums", "--no-sync",
      ])
    let standard = [
      "port = \(port)", "listen_addresses = '127.0.0.1'", "unix_socket_directories = '\(folder)'",
      "max_connections = 400", "shared_buffers = 64MB",
    ]
    let file = try FileHandle(forWritingTo: URL(filePath: "\(folder)/data/postgresql.conf"))
    try file.seekToEnd()
    try file.write(contentsOf: Data((standard + settings).map { "\n\($0)" }.joined().utf8))
    try file.close()
    try start()
    try asServer(
      "psql",
      [
        "--host=\(folder)", "--port=\(port)", "--username=postgres", "--quiet",
        // Some of the tests' servers wait for a standby that never comes.
        "--command=SET synchronous_commit = local",
        "--command=CREATE ROLE styrehus LOGIN PASSWORD '\(password)'",
        "--command=GRANT CREATE ON DATABASE postgres TO styrehus",
      ])
  }

  deinit { close(watch) }

  /// An address through the socket file, with further parameters such as `application_name=x`.
  public func address(user: String = "styrehus", database: String = "postgres", _ parameters: String...) -> String {
    let all = ["host=\(folder)", "port=\(port)"] + parameters
    return "postgres://\(user)@/\(database)?\(all.joined(separator: "&"))"
  }

  /// Makes a database of that encoding.
  public func createDatabase(_ name: String, encoding: String) throws {
    try asServer(
      "createdb",
      [
        "--host=\(folder)", "--port=\(port)", "--username=postgres", "--template=template0", "--encoding=\(encoding)",
        "--locale=C", name,
      ])
  }

  /// A name for a new schema, and an address whose connections have it first in their search path. Whoever opens the
  /// address makes the schema. `options` are further ones of the server, such as `%20-cjit%3Doff`.
  public func newSchema(user: String = "styrehus", options: String = "") -> (name: String, address: String) {
    let number = Self.lastSchema.withLock { last in
      last += 1
      return last
    }
    let name = "empty_\(number)"
    return (name, address(user: user, "options=-csearch_path%3D\(name)\(options)"))
  }

  /// An open database in a schema of its own, without tables.
  public func open(
    _ limits: PostgresLimits = .forTests, user: String = "styrehus", options: String = ""
  ) async throws -> PostgresDatabase {
    try await open(at: newSchema(user: user, options: options), limits)
  }

  /// An open database in a new schema, which it makes.
  public func open(
    at schema: (name: String, address: String), _ limits: PostgresLimits = .forTests
  ) async throws -> PostgresDatabase {
    let database = try await PostgresDatabase.open(schema.address, limits: limits)
    try await database.writeAcrossTenants { _ = try $0.run("CREATE SCHEMA \(schema.name)") }
    return database
  }

  /// Starts the server again after `stop` or `kill`, and waits until it answers.
  public func start() throws {
    try asServer("pg_ctl", ["start", "--wait", "--pgdata=\(folder)/data", "--log=\(folder)/log"])
  }

  /// Stops the server in good order, breaking off what runs.
  public func stop() throws {
    try asServer("pg_ctl", ["stop", "--wait", "--mode=fast", "--pgdata=\(folder)/data"])
  }

  /// Kills the server and all that belongs to it, as a crash would.
  public func kill() throws {
    let all = try [mainProcess] + processes()
    for process in all { Foundation.kill(process, SIGKILL) }
    // A new server cannot start while one of the old still holds the shared memory. A dead process that nobody has
    // taken note of yet would be held for a server that runs, so its traces are removed.
    while all.contains(where: { Self.status(of: $0).map { $0.state != "Z" } ?? false }) { usleep(10_000) }
    for trace in ["data/postmaster.pid", ".s.PGSQL.\(port)", ".s.PGSQL.\(port).lock"] { unlink("\(folder)/\(trace)") }
  }

  /// Freezes the server and all that belongs to it, or lets them go on.
  public func freeze(_ isFrozen: Bool) throws {
    for process in try [mainProcess] + processes() { Foundation.kill(process, isFrozen ? SIGSTOP : SIGCONT) }
  }

  /// The number of the server's first process.
  public var mainProcess: Int32 {
    get throws {
      let text = try String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8)
      guard let number = text.split(separator: "\n").first.flatMap({ pid_t($0) }) else {
        throw Absent(description: "the server does not run")
      }
      return number
    }
  }

  /// The processes that the server's first process has started.
  private func processes() throws -> [pid_t] {
    let first = try mainProcess
    return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
      .filter { Self.status(of: $0)?.parent == first }
  }

  /// A process' state and the process that started it; nil where there is none.
  private static func status(of process: pid_t) -> (state: Substring, parent: pid_t?)? {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
    // The name stands in brackets and may hold anything; the state and the parent follow it.
    let parts = status.split(separator: ")").last?.split(separator: " ") ?? []
    return parts.count > 1 ? (parts[0], pid_t(parts[1])) : nil
  }
}

extension PostgresLimits {
  /// Few connections and short waits, as tests need them.
  public static var forTests: PostgresLimits {
    var limits = PostgresLimits()
    limits.readers = 2
    limits.writers = 2
    // A crowded machine is no fault; those who test the patience set their own.
    limits.turn = .seconds(300)
    return limits
  }
}

// The machine's side.
extension ThrowawayPostgres {
  /// A process that waits until this one is gone, and then stops the server and removes its folder. It notices by the
  /// end of its input, which this process holds open.
  private static func watch(over folder: String) throws -> Int32 {
    let script = """
      trap "" INT TERM HUP
      read -r _
      if pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null); then
        kill -QUIT "$pid"
        while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
      fi
      rm -rf "$1"
      """
    var ends: [Int32] = [0, 0]
    // No other process may inherit the end, or the watch would wait for that one as well.
    guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
      throw Absent(description: "no pipe")
    }
    defer { close(ends[0]) }
    _ = try spawn("/bin/sh", ["-c", script, "sh", folder], input: ends[0], words: "/dev/null")
    return ends[1]
  }

  /// Runs one of PostgreSQL's programs as the user that the server runs as.
  private func asServer(_ program: String, _ arguments: [String]) throws {
    let path = "\(Self.programs ?? "")/\(program)"
    guard getuid() == 0 else { return try run(path, arguments) }
    try run("/usr/sbin/runuser", ["-u", "postgres", "--", path] + arguments)
  }

  private func run(_ program: String, _ arguments: [String]) throws {
    let words = folder + ".said"
    defer { unlink(words) }
    let process = try Self.spawn(program, arguments, input: nil, words: words)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      let said = (try? String(contentsOfFile: words, encoding: .utf8)) ?? ""
      throw Absent(description: "\(program) \(arguments.first ?? "") failed: \(said)")
    }
  }

  /// Starts a program. Foundation's `Process` would wait until the servers have ended that a program leaves behind.
  private static func spawn(
    _ program: String, _ arguments: [String], input: Int32?, words: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(&actions, 1, words, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // A server must not follow the variables that tell programs which server to use, and not lie in our folder.
    let all = ["/bin/sh", "-c", "cd / && exec \"$@\"", "sh", program] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = all.map { strdup($0) }
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), strdup("LC_ALL=C")]
    pointers.append(nil)
    environment.append(nil)
    defer { for pointer in pointers + environment { free(pointer) } }
    var process = pid_t()
    let code = posix_spawn(&process, "/bin/sh", &actions, nil, &pointers, &environment)
    guard code == 0 else { throw Absent(description: "\(program): \(String(cString: strerror(code)))") }
    return process
  }

  /// A port that nobody listens on at this moment.
  private static func freePort() -> Int {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { any in
        guard bind(descriptor, any, length) == 0, getsockname(descriptor, any, &length) == 0 else { return 54_321 }
        return Int(UInt16(bigEndian: pointer.pointee.sin_port))
      }
    }
  }
}
