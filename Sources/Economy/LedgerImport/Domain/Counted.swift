import SteeringCore
import SurfaceKit

/// Counts with their noun, in one and in many: `1 postering`, `3 enheder`.
extension Format {
  /// So many postings.
  func postings(_ count: Int) -> String {
    self.count(count, Words("postering", en: "posting"), Words("posteringer", en: "postings"))
  }

  /// So many agreement units.
  func units(_ count: Int) -> String { self.count(count, Words("enhed", en: "unit"), Words("enheder", en: "units")) }

  /// So many files.
  func files(_ count: Int) -> String { self.count(count, Words("fil", en: "file"), Words("filer", en: "files")) }
}
