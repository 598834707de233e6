extension Pager {
  /// In the middle of a list.
  public static var examples: [Example] {
    [
      Example("pager") {
        Pager(current: 2, last: 5) { Address("/rounds").with("page", String($0)) }
      }
    ]
  }
}
