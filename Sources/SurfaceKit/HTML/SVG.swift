public import SteeringCore

/// Elements and attributes of pictures drawn in the markup. Colours come from the stylesheet by class; what is
/// set here as an attribute is only geometry, so that a strict content security policy can stand.
public enum SVG {
  /// The picture. Give `labelledBy` the ids of its title and description, or leave it out for decoration.
  public static func picture(
    _ attributes: Attribute..., viewBox: String, labelledBy: String? = nil, @HTML content: () -> [Node]
  ) -> Node {
    var all = attributes
    all.append(Attribute("viewBox", viewBox))
    if let labelledBy {
      all.append(.role("img"))
      all.append(.ariaLabelledby(labelledBy))
    } else {
      all.append(.ariaHidden)
    }
    return .element(Element("svg", all, content()))
  }

  /// The title of a picture, read first.
  public static func title(id: String, _ words: Words) -> Node {
    .element(Element("title", [.id(id)], [.words(words)]))
  }

  /// What the picture shows, read after its title.
  public static func description(id: String, _ words: Words) -> Node {
    .element(Element("desc", [.id(id)], [.words(words)]))
  }

  /// A drawing that is kept under an id and shown by `use`.
  public static func symbol(id: String, viewBox: String, @HTML content: () -> [Node]) -> Node {
    .element(Element("symbol", [.id(id), Attribute("viewBox", viewBox)], content()))
  }

  /// The drawing with this id.
  public static func use(_ id: String) -> Node {
    .element(Element("use", [Attribute("href", "#" + id)], []))
  }

  /// Parts that belong together.
  public static func group(_ attributes: Attribute..., @HTML content: () -> [Node]) -> Node {
    .element(Element("g", attributes, content()))
  }

  /// A line of any shape, in path language: `M0 0 10 5`.
  public static func path(_ attributes: Attribute..., d: String) -> Node {
    .element(Element("path", attributes + [Attribute("d", d)], []))
  }

  /// A straight line.
  public static func line(_ attributes: Attribute..., x1: Int, y1: Int, x2: Int, y2: Int) -> Node {
    let ends = [("x1" as StaticString, x1), ("y1", y1), ("x2", x2), ("y2", y2)]
    return .element(Element("line", attributes + ends.map { Attribute($0.0, String($0.1)) }, []))
  }

  /// A circle.
  public static func circle(_ attributes: Attribute..., x: Int, y: Int, radius: Int) -> Node {
    let place = [("cx" as StaticString, x), ("cy", y), ("r", radius)]
    return .element(Element("circle", attributes + place.map { Attribute($0.0, String($0.1)) }, []))
  }

  /// Text in a picture.
  public static func label(_ attributes: Attribute..., x: Int, y: Int, @HTML content: () -> [Node]) -> Node {
    .element(Element("text", attributes + [Attribute("x", String(x)), Attribute("y", String(y))], content()))
  }
}

extension Attribute {
  /// Which end or middle of a text in a picture stands at its point: `start`, `middle`, `end`.
  public static func textAnchor(_ anchor: String) -> Attribute { Attribute("text-anchor", anchor) }
  /// `none` lets a picture stretch to its box.
  public static func preserveAspectRatio(_ rule: String) -> Attribute { Attribute("preserveAspectRatio", rule) }
  /// How wide a picture is where no stylesheet is read.
  public static func width(_ width: Int) -> Attribute { Attribute("width", String(width)) }
  /// How high a picture is where no stylesheet is read.
  public static func height(_ height: Int) -> Attribute { Attribute("height", String(height)) }
  /// The colour of a shape where no stylesheet is read.
  public static func fill(_ colour: String) -> Attribute { Attribute("fill", colour) }
  /// The colour of a line where no stylesheet is read.
  public static func stroke(_ colour: String) -> Attribute { Attribute("stroke", colour) }
}
