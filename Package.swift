// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house and the arrows between them. A target may import only what stands in its line;
// `make test` refuses an import that is not declared here, and `TidyTests` checks the directions.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")

let kernel: [Target.Dependency] = ["SteeringCore", "Organisation", "RuleKit", "Ledger"]
let edges: [Target.Dependency] = ["Database", "SurfaceKit"]
let web: [Target.Dependency] = [hummingbird, httpTypes, nioCore]

let package = Package(
  name: "styrehus",
  platforms: [.macOS("26.0")],
  products: [.executable(name: "styrehus", targets: ["styrehus"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    // The pure kernel: no database, no web, no clock, no files.
    room("SteeringCore"),
    room("Organisation", ["SteeringCore"]),
    room("RuleKit", ["SteeringCore"]),
    room("Ledger", ["SteeringCore", "Organisation"]),

    // The edges: technology without municipal words.
    room("Database", ["SteeringCore", crypto]),
    room("DatabaseSQLite", ["SteeringCore", "Database", grdb, sqlite]),
    .systemLibrary(
      name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    room("DatabasePostgres", ["SteeringCore", "Database", "CLibpq", nioPosix]),
    room(
      "SurfaceKit", ["SteeringCore", yams, arguments, log, hummingbirdCore, nioHTTP1] + web,
      resources: [.embedInCode("Layout/styrehus.css"), .embedInCode("Layout/icon.svg")]),
    room("OpenIDConnect", [jwtKit, httpClient, crypto, log, nioCore, nioHTTP1]),

    // The slices: areas that hold the capabilities, a folder each.
    room(
      "Economy", kernel + edges + web + [crypto, arguments],
      resources: [.embedInCode("LedgerImport/Profiles/Files")]),
    room("Register", kernel + edges + web + [arguments]),
    room(
      "Governance", kernel + edges + web + [arguments, crypto, cryptoExtras],
      resources: [.embedInCode("SteeringModels/Models"), .embedInCode("DelegationPlan/Plans")]),

    // The composition.
    room("StyrehusDemo", ["SteeringCore"], resources: [.embedInCode("Data")]),
    room(
      "StyrehusApp",
      kernel + edges + web + [
        "DatabaseSQLite", "DatabasePostgres", "OpenIDConnect", "Economy", "Register", "Governance", "StyrehusDemo",
      ]
        + [arguments, log, lifecycle, unixSignals, hummingbirdCore], resources: [.embedInCode("Access/access.txt")]),
    .executableTarget(
      name: "styrehus", dependencies: ["StyrehusApp", arguments], swiftSettings: strict),

    // Support for tests, and the tests.
    room(
      "StyrehusTesting",
      kernel + edges + [
        "DatabaseSQLite", "DatabasePostgres", "StyrehusApp", hummingbird, hummingbirdTesting, httpClient, nioCore,
        nioHTTP1,
      ]),
    tests("SteeringCoreTests", ["SteeringCore"]),
    tests("OrganisationTests", ["SteeringCore", "Organisation"]),
    tests("RuleKitTests", ["SteeringCore", "RuleKit"]),
    tests("LedgerTests", ["SteeringCore", "Organisation", "Ledger"]),
    tests("DatabaseTests", ["SteeringCore", "Database", "DatabaseSQLite", "StyrehusTesting"]),
    tests(
      "DatabasePostgresTests", ["SteeringCore", "Database", "DatabasePostgres", "StyrehusTesting", "CLibpq"]),
    tests("SurfaceKitTests", ["SteeringCore", "SurfaceKit", hummingbird, httpTypes, nioCore, nioEmbedded, log]),
    tests(
      "OpenIDConnectTests",
      [
        "OpenIDConnect", "StyrehusTesting", crypto, cryptoExtras, httpClient, hummingbird, hummingbirdTesting,
        httpTypes, log, nioCore, nioHTTP1,
      ]),
    tests(
      "EconomyTests",
      kernel + edges + web + ["Economy", "StyrehusApp", "StyrehusTesting", arguments, hummingbirdTesting]),
    tests("RegisterTests", kernel + edges + ["Register", "StyrehusDemo", "StyrehusTesting", arguments]),
    tests(
      "GovernanceTests", kernel + edges + web + ["Governance", "StyrehusTesting", arguments, hummingbirdTesting]),
    tests("StyrehusDemoTests", ["SteeringCore", "StyrehusDemo"]),
    tests(
      "StyrehusAppTests",
      kernel + edges
        + [
          "StyrehusApp", "StyrehusTesting", "DatabaseSQLite", "Economy", "Governance", "Register", "styrehus",
          arguments, hummingbird, hummingbirdTesting, httpTypes, nioCore, log,
        ], exclude: ["Site/exchanges.txt"]),
    tests("TidyTests", []),
  ]
)
