import Governance
import SurfaceKit

/// What every address and every command asks, as `access.txt` lists it.
struct AccessList: Sendable {
  /// What an address asks, by the pattern of its path and the method.
  let routes: [String: [String: AccessRule]]
  /// What a command asks, by its words.
  let commands: [String: String]
  /// Lines that stand twice.
  let doubles: [String]

  /// The product's own.
  static let live = AccessList(text: String(decoding: PackageResources.access_txt, as: UTF8.self))

  /// Reads a list. A line that cannot be read is a fault of ours.
  init(text: String) {
    var routes: [String: [String: AccessRule]] = [:]
    var commands: [String: String] = [:]
    var doubles: [String] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      if words[0] == "command" {
        let name = words[1..<(words.count - 1)].joined(separator: " ")
        if commands.updateValue(words[words.count - 1], forKey: name) != nil { doubles.append(name) }
        continue
      }
      precondition(words.count >= 3, "a line of the access list cannot be read: \(line)")
      let unit = words.dropFirst(3).first { $0.hasPrefix("unit=") }.map { String($0.dropFirst(5)) }
      let rule = AccessRule(
        permission: ["open", "signed-in"].contains(words[2]) ? nil : words[2], unitParameter: unit,
        isLogged: words.dropFirst(3).contains("logged"), needsPerson: words[2] == "signed-in",
        isAboutOwnPosition: words.dropFirst(3).contains("own"))
      if routes[words[1], default: [:]].updateValue(rule, forKey: words[0]) != nil {
        doubles.append("\(words[0]) \(words[1])")
      }
    }
    self.routes = routes
    self.commands = commands
    self.doubles = doubles
  }

  /// The permissions that addresses and commands ask for: a delegation plan must give each to somebody.
  var permissions: [String] {
    let asked = routes.values.flatMap { $0.values.compactMap(\.permission) } + commands.values.filter { $0 != "open" }
    return Set(asked).sorted()
  }

  /// What the product asks a delegation plan for.
  var demands: [PlanDemand] {
    let rules = routes.values.flatMap { $0.map { (method: $0.key, rule: $0.value) } }
    return permissions.map { permission in
      let changing = rules.filter { $0.rule.permission == permission && $0.method != "GET" }
      return PlanDemand(
        permission, isChange: !changing.isEmpty,
        isAboutOwn: changing.allSatisfy { $0.rule.unitParameter != nil || $0.rule.isAboutOwnPosition })
    }
  }
}
