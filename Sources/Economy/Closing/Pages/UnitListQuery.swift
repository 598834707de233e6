import SurfaceKit

/// What the list of units is narrowed to and sorted by. It is the same thing as the address, so a list can be kept
/// as a bookmark, and the file that is exported holds exactly what is shown.
struct UnitListQuery: Sendable, Hashable {
  /// What the list can be sorted by; the raw value stands in the address.
  enum Column: String, CaseIterable, Sendable {
    case organisation, name, directorate, budget, carriedIn = "carried-in", spent, result, balance, share, light
  }

  /// Part of a name or a code; empty for all.
  var search = ""
  /// The code of a directorate, or `ClosingAddress.noDirectorate`; empty for all.
  var directorate = ""
  /// The id of a light; empty for all.
  var light = ""
  /// The id of a duty; empty for all.
  var duty = ""
  /// The id of a review; empty for all.
  var review = ""
  /// The id of an earlier round; empty for the latest.
  var round = ""
  /// What the list is sorted by; the order of the organisation unless chosen.
  var column = Column.organisation
  /// Largest first.
  var isDescending = false

  /// Everything, in the order of the organisation.
  init() {}

  /// Reads the values of an address; unknown ones count as not given.
  init(values: (String) -> String?) {
    search = values("q") ?? ""
    directorate = values("directorate") ?? ""
    light = values("light") ?? ""
    duty = values("duty") ?? ""
    review = values("review") ?? ""
    round = values("round") ?? ""
    column = values("sort").flatMap(Column.init) ?? .organisation
    isDescending = values("order") == "desc"
  }

  /// Whether some filter is set.
  var isFiltered: Bool { !(search + directorate + light + duty + review).isEmpty }

  /// The list's address.
  var address: Address { added(to: ClosingAddress.units) }
  /// The address of the same list as a file.
  var exportAddress: Address { added(to: "/units.csv") }

  /// The same list without filters, in the same round and order.
  var cleared: UnitListQuery {
    var query = UnitListQuery()
    query.round = round
    query.column = column
    query.isDescending = isDescending
    return query
  }

  /// The same list sorted by a column; the same column again turns the order.
  func sorted(by wanted: Column) -> UnitListQuery {
    var query = self
    query.isDescending = column == wanted && !isDescending
    query.column = wanted
    return query
  }

  private func added(to address: Address) -> Address {
    let values = [
      ("q", search), ("directorate", directorate), ("light", light), ("duty", duty), ("review", review),
      ("round", round), ("sort", column == .organisation ? "" : column.rawValue),
      ("order", isDescending ? "desc" : ""),
    ]
    return values.reduce(address) { $1.1.isEmpty ? $0 : $0.with($1.0, $1.1) }
  }
}
