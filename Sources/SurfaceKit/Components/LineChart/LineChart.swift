public import SteeringCore

/// Amounts over time as lines, drawn on the server. The lines differ by dash and marker as well as by colour, each
/// is named beside the picture, and the table behind is always there. Fewer than three points draw no lines, only
/// the table.
public struct LineChart: Component {
  /// How a line is drawn.
  public enum Style: String, CaseIterable, Sendable {
    /// A whole line with round markers.
    case solid
    /// A dashed line with square markers.
    case dashed
    /// A dotted line with triangular markers.
    case dotted
  }

  /// One line.
  public struct Series: Sendable {
    let name: Words
    let style: Style
    let values: [Money?]

    /// A line with its name; a missing value leaves a gap.
    public init(_ name: Words, _ style: Style, values: [Money?]) {
      self.name = name
      self.style = style
      self.values = values
    }
  }

  let id: String
  let title: Words
  let description: Words
  let pointLabels: [Words]
  let pointHeading: Words
  let series: [Series]

  /// A chart. `id` is unique on the page; `description` says in words what the lines show; `pointLabels` names the
  /// points in order of time and `pointHeading` what they are ("måned").
  public init(
    id: String, title: Words, description: Words, pointHeading: Words, pointLabels: [Words], series: [Series]
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.pointHeading = pointHeading
    self.pointLabels = pointLabels
    self.series = series
  }

  private var isDrawn: Bool {
    pointLabels.count >= 3 && series.contains { $0.values.filter { $0 != nil }.count >= 3 }
  }

  /// The markup.
  public var body: [Node] {
    figure(.class("chart"), .id(id)) {
      figcaption { title }
      if isDrawn {
        ChartDrawing(self).node
        legend
        details {
          summary { Words("Vis tallene i en tabel", en: "Show the figures in a table") }
          numbers
        }
      } else {
        numbers
      }
    }
  }

  private var legend: Node {
    ul(.class("chart-legend"), .ariaHidden) {
      for line in series {
        li {
          SVG.picture(.class("sample"), viewBox: "0 0 44 12") {
            SVG.path(.class("line " + line.style.rawValue), d: "M1 6H43")
            ChartDrawing.marker(line.style, x: 22, y: 6)
          }
          line.name
        }
      }
    }
  }

  private var numbers: Node {
    Node(
      DataTable(
        id: id + "-table", caption: Words(title.danish + ", kr.", en: title.english + ", DKK"),
        columns: [.init(pointHeading)] + series.map { .init($0.name, .number) },
        rows: pointLabels.enumerated().map { index, label in
          DataTable.Row([.words(label)] + series.map { Self.cell($0.values, index) })
        }))
  }

  private static func cell(_ values: [Money?], _ index: Int) -> Node {
    guard index < values.count, let value = values[index] else {
      return .words(Words("ingen tal", en: "no figure"))
    }
    return .told { $0.wholeKroner(value) }
  }
}
