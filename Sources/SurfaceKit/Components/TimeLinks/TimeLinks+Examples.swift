import SteeringCore

extension TimeLinks {
  /// Two years, the newer shown.
  public static var examples: [Example] {
    [
      Example("time-links") {
        TimeLinks([
          Moment(Words(same: "2025"), "/?round=2025-1", isShown: true),
          Moment(Words(same: "2024"), "/?round=2024-1", isShown: false),
        ])
      }
    ]
  }
}
