import Database
import Organisation
import SteeringCore
import SurfaceKit
import Synchronization

/// What the gate asks the house: who has a session, what the person holds, and which plan counts.
struct PorterHouse: Sendable {
  private let premises: Premises
  private let plans = PlanCache()

  init(_ premises: Premises) { self.premises = premises }

  private var database: any MunicipalDatabase { premises.database }
  private var tenant: Tenant { premises.tenant }

  /// Whoever has the secret of a session, and the plan that counts now; a stranger without one. The organisation is
  /// read where it is asked for: what is about no unit in particular needs none.
  func guest(_ secret: Secret?, needsTree: Bool) async throws -> Guest {
    let (time, day, plans) = (premises.now(), premises.today, plans)
    var guest = try await database.read(tenant) { connection in
      let plan = try plans.inForce(PlanStore(connection), on: day)
      guard let secret, let session = try LoginStore(connection, now: time).session(secret) else {
        return Guest(session: nil, person: nil, actor: .stranger, plan: plan, tree: .empty(on: day))
      }
      var register = try PeopleStore(connection, now: time).register(about: session.person)
      // What the provider's groups gave counts while the provider is who says that the person is there.
      if session.way != .provider {
        register = register.without(holdings: try ProviderStore(connection, now: time).granted(to: session.person))
      }
      guard let person = register.person(session.person), !person.isRemoved else {
        return Guest(session: nil, person: nil, actor: .stranger, plan: plan, tree: .empty(on: day))
      }
      return Guest(
        session: session, person: person, actor: Actor(session.person, in: register, on: day), plan: plan,
        tree: .empty(on: day))
    }
    guard let session = guest.session, let secret else { return guest }
    if needsTree { guest.tree = try await premises.tree(day) }
    if time - session.seenAt >= Session.signOfLife {
      try await database.writeBeside(tenant) { try LoginStore($0, now: time).see(secret) }
    }
    return guest
  }

  /// Adds an entry to the trail that stands for no change.
  func note(_ act: Act, _ deed: Deed) async throws {
    try await Deed.$current.withValue(deed) {
      try await database.writeBeside(tenant) { try $0.tell(act) }
    }
  }
}

/// Somebody at the gate.
struct Guest: Sendable {
  /// The session; nil for a stranger.
  let session: Session?
  /// The person; nil for a stranger.
  let person: Person?
  let actor: Actor
  let plan: PlanInForce
  /// The organisation today; empty where the request is about no unit, and for a stranger, who reaches none.
  var tree: OrganisationTree

  func ruling(_ permission: String, unit: String?) -> Ruling {
    plan.plan.ruling(on: Matter(permission, unit: unit.map { UnitCode($0) }), by: actor, tree)
  }

  /// What pages know of the person.
  var visitor: Visitor {
    guard let person else {
      return Visitor(person: nil, name: "", positions: []) { ruling($0, unit: nil).isAllowed }
    }
    return Visitor(person: person.key, name: person.name, positions: actor.positions.map(\.kind.name)) {
      ruling($0, unit: nil).isAllowed
    }
  }

  /// In whose name something is done.
  func deed(_ ruling: Ruling?, request: String) -> Deed {
    var position = ruling?.position?.key ?? ""
    if case .delegated = ruling?.reason { position += " delegated" }
    return Deed(person: person?.key ?? "", position: position, request: request)
  }
}

/// Adopted plans by number, so that each is read once: they never change.
private final class PlanCache: Sendable {
  private let known = Mutex<[Int: PlanInForce]>([:])

  func inForce(_ store: PlanStore, on day: CalendarDate) throws -> PlanInForce {
    guard let number = try store.numberInForce(on: day) else {
      return PlanInForce(plan: ShippedPlan.plan, adoption: nil)
    }
    if let plan = known.withLock({ $0[number] }) { return plan }
    let plan = try store.inForce(on: day)
    known.withLock { $0[number] = plan }
    return plan
  }
}
