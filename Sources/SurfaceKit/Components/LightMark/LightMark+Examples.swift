import SteeringCore

extension LightSign {
  /// Signs for examples and tests: three usual lights.
  public static let exampleGreen = LightSign(
    id: "green", name: Words("grøn", en: "green"), shape: .full, tone: .green)
  /// A yellow light.
  public static let exampleYellow = LightSign(
    id: "yellow", name: Words("gul", en: "yellow"), shape: .half, tone: .yellow)
  /// A red light.
  public static let exampleRed = LightSign(
    id: "red", name: Words("rød", en: "red"), shape: .crossed, tone: .red)
  /// A fourth light, as another model may have it.
  public static let exampleBlue = LightSign(
    id: "blue", name: Words("blå", en: "blue"), shape: .ring, tone: .blue)
  /// A fifth light.
  public static let exampleOrange = LightSign(
    id: "orange", name: Words("orange", en: "orange"), shape: .striped, tone: .orange)
}

extension LightMark {
  /// Every shape and tone.
  public static var examples: [Example] {
    [
      Example("light-mark") {
        ul(.class("plain")) {
          for sign: LightSign in [
            .exampleGreen, .exampleYellow, .exampleRed, .exampleBlue, .exampleOrange, .none,
          ] {
            li { LightMark(sign) }
          }
        }
      }
    ]
  }
}
