import SurfaceKit

/// The addresses of signing in.
enum LoginAddress {
  static let login: Address = "/login"
  static let provider: Address = "/login/provider"
  static let demo: Address = "/login/demo"
  static let logout: Address = "/logout"
  static let invitation: Address = "/invitation"
  static let me: Address = "/me"
  static let sessions: Address = "/me/sessions"
}
