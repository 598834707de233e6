public import SteeringCore

/// A piece of a page. Only text, words and elements made by this room exist, so everything that comes from
/// outside is escaped by construction: there is no way to put ready-made markup into a page.
public indirect enum Node: Sendable {
  /// Text that is the same in both languages: a name, a number, a code. Escaped when rendered.
  case text(String)
  /// Text in the language of the reader, chosen when rendered.
  case words(Words)
  /// A number, an amount or a date, written when rendered in the manner of the reader's language.
  case told(@Sendable (Format) -> String)
  /// An element with its attributes and content.
  case element(Element)
  /// Several nodes beside each other, without an element around them.
  case fragment([Node])

  /// Nothing at all.
  public static let nothing = Node.fragment([])
}

/// An element. Made only by the element functions (`div`, `table`, …), so that no tag name comes from outside.
public struct Element: Sendable {
  let tag: StaticString
  let attributes: [Attribute]
  let children: [Node]
  /// Whether the element ends with its start tag (`br`, `input`, …).
  let isVoid: Bool

  init(_ tag: StaticString, _ attributes: [Attribute], _ children: [Node], isVoid: Bool = false) {
    self.tag = tag
    self.attributes = attributes
    self.children = children
    self.isVoid = isVoid
  }
}

/// Something that people meet and that is drawn the same way everywhere: a table, a mark, a form field.
public protocol Component: Sendable {
  /// The markup.
  @HTML var body: [Node] { get }
}

extension Node {
  /// A component as one node.
  public init(_ component: some Component) { self = .fragment(component.body) }

  /// Several things as one node, where a cell or a property needs one.
  public init(@HTML _ content: () -> [Node]) { self = .fragment(content()) }
}
