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

  /// The id that a database keeps of the dataset, without making it.
  var datasetID: String {
    switch self {
    case .invented: Demo.inventedID
    case .randers: Demo.randersID
    }
  }

  /// The dataset of the product that a database holds; nil where its data are somebody's own. Throws
  /// `DatasetRefusal` for a dataset that this program does not know.
  static func held(by installation: Installation) async throws -> DemoChoice? {
    guard let held = try await installation.database.read(installation.tenant, LoadedDataset.of) else { return nil }
    guard let choice = allCases.first(where: { $0.datasetID == held.id }) else { throw DatasetRefusal.unknown(held.id) }
    return choice
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

  /// Loads the dataset where the installation holds nothing yet. One that is there already stays as it is; a load that
  /// was cut off goes on where it stopped, because a file that has been imported is not imported again. Throws
  /// `DatasetRefusal` where the installation holds anything else.
  func load(_ choice: DemoChoice) async throws {
    let (database, tenant, now) = (installation.database, installation.tenant, Installation.now)
    let held = try await database.write(tenant) { try LoadedDataset.begin(choice.datasetID, $0, at: now()) }
    // A dataset of an earlier version has no people yet.
    if held.isWhole { return try await addPeople() }
    let dataset = try choice.dataset()
    say(Words("Indlæser \(dataset.name.danish) …", en: "Loading \(dataset.name.english) …"))
    for file in dataset.files where file.kind == .organisation { try await add(organisation: file, choice) }
    let order: [DemoFile.Kind] = [.accounts, .budget, .plans, .ledger]
    for kind in order {
      for file in dataset.files where file.kind == kind { try await add(file) }
    }
    let keeper = RoundKeeper(database: database, tenant: tenant, needs: .live, now: now)
    for year in dataset.years {
      _ = try await keeper.make(year, .final, modelText: ShippedModels.text(ShippedModels.standardName) ?? "")
    }
    try await addPeople()
    try await database.write(tenant) { try LoadedDataset.end(choice.datasetID, $0, at: now()) }
  }

  private func addPeople() async throws {
    let day = Installation.today()
    let tree = try await installation.database.read(installation.tenant) { try OrganisationStore($0).tree(on: day) }
    try await DemoPeople.add(to: installation, tree, now: Installation.now())
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
