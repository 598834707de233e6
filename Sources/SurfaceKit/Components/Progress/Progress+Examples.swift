import SteeringCore

extension Progress {
  /// Work that is well under way.
  public static var examples: [Example] {
    [
      Example("progress") {
        Progress(id: "reading", Words("Linjer i filen", en: "Lines of the file"), done: 640_000, of: 1_000_000)
      }
    ]
  }
}
