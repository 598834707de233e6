import SteeringCore

/// The datasets that come with the product. Both are made from readable data files, the same bytes every time, and
/// are imported like anybody's files.
public enum Demo {
  /// The id of `inventedMunicipality`.
  public static let inventedID = "rorsund"
  /// The id of `randersAsStated`.
  public static let randersID = "randers"

  /// An invented municipality with an economy: names, places and figures are invented. Throws a `DemoDataError`
  /// only where a data file of the product is broken.
  public static func inventedMunicipality() throws -> DemoDataset {
    let municipality = try InventedMunicipality()
    return DemoDataset(
      id: inventedID, name: Words("Rorsund Kommune", en: "Rorsund Municipality"),
      note: Words(
        "Rorsund Kommune er opfundet: alle navne og tal er eksempler.",
        en: "Rorsund Municipality is invented: all names and figures are examples."),
      isInvented: true, years: municipality.years, runningYear: municipality.runningYear,
      files: municipality.files, statedTotals: [])
  }

  /// Randers Kommune as its task overview states it (seeds/003): organisation and full-time equivalents, no economy.
  /// The document is undated; its notes point to 2023, so the organisation begins on 1 January 2023. Throws a
  /// `DemoDataError` only where a data file of the product is broken.
  public static func randersAsStated() throws -> DemoDataset {
    let staffing = try RandersStaffing()
    return DemoDataset(
      id: randersID, name: Words("Randers Kommune", en: "Randers Municipality"),
      note: Words(
        "Kun det, kommunens dokumenter siger: enheder og årsværk omkring 2023. Ingen økonomi. Koderne er vores egne.",
        en: "Only what the municipality's documents say: units and full-time equivalents around 2023. No economy. "
          + "The codes are our own."),
      isInvented: false, years: [], runningYear: nil, files: [staffing.organisation], statedTotals: staffing.totals)
  }

  /// The lines behind `randersAsStated`: each unit and leadership with its full-time equivalents, its remark and the
  /// line of the document, in the order of the document. Throws as `randersAsStated` does.
  public static func randersStaffing() throws -> [StatedStaffing] { try RandersStaffing().lines }
}
