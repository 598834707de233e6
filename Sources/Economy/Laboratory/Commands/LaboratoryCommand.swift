public import ArgumentParser
import Database
import RuleKit
import SteeringCore
import SurfaceKit

/// `styrehus laboratory`: many limits on the closed years at once, as a table for a spreadsheet.
public struct LaboratoryCommand: AsyncParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "laboratory", abstract: "Try other limits on the closed years; prints CSV, changes nothing.",
    discussion: "Every combination of the values is tried, such as --vary deficit.redPct=3,4,5 --vary surplus.…=4,5.")

  @OptionGroup var database: DatabaseOptions
  @Option(help: ArgumentHelp("The steering model.", valueName: "NAME|FILE")) var model = "randersmodellen-2.0"
  @Option(help: ArgumentHelp("A number of the model and the values to try.", valueName: "ID=VALUE,VALUE"))
  var vary: [String] = []
  @Option(help: "The budget that percentages are taken of: adjusted or original; the model's own without.")
  var base: String?

  private static let mostModels = 100_000

  /// An empty command, to be parsed.
  public init() {}

  /// Prints a line for each combination and year.
  public func run() async throws {
    let terminal = Terminal.current
    let text = try ClosingNeeds.current.modelText(model, terminal)
    guard let model = ClosingNeeds.current.readModel(text) else { throw ExitCode(ExitStatus.badInput.rawValue) }
    let ranges = try vary.map { try Self.range($0, model, terminal) }
    let budget = try base.map { text in
      if let base = BudgetBase(rawValue: text) { return base }
      terminal.say(
        Words("»--base« skal være adjusted eller original", en: "'--base' must be adjusted or original"))
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let models = ranges.reduce(1) { $0.multipliedReportingOverflow(by: $1.values.count).partialValue }
    guard (1...Self.mostModels).contains(models), Set(ranges.map(\.parameter.id)).count == ranges.count else {
      terminal.say(
        Words(
          "nævn hvert tal én gang, og højst \(Self.mostModels) sammensætninger",
          en: "name each number once, and at most \(Self.mostModels) combinations"))
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let past: PastYears
    do {
      past = try await ImportNeeds.current.lending(database) { opened in
        try await opened.database.read(opened.tenant) { try PastYears($0) }
      }
    } catch let error as DatabaseError {
      terminal.say(error.text(terminal.language))
      throw ExitCode(ExitStatus.of(error).rawValue)
    }
    let years = past.years.map { (year: $0.round.id.year, units: $0.units) }
    var table = LimitTable(model, ranges)
    for values in LimitRange.combinations(ranges) {
      table.add(values, Trial(model.varied(by: ModelVariation(values: values, base: budget)), on: years))
    }
    try terminal.write(table.bytes)
  }

  private static func range(_ text: String, _ model: SteeringModel, _ terminal: Terminal) throws -> LimitRange {
    do throws(LimitRange.Fault) {
      return try LimitRange(text, in: model)
    } catch {
      throw refuse(error, text, model, terminal)
    }
  }

  private static func refuse(
    _ fault: LimitRange.Fault, _ text: String, _ model: SteeringModel, _ terminal: Terminal
  ) -> ExitCode {
    switch fault {
    case .form:
      terminal.say(
        Words("»\(text)«: skriv som deficit.redPct=3,4,5", en: "'\(text)': write it as deficit.redPct=3,4,5"))
    case .unknown(let id, let known):
      let all = known.joined(separator: ", ")
      terminal.say(
        Words(
          "ingen regel spørger om »\(id)«; modellen har \(all)",
          en: "no rule asks for '\(id)'; the model has \(all)"))
    case .value(let value, let parameter):
      let wanted = LaboratoryTexts.wanted(parameter, in: model)
      terminal.say(
        Words("»\(value)«: \(wanted.danish)", en: "'\(value)': \(wanted.english)"))
    }
    return ExitCode(ExitStatus.usage.rawValue)
  }
}

/// What many trials came to, a line for each and each year.
private struct LimitTable {
  private var table = CSVText()
  private let ranges: [LimitRange]
  private let lights: [String]
  private let duties: [String]
  private let reviews: [String]

  init(_ model: SteeringModel, _ ranges: [LimitRange]) {
    self.ranges = ranges
    lights = model.lights.map(\.id) + [SteeringModel.noLight]
    duties = model.duties.map(\.id)
    reviews = model.reviews.map(\.id)
    table.record(ranges.map(\.parameter.id) + ["year", "units", "changed"] + lights + duties + reviews)
  }

  mutating func add(_ values: [String: ParameterValue], _ trial: Trial) {
    for year in trial.years {
      let varied = ranges.map { values[$0.parameter.id].map(Self.text) ?? "" }
      let counts =
        lights.map { year.lights[$0]?.now ?? 0 } + duties.map { year.duties[$0]?.now ?? 0 }
        + reviews.map { year.reviews[$0]?.now ?? 0 }
      table.record(varied + ["\(year.year)", "\(year.unitCount)", "\(year.changes.count)"] + counts.map(String.init))
    }
  }

  var bytes: [UInt8] { table.bytes }

  private static func text(_ value: ParameterValue) -> String {
    switch value {
    case .percentage(let share): String(share.text.dropLast(2))
    case .years(let count): "\(count)"
    default: ""
    }
  }
}
