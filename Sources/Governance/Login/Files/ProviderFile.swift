public import SteeringCore
import SurfaceKit

/// Reads the file of the identity providers (`docs/capabilities/login.md` describes it): a provider for each
/// municipality that has one. Everything wrong with it is found in one reading. It holds no secrets, only where they
/// are.
public enum ProviderFile {
  /// What the file says of one provider.
  public struct Entry: Sendable {
    /// The municipality's key; nil where the installation holds one alone.
    public let municipality: String?
    /// What people call it.
    public let name: Words
    /// The address of the municipality's front page, without a slash at its end.
    public let address: String
    /// The provider's own name for itself.
    public let issuer: String
    /// What the provider calls this installation.
    public let client: String
    /// The file that holds the client's secret; nil for a client without one.
    public let secretFile: String?
    /// The claim that holds the groups.
    public let groupsClaim: String
    /// What the groups mean.
    public let claims: ClaimMap
    /// Where the entry stands.
    public let line: Int
  }

  /// More bytes than any such file has.
  public static let largestSize = 1 << 20

  /// The entries of a file; nil where the findings hold an error.
  public static func read(bytes: [UInt8], fileName: String) -> ([Entry]?, Findings) {
    let document = YamlDocument(bytes: Array(bytes.prefix(largestSize)), fileName: fileName)
    let entries = document.root(keys: ["providers"])?.mappings("providers", keys: keys)?.compactMap(entry) ?? []
    var seen: Set<String> = []
    for entry in entries where !seen.insert(entry.municipality ?? "").inserted {
      document.addError(
        at: YamlPlace(line: entry.line, column: 1),
        read: Words("kommunen står her for anden gang", en: "the municipality stands here a second time"),
        remedy: Words("lad den stå én gang", en: "let it stand once"))
    }
    return (document.findings.hasErrors ? nil : entries, document.findings)
  }

  private static let keys = [
    "municipality", "name", "address", "issuer", "client", "secretFile", "groupsClaim", "newcomers", "positions",
  ]

  private static func entry(_ item: YamlMapping) -> Entry? {
    let municipality = item.textIfPresent("municipality")
    let name = item.words("name")
    let address = item.text("address")
    let issuer = item.text("issuer")
    let client = item.text("client")
    let secretFile = item.textIfPresent("secretFile")
    let groups = item.textIfPresent("groupsClaim")
    let newcomers =
      item.has("newcomers") ? item.choice("newcomers", ClaimMap.Newcomers.self) : ClaimMap.Newcomers.withPosition
    let rows = item.has("positions") ? item.mappings("positions", keys: ["group", "position", "place"]) : []
    let rules = (rows ?? []).compactMap(rule)
    guard let name, let address, let issuer, let client, let newcomers else { return nil }
    return Entry(
      municipality: municipality?.text, name: name,
      address: address.text.hasSuffix("/") ? String(address.text.dropLast()) : address.text, issuer: issuer.text,
      client: client.text, secretFile: secretFile?.text, groupsClaim: groups?.text ?? "groups",
      claims: ClaimMap(rules: rules, newcomers: newcomers), line: item.place.line)
  }

  private static func rule(_ row: YamlMapping) -> ClaimMap.Rule? {
    let group = row.text("group")
    let word = row.text("position").flatMap { row.choice($0, among: PositionKind.held.map(\.rawValue)) }
    let place = row.textIfPresent("place")
    guard let group, let kind = word.flatMap({ PositionKind(rawValue: $0) }) else { return nil }
    let parts = group.text.split(separator: "{place}", omittingEmptySubsequences: false).map(String.init)
    let places = parts.count - 1 + (place == nil ? 0 : 1)
    let wanted = kind.place == .municipality ? 0 : 1
    if places != wanted {
      row.document.addError(
        at: row.place,
        read: wanted == 0
          ? Words("stillingen gælder hele kommunen og har intet sted", en: "the position is of the whole municipality")
          : Words("stillingen har brug for ét sted", en: "the position needs one place"),
        remedy: wanted == 0
          ? Words("slet »place« og »{place}«", en: "delete 'place' and '{place}'")
          : Words(
            "skriv »{place}« i gruppens navn, eller en »place«", en: "write '{place}' in the group, or a 'place'")
      )
      return nil
    }
    return ClaimMap.Rule(
      start: parts[0], end: parts.count > 1 ? parts[1] : nil, kind: kind, place: place?.text ?? "")
  }
}
