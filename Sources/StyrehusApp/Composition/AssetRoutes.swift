import Hummingbird
import SurfaceKit

/// What pages fetch besides themselves.
enum AssetRoutes {
  /// Adds the routes.
  static func add(to router: Router<SurfaceContext>) {
    @Sendable func asset(_ bytes: [UInt8], _ type: String) -> Response {
      var response = Response.bytes(bytes, type: type)
      response.headers[.cacheControl] = "public, max-age=31536000, immutable"
      return response
    }
    router.get("assets/styrehus.css") { _, _ in asset(Stylesheet.bytes, "text/css; charset=utf-8") }
    router.get("assets/icon.svg") { _, _ in asset(Stylesheet.iconBytes, "image/svg+xml") }
  }
}
