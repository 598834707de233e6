import SteeringCore

extension HousePicture {
  /// A small house with two floors and all kinds of windows.
  public static var examples: [Example] {
    [
      Example("house-picture") {
        HousePicture(
          label: Words("Huset", en: "The house"), sky: Words("Lovgivning", en: "Legislation"),
          roof: [Part(Words("Vision", en: "Vision")), Part(Words("Politikker", en: "Policies"))],
          floors: [floor("Skole", 9), floor("Omsorg", 6)],
          groundFloor: [Part(Words("Styringsprincipper", en: "Steering principles"), "/model")],
          foundation: [Part(Words("Borgeren i centrum", en: "The citizen first"))])
      }
    ]
  }

  private static func floor(_ name: String, _ count: Int) -> Floor {
    let signs: [LightSign] = [
      .exampleGreen, .exampleYellow, .exampleGreen, .exampleRed, .exampleBlue, .exampleOrange, .none,
    ]
    return Floor(
      name: Words(same: name), address: "/units", summary: Words("\(count) enheder", en: "\(count) units"),
      windows: (1...count).map { number in
        let sign = signs[number % signs.count]
        return Window(
          name: "\(name) \(number)", state: sign.name, sign: sign,
          address: Address("/units").appending("\(name)-\(number)"))
      })
  }
}
