import Database

/// The municipalities of an installation. One that holds a single municipality has none here, and asks for no name.
public struct MunicipalityDirectory: Hashable, Sendable {
  /// The open ones, by name.
  public let all: [Municipality]
  private let byHost: [String: Int]
  private let byPrefix: [String: Int]

  /// Whether the installation holds a single municipality that needs no name: nobody has ever been entered. Where all
  /// that were entered are closed, nobody is let in.
  public let isUnused: Bool

  /// A directory of the open municipalities; `isUnused` where none was ever entered. Of two that claim the same name or
  /// prefix, the first in the order of their keys has it; `clashes` keeps that from happening.
  public init(_ municipalities: [Municipality], isUnused: Bool) {
    self.isUnused = isUnused
    let ordered = municipalities.sorted { ($0.name, $0.tenant.key) < ($1.name, $1.tenant.key) }
    let byKey = ordered.indices.sorted { ordered[$0].tenant.key < ordered[$1].tenant.key }
    all = ordered
    byHost = Dictionary(
      byKey.flatMap { i in ordered[i].hosts.map { ($0, i) } }, uniquingKeysWith: { first, _ in first })
    byPrefix = Dictionary(
      byKey.filter { !ordered[$0].prefix.isEmpty }.map { (ordered[$0].prefix, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Every name by which browsers may ask.
  public var hosts: [String] { byHost.keys.sorted() }

  /// Those that are reached by a prefix.
  public var prefixed: [Municipality] { all.filter { !$0.prefix.isEmpty } }

  /// Whom a request asks for, and the part of its path that only says so. `authority` is the host that the request
  /// names, with a port or without; `path` is its path, percent-encoded. A name of its own counts before a prefix, so
  /// that nobody is reached through another's name. Nil where the request names nobody.
  public func find(authority: String, path: String) -> (municipality: Municipality, prefix: String)? {
    var host = authority.prefix { $0 != ":" }.lowercased()
    if host.hasSuffix(".") { host.removeLast() }
    if let place = byHost[host] { return (all[place], "") }
    let first = path.dropFirst().prefix { $0 != "/" }
    guard path.first == "/", let place = byPrefix[String(first)] else { return nil }
    return (all[place], "/\(first)")
  }

  /// The municipalities that have a name or the prefix that this one wants, each with what they share.
  func clashes(with wanted: Municipality) -> [(Municipality, shared: String)] {
    all.filter { $0.tenant != wanted.tenant }.flatMap { other in
      let hosts = other.hosts.filter(wanted.hosts.contains)
      return (hosts + (other.prefix == wanted.prefix && !other.prefix.isEmpty ? [other.prefix] : [])).map {
        (other, $0)
      }
    }
  }
}
