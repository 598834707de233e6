public import SurfaceKit

/// Where the pages that load files are. Every link to them is made here.
public enum ImportAddress {
  /// The form, and what has been loaded.
  public static let start: Address = "/import"
  /// Where a file is sent to be read without writing anything.
  public static let preview: Address = "/import/preview"
  /// Where a file that has been previewed is sent to be loaded.
  public static let confirm: Address = "/import/confirm"
}
