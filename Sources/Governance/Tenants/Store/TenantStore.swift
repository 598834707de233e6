public import Database
public import SteeringCore

/// The municipalities in the database. It stands above them, so its connection is one across tenants.
public struct TenantStore {
  let connection: any DatabaseConnection

  /// A store on a connection across tenants.
  public init(_ connection: any DatabaseConnection) { self.connection = connection }

  /// The open municipalities, and whether any was ever entered. Throws `DatabaseError`.
  public func directory() throws -> MunicipalityDirectory {
    let entries = try entries()
    return MunicipalityDirectory(entries.filter(\.isOpen).map(\.municipality), isUnused: entries.isEmpty)
  }

  /// Enters a municipality, or what is new about one; it counts from now on. Gives what is wrong with it, a sentence
  /// each; then nothing is entered. `time` is in seconds since 1 January 1970 UTC. Throws `DatabaseError`.
  public func enter(_ municipality: Municipality, at time: Int64) throws -> [Words] {
    let clashes = try directory().clashes(with: municipality).map { other, shared in
      Words(
        "\(shared.quoted) bruges allerede af \(other.name) (\(other.tenant)).",
        en: "\(shared.quoted) is used by \(other.name) (\(other.tenant)) already.")
    }
    let faults = municipality.faults + clashes
    if faults.isEmpty { try add(municipality, isOpen: true, at: time) }
    return faults
  }

  /// Closes a municipality: nobody is let in any more, and its data stay as they are. Gives nil where it is not open.
  public func close(_ tenant: Tenant, at time: Int64) throws -> Municipality? {
    guard let open = try directory().all.first(where: { $0.tenant == tenant }) else { return nil }
    try add(open, isOpen: false, at: time)
    return open
  }

  /// The last entry of every municipality.
  private func entries() throws -> [(municipality: Municipality, number: Int64, isOpen: Bool)] {
    try connection.rows(
      """
      SELECT tenant, number, municipality_name, host_names, path_prefix, is_open FROM tenants_municipality AS m
      WHERE number = (SELECT MAX(number) FROM tenants_municipality AS o WHERE o.tenant = m.tenant) ORDER BY tenant
      """
    ).map { row in
      let municipality = Municipality(
        tenant: Tenant(key: try row.text("tenant")), name: try row.text("municipality_name"),
        hosts: try row.text("host_names").split(separator: " ").map(String.init), prefix: try row.text("path_prefix"))
      return (municipality, try row.integer("number"), try row.integer("is_open") == 1)
    }
  }

  private func add(_ municipality: Municipality, isOpen: Bool, at time: Int64) throws {
    let last = try entries().first { $0.municipality.tenant == municipality.tenant }?.number ?? 0
    try connection.run(
      """
      INSERT INTO tenants_municipality
        (tenant, number, municipality_name, host_names, path_prefix, is_open, registered_at)
      VALUES (:key, :number, :name, :hosts, :prefix, :open, :time)
      """,
      [
        "key": .text(municipality.tenant.key), "number": .integer(last + 1), "name": .text(municipality.name),
        "hosts": .text(municipality.hosts.joined(separator: " ")), "prefix": .text(municipality.prefix),
        "open": .integer(isOpen ? 1 : 0), "time": .integer(time),
      ])
  }
}
