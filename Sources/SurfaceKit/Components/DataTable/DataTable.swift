public import SteeringCore

/// A table with real header cells, a caption, columns that can be sorted by links, and a row of totals. The first
/// cell of each row is the row's header. On a narrow screen it is stacked or scrolls within itself; it never makes
/// the page itself scroll sideways.
public struct DataTable: Component {
  /// What a column holds, which decides how it is set.
  public enum Kind: String, Sendable {
    /// Words, set from the left.
    case text
    /// Numbers, set from the right with figures of equal width.
    case number
    /// A small picture.
    case picture
  }

  /// How the rows are sorted by a column.
  public enum Order: String, Sendable {
    /// Smallest first, or from a to å.
    case ascending
    /// Largest first, or from å to a.
    case descending
  }

  /// A column's head.
  public struct Column: Sendable {
    let heading: Words
    let kind: Kind
    let sortAddress: Address?
    let order: Order?

    /// A column; `sortAddress` is where its heading leads, `order` how it is sorted now.
    public init(_ heading: Words, _ kind: Kind = .text, sortAddress: Address? = nil, order: Order? = nil) {
      self.heading = heading
      self.kind = kind
      self.sortAddress = sortAddress
      self.order = order
    }
  }

  /// A row: as many cells as there are columns.
  public struct Row: Sendable {
    let id: String?
    let cells: [Node]

    /// A row; with an id it can be linked to.
    public init(id: String? = nil, _ cells: [Node]) {
      self.id = id
      self.cells = cells
    }
  }

  /// How the table behaves where it is wider than the screen.
  public enum Narrow: String, Sendable {
    /// It scrolls within a region that has a name and can be reached by keyboard.
    case scroll
    /// Each row becomes a small list, each cell with its heading.
    case stack
  }

  private let id: String
  private let caption: Words
  private let isCaptionShown: Bool
  private let columns: [Column]
  private let rows: [Row]
  private let totals: Row?
  private let narrow: Narrow

  /// A table. `id` is unique on the page. The caption is always there for those who listen; `isCaptionShown` tells
  /// whether it is seen too.
  public init(
    id: String, caption: Words, isCaptionShown: Bool = true, columns: [Column], rows: [Row], totals: Row? = nil,
    narrow: Narrow = .stack
  ) {
    self.id = id
    self.caption = caption
    self.isCaptionShown = isCaptionShown
    self.columns = columns
    self.rows = rows
    self.totals = totals
    self.narrow = narrow
  }

  /// The markup.
  public var body: [Node] {
    switch narrow {
    case .stack: tableNode
    case .scroll:
      div(.class("scroll"), .role("region"), .ariaLabelledby(id + "-caption"), .tabindex(0)) { tableNode }
    }
  }

  private var tableNode: Node {
    table(.id(id), .class("data " + narrow.rawValue)) {
      SurfaceKit.caption(.id(id + "-caption"), .class("unseen").when(!isCaptionShown)) { caption }
      thead { tr { columns.map(head) } }
      tbody { rows.map { line($0) } }
      if let totals {
        tfoot { line(totals) }
      }
    }
  }

  private func head(_ column: Column) -> Node {
    th(
      .scope("col"), .class(Self.short(column.kind)).when(column.kind != .text),
      .ariaSort(column.order?.rawValue ?? "").when(column.order != nil)
    ) {
      if let address = column.sortAddress {
        a(.href(address), .class("sort")) {
          column.heading
          if let order = column.order {
            span(.class("arrow"), .ariaHidden) { order == .ascending ? "▲" : "▼" }
          }
        }
      } else {
        column.heading
      }
    }
  }

  private func line(_ row: Row) -> Node {
    var cells: [Node] = []
    cells.reserveCapacity(row.cells.count)
    for (column, cell) in zip(columns, row.cells) {
      var attributes: [Attribute] = []
      if cells.isEmpty { attributes.append(.scope("row")) }
      if column.kind != .text { attributes.append(.class(Self.short(column.kind))) }
      if narrow == .stack && !cells.isEmpty { attributes.append(.label(column.heading)) }
      cells.append(.element(Element(cells.isEmpty ? "th" : "td", attributes, [cell])))
    }
    return .element(Element("tr", row.id.map { [.id($0)] } ?? [], cells))
  }

  /// One letter per kind: a long table repeats it in every cell.
  private static func short(_ kind: Kind) -> String { kind == .number ? "n" : "p" }
}
