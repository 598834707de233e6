public import SteeringCore

/// How far long work has come: what is done, what is left.
public struct Progress: Component {
  private let id: String
  private let label: Words
  private let done: Int
  private let total: Int

  /// Work of `total` parts of which `done` are done. `id` is unique on the page.
  public init(id: String, _ label: Words, done: Int, of total: Int) {
    self.id = id
    self.label = label
    self.done = min(max(done, 0), max(total, 0))
    self.total = max(total, 0)
  }

  /// The markup.
  public var body: [Node] {
    div(.class("field")) {
      SurfaceKit.label(.for(id)) { label }
      progress(.id(id), .value(String(done)), .max(max(total, 1)))
      p { Format.words(told) }
    }
  }

  private func told(_ format: Format) -> String {
    let left = format.number(total - done)
    return format.language == .danish
      ? "\(format.number(done)) af \(format.number(total)) er klar, \(left) er tilbage."
      : "\(format.number(done)) of \(format.number(total)) done, \(left) left."
  }
}
