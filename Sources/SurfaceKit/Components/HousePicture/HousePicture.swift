public import SteeringCore

/// A house with a roof, floors of lit windows, a ground floor and a foundation, standing in a landscape that it has
/// not chosen itself. Every window is a link with a name; the order of reading is the order of the floors. A part
/// without an address is drawn plain.
public struct HousePicture: Component {
  /// A window.
  public struct Window: Sendable {
    let name: String
    let state: Words
    let sign: LightSign
    let address: Address

    /// A window: whose it is, how it is lit, where it leads, and the state in words ("gul, 1,8 % i underskud").
    public init(name: String, state: Words, sign: LightSign, address: Address) {
      self.name = name
      self.state = state
      self.sign = sign
      self.address = address
    }
  }

  /// A floor of windows.
  public struct Floor: Sendable {
    let name: Words
    let address: Address?
    let summary: Words
    let windows: [Window]

    /// A floor: its name, where the name leads, what it holds in few words, and its windows in order.
    public init(name: Words, address: Address?, summary: Words, windows: [Window]) {
      self.name = name
      self.address = address
      self.summary = summary
      self.windows = windows
    }
  }

  /// A part of the house without windows.
  public struct Part: Sendable {
    let name: Words
    let address: Address?

    /// A part; without an address it is drawn plain.
    public init(_ name: Words, _ address: Address? = nil) {
      self.name = name
      self.address = address
    }
  }

  private let label: Words
  private let sky: Words
  private let roof: [Part]
  private let floors: [Floor]
  private let groundFloor: [Part]
  private let foundation: [Part]

  /// A house. `label` names the picture; `sky` is what stands outside it; the roof is given from the top.
  public init(
    label: Words, sky: Words, roof: [Part], floors: [Floor], groundFloor: [Part], foundation: [Part]
  ) {
    self.label = label
    self.sky = sky
    self.roof = roof
    self.floors = floors
    self.groundFloor = groundFloor
    self.foundation = foundation
  }

  /// The markup.
  public var body: [Node] {
    section(.class("landscape"), .ariaLabel(label)) {
      p(.class("sky")) { sky }
      div(.class("house")) {
        roofNode
        ol(.class("floors")) {
          for floor in floors { floorNode(floor) }
        }
        parts(groundFloor, "ground-floor")
        parts(foundation, "foundation")
      }
      groundNode
    }
  }

  private var roofNode: Node {
    div(.class("roof")) {
      SVG.picture(.class("roof-shape"), .preserveAspectRatio("none"), viewBox: "0 0 1000 200") {
        SVG.path(.class("chimney"), .fill("#7a4a3c"), d: "M742 20h52v90h-52z")
        SVG.path(.class("tiles"), .fill("#8f4a3a"), d: "M500 0 1000 184v16H0v-16z")
        SVG.path(.class("eaves"), .fill("#6d3528"), d: "M0 190h1000v10H0z")
      }
      parts(roof, "roof-parts")
    }
  }

  /// The ground the house stands on: not its own.
  private var groundNode: Node {
    SVG.picture(.class("ground"), .preserveAspectRatio("none"), viewBox: "0 0 1000 40") {
      SVG.path(.class("soil"), .fill("#7d8a63"), d: "M0 12Q250 0 500 8T1000 10V40H0z")
    }
  }

  private func parts(_ parts: [Part], _ name: String) -> Node {
    ul(.class(name)) {
      for part in parts {
        li {
          if let address = part.address {
            a(.href(address)) { part.name }
          } else {
            span { part.name }
          }
        }
      }
    }
  }

  private func floorNode(_ floor: Floor) -> Node {
    li(.class("floor")) {
      p(.class("floor-name")) {
        if let address = floor.address {
          a(.href(address)) { floor.name }
        } else {
          strong { floor.name }
        }
        small { floor.summary }
      }
      ul(.class("windows")) {
        for window in floor.windows {
          li {
            a(.href(window.address)) {
              LightMark.picture(window.sign)
              span(.class("plate")) {
                window.name + ": "
                window.state
              }
            }
          }
        }
      }
    }
  }
}
