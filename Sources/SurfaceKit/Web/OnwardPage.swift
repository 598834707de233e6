import HTTPTypes
public import Hummingbird
public import SteeringCore

/// A page that sends the browser on to another house, at once or by its link. A redirect would not do: browsers hold
/// whatever answers a form to the addresses that forms may go to.
public struct OnwardPage: Sendable {
  private let title: Words
  private let lead: Words
  private let address: OutsideAddress

  /// A page on the way to an address.
  public init(title: Words, lead: Words, address: OutsideAddress) {
    self.title = title
    self.lead = lead
    self.address = address
  }

  /// The page as an answer.
  public func response(_ request: Request, _ context: SurfaceContext) -> Response {
    let page = Page(title: title, lead: lead, section: nil) {
      p(.class("acts")) { a(.href(address), .class("button")) { Words("Gå videre", en: "Go on") } }
    }
    var response = page.response(request, context)
    response.headers[.refresh] = "0; url=\(address.text)"
    return response
  }
}
