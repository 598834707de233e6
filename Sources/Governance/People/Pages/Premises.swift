public import Database
public import Organisation
public import SteeringCore

/// Where the pages of people and competence stand: the municipality's data, its clock, and its organisation.
public struct Premises: Sendable {
  let database: any MunicipalDatabase
  let tenant: Tenant
  let now: @Sendable () -> Int64
  let tree: @Sendable (CalendarDate) async throws -> OrganisationTree

  /// The premises of a municipality; `now` is in seconds since 1 January 1970 UTC, `tree` its organisation on a day.
  public init(
    database: any MunicipalDatabase, tenant: Tenant, now: @escaping @Sendable () -> Int64,
    tree: @escaping @Sendable (CalendarDate) async throws -> OrganisationTree
  ) {
    self.database = database
    self.tenant = tenant
    self.now = now
    self.tree = tree
  }

  /// The day, in Denmark.
  var today: CalendarDate { CalendarDate(inDenmarkAt: now()) }
}
