import Governance
public import Hummingbird
import HTTPTypes
public import Logging
import SteeringCore
public import SurfaceKit
import Synchronization

/// Leads every request to the municipality that it asks for, by a host name or by the first part of its path, and to
/// nobody where it asks for none. An installation that holds a single municipality has no such names: then every
/// request is its own.
public final class FrontDoor: HTTPResponder {
  /// What the sites behind the door have in common.
  public struct Opening: Sendable {
    let installation: Installation
    let municipality: String
    let hosts: [String]
    let model: String?
    let log: Logger?
    let workshop: Workshop
    let isDemo: Bool
    let providers: Providers
    let proxies: TrustedProxies

    /// The common things: the database, the name of a single municipality, the names by which browsers may ask besides
    /// the municipalities' own, the steering model of new rounds, where jobs are done, whether the server was started
    /// as a demo, where people sign in besides here, and whose word counts for where a request comes from.
    public init(
      _ installation: Installation, municipality: String, hosts: [String] = [], model: String? = nil,
      log: Logger? = nil, workshop: Workshop = Workshop(), isDemo: Bool = false, providers: Providers = .none,
      proxies: TrustedProxies = TrustedProxies()
    ) {
      self.isDemo = isDemo
      self.providers = providers
      self.proxies = proxies
      self.installation = installation
      self.municipality = municipality
      self.hosts = hosts
      self.model = model
      self.log = log
      self.workshop = workshop
    }
  }

  /// The sites as the directory stood when it was read last.
  private struct Rooms {
    let directory: MunicipalityDirectory
    let sites: [Municipality: any HTTPResponder<SurfaceContext>]
    /// What stands on the pages of a single municipality; nil where there are several.
    let sign: HouseSign?
    /// The site of a single municipality, or the lobby of several.
    let common: any HTTPResponder<SurfaceContext>
  }

  private struct State {
    var rooms: Rooms
    var readAt = ContinuousClock.now
    var reading: Task<Void, Never>?
  }

  /// How long a directory counts before it is read again. A change on another server shows after this time.
  private static let lifetime = Duration.seconds(5)

  private let opening: Opening
  private let journal: RequestJournal
  private let lifetime: Duration
  private let state: Mutex<State>

  /// Opens the door: reads the directory and makes the sites. Throws `DatabaseError` and `DatasetRefusal`.
  public static func open(_ opening: Opening) async throws -> FrontDoor { try await open(opening, lifetime: lifetime) }

  static func open(_ opening: Opening, lifetime: Duration) async throws -> FrontDoor {
    let journal = RequestJournal(opening.log)
    let rooms = try await rooms(opening, journal, before: nil)
    return FrontDoor(opening, journal, rooms, lifetime)
  }

  private init(_ opening: Opening, _ journal: RequestJournal, _ rooms: Rooms, _ lifetime: Duration) {
    self.opening = opening
    self.journal = journal
    self.lifetime = lifetime
    state = Mutex(State(rooms: rooms))
  }

  /// Answers a request at the site that it asks for.
  public func respond(to request: Request, context: SurfaceContext) async throws -> Response {
    let rooms = await current()
    var context = context
    context.peer = opening.proxies.origin(of: request, from: context.peer)
    guard
      let (municipality, prefix) = rooms.directory.find(
        authority: request.head.authority ?? "", path: request.uri.path),
      let site = rooms.sites[municipality]
    else { return try await rooms.common.respond(to: request, context: context) }
    context.prefix = prefix
    return try await site.respond(to: request.behind(prefix), context: context)
  }

  /// The rooms as they are known. Where that is a little too long ago, somebody goes and looks, and nobody waits for
  /// it; where it is much too long ago, everybody does.
  private func current() async -> Rooms {
    let (rooms, reading, isOld) = state.withLock { state in
      let age = ContinuousClock.now - state.readAt
      if age >= lifetime, state.reading == nil { state.reading = Task { await self.look() } }
      return (state.rooms, state.reading, age >= lifetime * 2)
    }
    guard isOld, let reading else { return rooms }
    await reading.value
    return state.withLock { $0.rooms }
  }

  /// Reads the directory again. While the database does not answer, the rooms stay as they are.
  private func look() async {
    let before = state.withLock { $0.rooms }
    var fresh: Rooms?
    do {
      fresh = try await Self.rooms(opening, journal, before: before)
    } catch {
      opening.log?.warning("the directory of municipalities could not be read", metadata: ["error": "\(error)"])
    }
    state.withLock { state in
      if let fresh { state.rooms = fresh }
      state.readAt = ContinuousClock.now
      state.reading = nil
    }
  }

  private static func rooms(
    _ opening: Opening, _ journal: RequestJournal, before: Rooms?
  ) async throws -> Rooms {
    let directory = try await opening.installation.directory()
    // Another server may have loaded a dataset meanwhile, whose mark must then be on every page.
    let sign = directory.isUnused ? try await sign(opening.installation, opening.municipality) : nil
    if let before, before.directory == directory, before.sign == sign { return before }
    let hosts = HostNames(opening.hosts + directory.hosts)
    if let sign {
      let site = Site(
        opening.installation, sign: sign, hosts: hosts, model: opening.model, journal: journal, answersMachines: true,
        isDemo: opening.isDemo && sign.mark != nil, workshop: opening.workshop,
        provider: opening.providers.of(opening.installation.tenant))
      return Rooms(directory: directory, sites: [:], sign: sign, common: site.router().buildResponder())
    }
    var sites: [Municipality: any HTTPResponder<SurfaceContext>] = [:]
    for municipality in directory.all {
      let own = opening.installation.lent(to: municipality.tenant)
      guard let sign = try await signOrNil(own, municipality.name, opening.log) else { continue }
      let site = Site(
        own, sign: sign, hosts: hosts, model: opening.model,
        journal: journal.of(municipality.tenant), answersMachines: false, isDemo: false,
        workshop: opening.workshop, provider: opening.providers.of(municipality.tenant))
      sites[municipality] = site.router().buildResponder()
    }
    let lobby = Lobby(installation: opening.installation, directory: directory, hosts: hosts, journal: journal)
    return Rooms(directory: directory, sites: sites, sign: nil, common: lobby.router().buildResponder())
  }

  /// Nil for a municipality with data that this program does not know: it stays out, and the others go on.
  private static func signOrNil(_ installation: Installation, _ name: String, _ log: Logger?) async throws -> HouseSign?
  {
    do {
      return try await sign(installation, name)
    } catch let refusal as DatasetRefusal {
      log?.warning("a municipality is not served", metadata: ["error": "\(refusal.words.english)"])
      return nil
    }
  }

  /// The database knows what it holds; what anybody asks for does not decide what is said about it.
  private static func sign(_ installation: Installation, _ name: String) async throws -> HouseSign {
    try await DemoChoice.held(by: installation)?.sign ?? HouseSign(municipality: name)
  }
}

extension Request {
  /// The request as it looks to the house behind a prefix such as `/egelund`.
  fileprivate func behind(_ prefix: String) -> Request {
    guard !prefix.isEmpty, let path = head.path, path.hasPrefix(prefix) else { return self }
    let rest = path.dropFirst(prefix.count)
    var head = head
    head.path = rest.hasPrefix("/") ? String(rest) : "/" + rest
    return Request(head: head, body: body)
  }
}
