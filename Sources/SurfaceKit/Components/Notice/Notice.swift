public import SteeringCore

/// Something to be told apart from the rest of the page: what has happened, what to know, what to do first.
public struct Notice: Component {
  /// What the notice is about.
  public enum Kind: String, Sendable {
    /// Worth knowing.
    case info
    /// Done, and well.
    case done
    /// Needs a thought before going on.
    case warning
    /// Something went wrong.
    case error
    /// Nothing is here yet; the text says what to do first.
    case empty
  }

  private let kind: Kind
  private let heading: Words
  private let content: [Node]

  /// A notice with a heading and what is said under it.
  public init(_ kind: Kind, _ heading: Words, @HTML content: () -> [Node] = { [] }) {
    self.kind = kind
    self.heading = heading
    self.content = content()
  }

  /// The markup.
  public var body: [Node] {
    div(.class("notice " + kind.rawValue), .role("status").when(kind == .done), .role("alert").when(kind == .error)) {
      p(.class("notice-heading")) { heading }
      content
    }
  }
}
