public import Database
import SteeringCore

/// A municipality in an installation that holds several, and how it is asked for.
public struct Municipality: Hashable, Sendable {
  /// Whose rows are its own.
  public let tenant: Tenant
  /// Its name on every page.
  public let name: String
  /// The names by which browsers ask for it, in small letters and without port.
  public let hosts: [String]
  /// The first part of its addresses on a name that several share, such as `egelund`; empty where it has none.
  public let prefix: String

  /// A municipality. Names are taken in small letters.
  public init(tenant: Tenant, name: String, hosts: [String], prefix: String) {
    self.tenant = tenant
    self.name = name
    self.hosts = hosts.map { $0.lowercased() }
    self.prefix = prefix.lowercased()
  }

  /// First parts of addresses that no municipality can have, since the installation itself answers there.
  static let reservedPrefixes: Set<String> = ["assets", "health", "metrics"]

  /// What is wrong with it by itself, a sentence each.
  var faults: [Words] {
    var faults: [Words] = []
    if !Self.isWord(tenant.key) {
      faults.append(
        Words(
          "Nøglen \(tenant.key.quoted) skal være 1-40 tegn: bogstaver a-z, tal og bindestreg, et bogstav først.",
          en: "The key \(tenant.key.quoted) must be 1-40 characters: letters a-z, digits, hyphens; a letter first."
        ))
    }
    if name.allSatisfy(\.isWhitespace) { faults.append(Words("Navnet mangler.", en: "The name is missing.")) }
    if hosts.isEmpty && prefix.isEmpty {
      faults.append(
        Words(
          "Kommunen kan ikke nås. Angiv et værtsnavn (--host) eller et præfiks (--prefix).",
          en: "The municipality cannot be reached. Give a host name (--host) or a prefix (--prefix)."))
    }
    for host in hosts where !Self.isHostName(host) {
      faults.append(
        Words(
          "\(host.quoted) er ikke et værtsnavn. Skriv for eksempel styring.egelund.dk, uden port og uden https.",
          en: "\(host.quoted) is no host name. Write for instance styring.egelund.dk, without port and without https."))
    }
    if !prefix.isEmpty, !Self.isWord(prefix) || Self.reservedPrefixes.contains(prefix) {
      faults.append(
        Words(
          "Præfikset \(prefix.quoted) kan ikke bruges. Skriv ét ord af små bogstaver a-z, tal og bindestreg; "
            + "assets, health og metrics er optaget.",
          en: "The prefix \(prefix.quoted) cannot be used. Write one word of small letters a-z, digits and hyphens; "
            + "assets, health and metrics are taken."))
    }
    return faults
  }

  private static func isWord(_ text: String) -> Bool {
    (1...40).contains(text.utf8.count) && text.utf8.allSatisfy(isWordByte)
      && text.utf8.first.map { $0 >= UInt8(ascii: "a") } ?? false
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
  }

  /// Letters, digits and hyphens between dots; not a number, and not `localhost`, which is everybody's.
  private static func isHostName(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return text.utf8.count <= 253 && text != "localhost" && Int(parts.last ?? "") == nil
      && parts.allSatisfy { part in
        (1...63).contains(part.utf8.count) && part.utf8.allSatisfy(isWordByte) && part.first != "-" && part.last != "-"
      }
  }
}
