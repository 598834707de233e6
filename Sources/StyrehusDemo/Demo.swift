import SteeringCore

/// The datasets that come with the product. Both are made from readable data files, the same bytes every time, and
/// are imported like anybody's files.
public enum Demo {
  /// An invented municipality with an economy: names, places and figures are invented. Throws only where a data
  /// file of the product is broken.
  public static func inventedMunicipality() throws -> DemoDataset {
    let municipality = try InventedMunicipality()
    return DemoDataset(
      id: "rorsund", name: Words("Rorsund Kommune", en: "Rorsund Municipality"),
      note: Words(
        "Rorsund Kommune er opfundet: alle navne og tal er eksempler.",
        en: "Rorsund Municipality is invented: all names and figures are examples."),
      isInvented: true, years: municipality.years, files: municipality.files, statedTotals: [])
  }
}
