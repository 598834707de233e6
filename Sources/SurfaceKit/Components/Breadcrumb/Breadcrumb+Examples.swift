import SteeringCore

extension Breadcrumb {
  /// Two pages above.
  public static var examples: [Example] {
    [
      Example("breadcrumb") {
        Breadcrumb([
          Crumb(Words("Aftaleenheder", en: "Agreement units"), "/units"),
          Crumb(Words("Børn og unge", en: "Children and youth"), "/units?directorate=2"),
        ])
      }
    ]
  }
}
