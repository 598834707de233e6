import SteeringCore

/// A light with its name beside it, so that nothing is said by colour alone.
public struct LightMark: Component {
  private let sign: LightSign

  /// The mark of a light.
  public init(_ sign: LightSign) { self.sign = sign }

  /// The markup.
  public var body: [Node] {
    span(.class("light")) {
      Self.picture(sign)
      sign.name
    }
  }

  /// The window alone, for places where the name stands in another way. Every page holds the drawings (`symbols`).
  public static func picture(_ sign: LightSign) -> Node {
    .element(
      Element(
        "svg", [.class("mark " + sign.tone.rawValue), .ariaHidden], [SVG.use("mark-" + sign.shape.rawValue)]))
  }

  /// The drawings of all shapes, once per page. A window has dark glass; the shape is what is lit in it.
  static var symbols: Node {
    .element(
      Element(
        "svg", [.class("symbols"), .width(0), .height(0), .ariaHidden],
        LightSign.Shape.allCases.map { shape in
          SVG.symbol(id: "mark-" + shape.rawValue, viewBox: "0 0 16 20") {
            SVG.path(.class("glass"), .fill("#25333b"), d: "M.5 19.5V6.2a7.5 5.7 0 0 1 15 0v13.3z")
            lit(shape)
          }
        }))
  }

  private static func lit(_ shape: LightSign.Shape) -> Node {
    let outline =
      switch shape {
      case .full: "M2.5 17.5V6.4a5.5 4 0 0 1 11 0v11.1z"
      case .half: "M2.5 10.5h11v7h-11z"
      case .crossed: "M3 5.5 5 4l3 4.6L11 4l2 1.5-3.3 5.2 3.3 5.3-2 1.5-3-4.7-3 4.7-2-1.5 3.3-5.3z"
      case .ring: "M2.5 17.5V6.4a5.5 4 0 0 1 11 0v11.1zM5.2 14.8h5.6V6.6a2.8 1.7 0 0 0-5.6 0z"
      case .striped: "M3.5 4.5h9v2.2h-9zM2.5 8.2h11v2.2h-11zM2.5 11.9h11v2.2h-11zM2.5 15.6h11v2.2h-11z"
      case .empty: ""
      }
    return outline.isEmpty ? .nothing : SVG.path(.fill("currentColor"), d: outline)
  }
}
