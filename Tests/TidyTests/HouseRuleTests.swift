import Testing

/// The rules of the house, held against this project and against planted violations.
@Suite struct HouseRuleTests {
  @Test(arguments: HouseRule.all)
  func `the house keeps the rule`(_ rule: HouseRule) {
    let places = rule.places(.house)
    if !places.isEmpty { Issue.record("\(rule.report(places))") }
  }

  @Test(arguments: HouseRule.all)
  func `each planted violation is found and named`(_ rule: HouseRule) {
    let places = rule.places(Repository(rule.kept.merging(rule.planted) { _, planted in planted }))
    #expect(Set(places.map(\.path)) == Set(rule.planted.keys))
    #expect(!rule.planted.isEmpty)
    for path in rule.planted.keys {
      #expect(rule.report(places).contains("\(path):"))
    }
    #expect(rule.report(places).contains(rule.instead))
  }

  @Test(arguments: HouseRule.all)
  func `what keeps the rule is left alone`(_ rule: HouseRule) {
    #expect(!rule.kept.isEmpty)
    let places = rule.places(Repository(rule.kept))
    #expect(places.isEmpty, "\(rule.report(places))")
  }

  @Test func `the project is really read`() {
    let paths = Set(Repository.house.files.map(\.path))
    #expect(paths.isSuperset(of: ["Package.swift", "Makefile", "README.md", ".ci/run", "Scripts/test.sh"]))
    #expect(paths.contains("Tests/TidyTests/HouseRuleTests.swift"))
    #expect(Repository.house.sources.count >= 20)
  }

  @Test func `the line of a finding is the line in the file`() {
    let planted = Repository(["Sources/Ledger/A.swift": "import SteeringCore\n\nlet ø = 1\nlet a: Double = 2\n"])
    let rule = HouseRule.all.first { $0.name == "no floating point where money is counted" }
    #expect(rule?.places(planted).map(\.line) == [4])
  }

  @Test func `every target of the manifest is read`() throws {
    let text = try #require(Repository.house.files.first { $0.path == "Package.swift" }?.text)
    let manifest = Manifest(text)
    let names = Set(manifest.targets.map(\.name))
    #expect(names.isSuperset(of: Set(Repository.house.sources.compactMap(\.room))))
    #expect(
      manifest.targets.first { $0.name == "DatabaseSQLite" }?.dependencies.isSuperset(of: ["Database", "GRDB"]) == true)
    #expect(manifest.targets.first { $0.name == "StyrehusApp" }?.dependencies.contains("Economy") == true)
    #expect(manifest.targets.first { $0.name == "SteeringCore" }?.dependencies == [])
  }
}
