public import SteeringCore

/// Gathers nodes in the order they are written; `if`, `for` and components may stand among them.
@resultBuilder
public enum HTML {
  /// One node.
  public static func buildExpression(_ node: Node) -> [Node] { [node] }
  /// A node that may be missing.
  public static func buildExpression(_ node: Node?) -> [Node] { node.map { [$0] } ?? [] }
  /// Several nodes.
  public static func buildExpression(_ nodes: [Node]) -> [Node] { nodes }
  /// Text that needs no translation.
  public static func buildExpression(_ text: String) -> [Node] { [.text(text)] }
  /// Text in the reader's language.
  public static func buildExpression(_ words: Words) -> [Node] { [.words(words)] }
  /// A component.
  public static func buildExpression(_ component: some Component) -> [Node] { component.body }
  /// The parts of a block, one after the other.
  public static func buildBlock(_ parts: [Node]...) -> [Node] {
    parts.count == 1 ? parts[0] : parts.flatMap { $0 }
  }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [Node]?) -> [Node] { part ?? [] }
  /// The first branch.
  public static func buildEither(first part: [Node]) -> [Node] { part }
  /// The second branch.
  public static func buildEither(second part: [Node]) -> [Node] { part }
  /// A loop.
  public static func buildArray(_ parts: [[Node]]) -> [Node] { parts.flatMap { $0 } }
}
