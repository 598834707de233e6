import Database
import Economy
import Ledger
import Organisation
import Register
import SteeringCore
import SurfaceKit

extension OrganisationImporting {
  /// The import of organisation files through the register of an installation.
  static func live(_ installation: Installation) -> OrganisationImporting {
    OrganisationImporting { request in
      let read = try OrganisationFile.read(request.source, name: request.fileName, profile: request.profile)
      return try FilePreview(
        headOf: request, recordCount: read.content?.history.units.count ?? 0, findings: read.findings)
    } run: { request, sealing in
      let read = try OrganisationFile.read(request.source, name: request.fileName, profile: request.profile)
      guard let content = read.content else { return .refused(read.findings) }
      let source = OrganisationSource(
        fileName: request.fileName, contentHash: try ContentHash.of(request.source), profile: request.profile.name,
        importedAt: Installation.now())
      return try await installation.database.write(installation.tenant) { connection in
        let outcome: Outcome =
          switch try OrganisationStore(connection).add(content, from: source) {
          case .added: .imported(rows: content.history.units.count)
          case .unchanged: .already
          }
        try sealing(connection, outcome)
        return outcome
      }
    }
  }
}

extension RegisterNeeds {
  /// The register's needs, filled.
  static let live = RegisterNeeds(
    openFile: { name in
      do {
        return .found(try FileSource(name))
      } catch FileFault.missing {
        return .missing
      } catch let fault as FileFault {
        return .refused(fault.reason)
      }
    }, contentHash: { try ContentHash.of($0) },
    profile: { name in
      switch try ClosingNeeds.live.profile(name) {
      case .found(let profile): .found(profile)
      case .broken(let findings): .broken(findings)
      case .missing: .missing
      }
    },
    database: { options in
      let installation = try await Installation.open(options.address, tenant: options.tenant)
      return (installation.database, installation.tenant)
    }, now: Installation.now, today: Installation.today)
}
