/// The one stylesheet of the pages and the small picture in the browser's tab, built into the product.
public enum Stylesheet {
  /// The stylesheet as UTF-8.
  public static let bytes: [UInt8] = PackageResources.styrehus_css
  /// The picture in the browser's tab, as SVG.
  public static let iconBytes: [UInt8] = PackageResources.icon_svg

  /// A number that changes when the content does, so that a browser may keep it for ever.
  public static let hash: String = fingerprint(bytes + iconBytes)

  /// Where the stylesheet is fetched: `/assets/styrehus.css?v=HASH`.
  public static let address = Address("/assets/styrehus.css").with("v", hash)
  /// Where the picture is fetched: `/assets/icon.svg?v=HASH`.
  public static let iconAddress = Address("/assets/icon.svg").with("v", hash)

  /// FNV-1a, 64 bits, in hexadecimal: good for telling versions apart, not for secrets.
  private static func fingerprint(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}
