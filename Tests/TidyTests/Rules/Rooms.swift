/// What kind of room a target is.
enum RoomKind: Sendable {
  /// Pure: no database, no web, no clock, no files.
  case kernel
  /// Technology without municipal words.
  case edge
  /// An area that holds capabilities, a folder each.
  case slice
  /// What puts the others together.
  case composition
  /// Help for tests only.
  case testSupport
}

/// A room of the house and where its arrows may point. This list is the law that Package.swift and every import are
/// held against; a new room is added here first.
struct Room: Sendable {
  let kind: RoomKind
  /// The other rooms that it may depend on.
  let mayUse: Set<String>

  private static let underEdges: Set<String> = ["SteeringCore", "Organisation", "Ledger"]
  private static let kernel: Set<String> = ["SteeringCore", "Organisation", "RuleKit", "Ledger"]
  private static let slice = Room(kind: .slice, mayUse: kernel.union(["Database", "SurfaceKit", "Mail"]))
  private static let driver = Room(kind: .edge, mayUse: underEdges.union(["Database"]))

  /// Every room by name, also those that the plan names and nobody has built yet.
  static let all: [String: Room] = {
    var rooms: [String: Room] = [
      "SteeringCore": Room(kind: .kernel, mayUse: []),
      "Organisation": Room(kind: .kernel, mayUse: ["SteeringCore"]),
      "RuleKit": Room(kind: .kernel, mayUse: ["SteeringCore"]),
      "Ledger": Room(kind: .kernel, mayUse: ["SteeringCore", "Organisation"]),
      "Database": Room(kind: .edge, mayUse: underEdges),
      "DatabaseSQLite": driver,
      "DatabasePostgres": driver,
      "SurfaceKit": Room(kind: .edge, mayUse: underEdges),
      "Mail": Room(kind: .edge, mayUse: underEdges),
      // Knows nothing of the house, so that what signs people in can be read on its own.
      "OpenIDConnect": Room(kind: .edge, mayUse: []),
      "StyrehusDemo": Room(kind: .composition, mayUse: kernel),
      "styrehus": Room(kind: .composition, mayUse: ["StyrehusApp"]),
    ]
    for name in ["Economy", "Register", "Governance", "SteeringChain", "Simplification"] { rooms[name] = slice }
    for name in ["Benchmarking", "PoliticalService"] { rooms[name] = slice }
    let built = Set(rooms.keys).subtracting(["styrehus"])
    rooms["StyrehusApp"] = Room(kind: .composition, mayUse: built)
    rooms["StyrehusTesting"] = Room(kind: .testSupport, mayUse: built.union(["StyrehusApp"]))
    return rooms
  }()

  /// Modules from elsewhere that only some rooms may know, and those rooms.
  static let reserved: [String: Set<String>] = [
    "GRDB": ["DatabaseSQLite"], "GRDBSQLite": ["DatabaseSQLite"], "CLibpq": ["DatabasePostgres"],
  ]

  /// What the kernel may import from outside the house, and why.
  static let kernelMayImport: [String: String] = [
    "Synchronization": "a part of the standard library",
    "Dispatch": "the two workers that read a ledger",
  ]

  /// Where money is counted: no floating point there.
  static let countsMoney: Set<String> = ["SteeringCore", "Organisation", "RuleKit", "Ledger", "Economy"]

  /// Whether a target of this name has a place in the house: a known room, or a C library's header shim.
  static func isKnown(_ name: String) -> Bool {
    all[name] != nil || name.count > 1 && name.first == "C" && name.dropFirst().first?.isUppercase == true
  }
}
