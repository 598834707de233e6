import SteeringCore
import SurfaceKit

@testable import StyrehusApp

extension FrontPageModel {
  /// An invented municipality of 210 units in five directorates.
  static let mock = make(missing: nil)
  /// Nothing has been loaded.
  static let mockWithoutOrganisation = make(missing: .organisation)
  /// An organisation, but no closing.
  static let mockWithoutRound = make(missing: .round)

  private static func make(missing: Missing?) -> FrontPageModel {
    let floors = missing == nil ? directorates : []
    let units = floors.flatMap(\.units)
    let before = ["green": 166, "yellow": 32, "red": 12, "none": 1]
    return FrontPageModel(
      missing: missing, year: 2025,
      roundName: Words("Endelig opgørelse 2025, nr. 3", en: "Final closing 2025, no. 3"), earlierRound: nil,
      modelName: Words(same: "Randersmodellen 2.0"), directorates: floors,
      counts: [LightSign.exampleGreen, .exampleYellow, .exampleRed, .none].map { light in
        LightCount(
          light: light, count: units.count { $0.light == light }, countBefore: before[light.id])
      },
      comparedWith: Words("Endelig opgørelse 2024, nr. 2", en: "Final closing 2024, no. 2"),
      changes: units.enumerated().filter { $0.offset % 23 == 4 }.map { _, unit in
        Change(
          code: unit.code, name: unit.name,
          before: unit.light == .exampleGreen ? .exampleYellow : .exampleGreen, now: unit.light)
      },
      demands: [
        Demand(
          kind: .duty, id: "explainSurplus", name: Words("Forklar overskuddet", en: "Explain the surplus"), count: 21),
        Demand(
          kind: .duty, id: "actionPlan", name: Words("Lav en handleplan", en: "Make an action plan"), count: 49),
        Demand(
          kind: .review, id: "debtOverLimit",
          name: Words(
            "Konkret vurdering af de økonomiske frihedsgrader: gæld over 5 %",
            en: "Review of the financial freedoms: debt above 5 %"), count: 11),
      ],
      rounds: [2025, 2024, 2023, 2022].map { year in
        Round(id: "\(year)-1", name: Words(same: String(year)), isShown: year == 2025)
      })
  }

  private static let directorates: [Directorate] = [
    directorate("1", "Børn, Skole og Familie", 74, ["skolen", "huset", "gården", "klubben"]),
    directorate("2", "Omsorg og Sundhed", 52, ["centret", "plejen", "hjemmet"]),
    directorate("3", "Social og Arbejdsmarked", 38, ["værkstedet", "bostedet", "jobhuset"]),
    directorate("4", "Plan, Kultur og Miljø", 31, ["biblioteket", "hallen", "museet"]),
    directorate("5", "Stabe", 15, ["kontoret", "sekretariatet"]),
  ]

  private static func directorate(_ code: String, _ name: String, _ count: Int, _ ends: [String]) -> Directorate {
    let starts = ["Birke", "Ege", "Kløver", "Søbakke", "Mølle", "Enghave", "Fyrre", "Pile", "Rønne", "Strand", "Vibe"]
    return Directorate(
      code: UnitCode(code), name: Words(same: name),
      units: (0..<count).map { index in
        let share = Int64((index * 7_919 + count * 31) % 1_400) - (index % 4 == 0 ? 820 : 0)
        return unit(
          UnitCode(code + String(1_000 + index)),
          "\(starts[index % starts.count])\(ends[index % ends.count]) \(index / 11 + 1)", share)
      })
  }

  private static func unit(_ code: UnitCode, _ name: String, _ share: Int64) -> Unit {
    let base: Int64 = 8_400_000
    let light: LightSign = share < -500 ? .exampleRed : (share < 0 ? .exampleYellow : .exampleGreen)
    if share == 311 { return Unit(code: code, name: name, light: .none, balance: .zero, balanceBasisPoints: nil) }
    return Unit(
      code: code, name: name, light: light, balance: Money(ore: base * share / 100), balanceBasisPoints: share)
  }
}
