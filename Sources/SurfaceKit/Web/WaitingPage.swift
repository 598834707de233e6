import HTTPTypes
public import Hummingbird
public import SteeringCore

/// The page of long work that is still under way: how far it is, that it may be left, and how to look again. It comes
/// anew by itself every other second until the reader asks it not to.
public struct WaitingPage: Sendable {
  /// How far the work is.
  public enum Stage: Sendable {
    /// Nobody has begun.
    case waiting
    /// It is being done; a total of 0 says that nobody knows how much there is.
    case running(done: Int, of: Int)
  }

  private let title: Words
  private let section: Section
  private let trail: [Breadcrumb.Crumb]
  private let stage: Stage
  private let asked: Words
  private let address: Address
  private let isStill: Bool

  /// A page about work. `asked` says what was asked for and when; `address` is the page's own. A still one does not
  /// come anew by itself: its address has `still` in its query.
  public init(
    title: Words, section: Section, trail: [Breadcrumb.Crumb], stage: Stage, asked: Words, address: Address,
    isStill: Bool = false
  ) {
    self.title = title
    self.section = section
    self.trail = trail
    self.stage = stage
    self.asked = asked
    self.address = address
    self.isStill = isStill
  }

  /// The page.
  public var page: Page {
    Page(title: title, section: section, trail: trail) {
      p(.class("lead")) { asked }
      progress
      p { Self.leave }
      p(.class("acts")) {
        a(.href(isStill ? address.with("still", "yes") : address), .class("button")) { Self.again }
        if isStill {
          a(.href(address)) { Self.renew }
        } else {
          a(.href(address.with("still", "yes"))) { Self.still }
        }
      }
    }
  }

  @HTML private var progress: [Node] {
    switch stage {
    case .waiting: Notice(.info, Self.waiting)
    case .running(let done, let total) where total > 0: Progress(id: "work", Self.working, done: done, of: total)
    case .running: Notice(.info, Self.working)
    }
  }

  /// The page as an answer.
  public func response(_ request: Request, _ context: SurfaceContext) -> Response {
    var response = page.response(request, context)
    if !isStill { response.headers[.refresh] = "2" }
    return response
  }

  private static let waiting = Words("Venter på at komme til", en: "Waiting for its turn")
  private static let working = Words("Vi er i gang", en: "We are at it")
  private static let leave = Words(
    "Du kan roligt gå fra siden. Arbejdet går videre, og du kan komme tilbage til adressen.",
    en: "You may leave this page. The work goes on, and you can come back to the address.")
  private static let again = Words("Se igen", en: "Look again")
  private static let still = Words("Lad siden stå stille", en: "Keep the page still")
  private static let renew = Words("Hent siden af sig selv", en: "Let the page renew itself")
}
