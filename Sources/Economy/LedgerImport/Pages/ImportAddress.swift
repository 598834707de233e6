import Database
public import SurfaceKit

/// Where the pages that load files are. Every link to them is made here.
public enum ImportAddress {
  /// The form, and what has been loaded.
  public static let start: Address = "/import"
  /// Where a file is sent to be read without writing anything.
  public static let preview: Address = "/import/preview"
  /// Where a file that has been previewed is sent to be loaded.
  public static let confirm: Address = "/import/confirm"
  /// Above the pages of loads that take their time.
  public static let jobs: Address = "/import/jobs"
  /// Where a load is told to be done.
  public static let done: Address = "/import/done"

  /// The page of a load that was asked for.
  static func job(_ id: CommandKey) -> Address { jobs.appending(id.text) }

  /// What came of the import of a number; `wasThere` where the same content was there before.
  static func done(_ id: Int64, wasThere: Bool = false) -> Address {
    let address = done.with("import", String(id))
    return wasThere ? address.with("again", "yes") : address
  }
}
