import Database
import Economy
import Governance
import Ledger
import Register
import SteeringCore
import StyrehusDemo
import SurfaceKit

/// Which dataset that comes with the product is shown.
enum DemoChoice: String, CaseIterable, Sendable {
  /// The invented municipality.
  case invented
  /// Randers Kommune as its documents state it, without any economy.
  case randers

  /// The dataset. Making it takes a moment: ask only when it is needed.
  func dataset() throws -> DemoDataset {
    switch self {
    case .invented: try Demo.inventedMunicipality()
    case .randers: try Demo.randersAsStated()
    }
  }

  /// The sign on every page, without making the dataset.
  var sign: HouseSign {
    switch self {
    case .invented: HouseSign(municipality: DemoSigns.inventedName, mark: DemoSigns.inventedMark)
    case .randers: HouseSign(municipality: DemoSigns.randersName, mark: DemoSigns.randersMark)
    }
  }
}

private enum DemoSigns {
  static let inventedName = "Rorsund Kommune"
  static let inventedMark = Words(
    "Opdigtet kommune: alle navne og tal er opfundet og vedrører ingen virkelig kommune.",
    en: "Invented municipality: all names and figures are made up and concern no real municipality.")
  static let randersName = "Randers Kommune, som dokumenterne beskriver den"
  static let randersMark = Words(
    "Kun oplysninger fra offentlige dokumenter: organisation og årsværk, ingen økonomi. Ikke kommunens egen side.",
    en: "Facts from public documents only: organisation and staffing, no economy. Not the municipality's own site.")
}

/// Puts a dataset into an empty installation: through the same imports and rounds as any municipality's own files.
struct DemoLoader {
  let installation: Installation
  let say: @Sendable (Words) -> Void

  /// Loads the dataset where the installation holds nothing yet. What is there already stays; a load that was cut off
  /// goes on where it stopped, because a file that has been imported is not imported again.
  func load(_ choice: DemoChoice) async throws {
    guard try await !isLoaded(choice) else { return }
    let dataset = try choice.dataset()
    say(Words("Indlæser \(dataset.name.danish) …", en: "Loading \(dataset.name.english) …"))
    for file in dataset.files where file.kind == .organisation { try await add(organisation: file, choice) }
    let order: [DemoFile.Kind] = [.accounts, .budget, .plans, .ledger]
    for kind in order {
      for file in dataset.files where file.kind == kind { try await add(file) }
    }
    let keeper = RoundKeeper(
      database: installation.database, tenant: installation.tenant, needs: .live, now: Installation.now)
    for year in dataset.years {
      _ = try await keeper.make(year, .final, modelText: ShippedModels.text(ShippedModels.standardName) ?? "")
    }
  }

  /// Whether everything is there: the last thing to be made is the last year's round, or the organisation where the
  /// dataset has no years.
  private func isLoaded(_ choice: DemoChoice) async throws -> Bool {
    switch choice {
    case .invented:
      let keeper = RoundKeeper(
        database: installation.database, tenant: installation.tenant, needs: .live, now: Installation.now)
      return try await keeper.rounds().contains { $0.id.year.number == 2025 }
    case .randers:
      return try await installation.database.read(installation.tenant) { try OrganisationStore($0).latest() != nil }
    }
  }

  private func add(organisation file: DemoFile, _ choice: DemoChoice) async throws {
    let bytes = BytesInMemory(file.text)
    let read = try OrganisationFile.read(bytes, name: file.name, profile: .organisation)
    guard let content = read.content else { throw DemoRefused(lines: read.findings.lines(.english)) }
    let staffed =
      choice == .randers
      ? OrganisationContent(history: content.history, staffing: try Self.staffing()) : content
    let source = OrganisationSource(
      fileName: file.name, contentHash: try ContentHash.of(bytes), profile: ImportProfile.organisation.name,
      importedAt: Installation.now())
    _ = try await installation.database.write(installation.tenant) {
      try OrganisationStore($0).add(staffed, from: source)
    }
  }

  private static func staffing() throws -> [StaffingLine] {
    try Demo.randersStaffing().map { line in
      let source = line.sourceLine.map { Words("seeds/003, linje \($0)", en: "seeds/003, line \($0)") }
      return StaffingLine(
        code: line.code, parent: line.parent, level: line.level.rawValue, name: line.name, tenths: line.tenths,
        remark: line.remark, source: source ?? Words(same: ""))
    }
  }

  private func add(_ file: DemoFile) async throws {
    let profiles: [DemoFile.Kind: ImportProfile] = [
      .accounts: .accounts, .budget: .budget, .plans: .plans, .ledger: .ledger,
    ]
    guard let profile = profiles[file.kind] else { return }
    let importer = Importer(database: installation.database, tenant: installation.tenant, now: Installation.now)
    let outcome = try await importer.run(
      ImportRequest(
        profile: profile, year: file.year, fileName: file.name, source: BytesInMemory(file.text), overlap: .add))
    if case .refused(let findings) = outcome { throw DemoRefused(lines: findings.lines(.english)) }
  }
}

/// A dataset of the product that its own import refuses: a fault of ours.
struct DemoRefused: Error, CustomStringConvertible {
  let lines: [String]
  var description: String { lines.prefix(5).joined(separator: "\n") }
}
