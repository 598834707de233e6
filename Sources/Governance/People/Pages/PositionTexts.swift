import SteeringCore

/// The words of positions.
enum PositionTexts {
  /// A position with its place.
  static func name(_ position: Position) -> Words {
    let place = position.place.isEmpty ? "" : " (\(position.place))"
    return Words(position.kind.name.danish + place, en: position.kind.name.english + place)
  }
}
