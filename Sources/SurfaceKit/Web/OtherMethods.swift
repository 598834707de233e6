public import Hummingbird
import HTTPTypes
import SteeringCore

extension Router where Context == SurfaceContext {
  /// Answers an address that is there, but takes no request of this method, with 405 and the methods it takes. Call it
  /// when every route has been added.
  public func refuseOtherMethods() {
    for (path, routes) in Dictionary(grouping: routes, by: \.path.description) {
      var taken = Set(routes.map(\.method))
      if taken.contains(.get) { taken.insert(.head) }
      let allow = taken.map(\.rawValue).sorted().joined(separator: ", ")
      for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete] where !taken.contains(method) {
        on(RouterPath(path), method: method) { request, context in
          var response = Trouble.otherMethod.page.response(request, context, status: .methodNotAllowed)
          response.headers[.allow] = allow
          return response
        }
      }
    }
  }
}

extension Trouble {
  fileprivate static let otherMethod = Trouble(
    .methodNotAllowed, Words("Det kan adressen ikke bruges til", en: "The address is not for that"),
    Words(
      "Intet er ændret. Gå til huset, eller brug menuen foroven.",
      en: "Nothing has changed. Go to the house, or use the menu above."))
}
