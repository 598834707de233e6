import ArgumentParser
import Database
import Ledger
import SteeringCore
import SurfaceKit

/// One import from the command line: opens file and database, imports or only looks, and tells what came of it.
struct ImportRun {
  let kind: FileKind
  let options: ImportOptions
  let year: FiscalYear?
  var overlap = OverlapChoice.stop

  private var terminal: Terminal { .current }

  /// Runs it. Throws `ExitCode` after telling why.
  func run() async throws {
    do {
      let needs = ImportNeeds.current
      let source = try FileSource(options.file)
      let request = ImportRequest(
        profile: try profile(needs), year: year, fileName: options.file, source: source, overlap: overlap)
      try await needs.lending(options.database) { try await carryOut(request, $0, needs.now) }
    } catch let refusal as ImportRefusal {
      for line in refusal.lines { terminal.say(line) }
      throw ExitCode(refusal.status.rawValue)
    } catch let fault as FileFault {
      throw end(.of(fault), ImportCommandTexts.told(fault))
    } catch let reused as CommandReused {
      throw end(.badInput, reused.onTheCommandLine)
    } catch let error as DatabaseError {
      throw end(.of(error), Words(error.text(.danish), en: error.text(.english)))
    } catch let fault as TerminalFault {
      throw end(.ioFailed, ImportCommandTexts.unwritable(fault))
    }
  }

  private func end(_ status: ExitStatus, _ words: Words) -> ExitCode {
    terminal.say(words)
    return ExitCode(status.rawValue)
  }

  private func profile(_ needs: ImportNeeds) throws -> ImportProfile {
    let name = options.profile ?? kind.rawValue
    switch try needs.profile(name) {
    case .found(let profile) where profile.kind == kind: return profile
    case .found(let profile):
      throw ImportRefusal(.usage, ImportCommandTexts.wrongKind(name, profile.kind, wanted: kind), terminal)
    case .broken(let findings): throw ImportRefusal(status: .badInput, lines: findings.lines(terminal.language))
    case .missing: throw ImportRefusal(.noInput, ImportCommandTexts.noProfile(name), terminal)
    }
  }

  private func carryOut(
    _ request: ImportRequest, _ opened: ImportNeeds.Opened, _ now: @escaping @Sendable () -> Int64
  ) async throws {
    let importer = Importer(database: opened.database, tenant: opened.tenant, now: now)
    let progress = ImportProgress(of: request.source.size, file: options.file, terminal: terminal)
    defer { progress.end() }
    if options.dryRun {
      let preview = try await importer.preview(request) { progress.reached($0) }
      progress.end()
      try tell(preview)
    } else {
      let outcome = try await options.named.commandKey().insisting { key in
        progress.end()
        terminal.say(key.tryingAgain)
      } _: { key in
        try await importer.run(request, key: key) { progress.reached($0) }
      }
      progress.end()
      try await tell(outcome, opened)
    }
  }

  private func tell(_ preview: FilePreview) throws {
    for line in preview.findings.lines(terminal.language) { terminal.say(line) }
    let text = PreviewText(preview: preview, file: options.file, language: terminal.language)
    try terminal.write(Array((text.lines.joined(separator: "\n") + "\n").utf8))
    if !preview.isUsable { throw ImportRefusal(status: .badInput, lines: []) }
  }

  private func tell(_ outcome: ImportOutcome, _ opened: ImportNeeds.Opened) async throws {
    switch outcome {
    case .imported(let file, let remarks):
      for line in remarks.lines(terminal.language) { terminal.say(line) }
      // The file is stored, and is said to be, also where the database cannot tell any longer what it replaces.
      let replaced = try? await opened.database.read(opened.tenant) { try ImportStore($0).replaced(by: file.id) }
      try terminal.print(ImportCommandTexts.imported(file, replaced ?? []))
    case .already(let file): try terminal.print(ImportCommandTexts.already(options.file, file))
    case .refused(let findings):
      throw ImportRefusal(status: .badInput, lines: findings.lines(terminal.language) + nothingStored)
    case .overlaps(_, let remarks):
      let choose = ImportCommandTexts.chooseOverlap(terminal.language)
      throw ImportRefusal(
        status: .badInput, lines: remarks.lines(terminal.language) + [choose] + nothingStored)
    }
  }

  private var nothingStored: [String] { [ImportCommandTexts.nothingStored(options.file)(terminal.language)] }
}

/// Why nothing was imported: what to say, and the exit code.
struct ImportRefusal: Error {
  let status: ExitStatus
  let lines: [String]

  init(status: ExitStatus, lines: [String]) {
    self.status = status
    self.lines = lines
  }

  init(_ status: ExitStatus, _ words: Words, _ terminal: Terminal) {
    self.init(status: status, lines: [words(terminal.language)])
  }
}

extension ExitStatus {
  fileprivate static func of(_ fault: FileFault) -> ExitStatus {
    if case .missing = fault { .noInput } else { .ioFailed }
  }

  /// How a command ends that the database refused.
  static func of(_ error: DatabaseError) -> ExitStatus {
    switch error.kind {
    case .busy, .locked, .unavailable: .unavailable
    default: .ioFailed
    }
  }
}
