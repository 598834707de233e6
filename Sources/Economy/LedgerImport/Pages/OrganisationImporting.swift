public import Database
public import SteeringCore

/// How the page imports organisation files, which belong to another register. Whoever composes the product fills it
/// from there, in the words of this capability.
public struct OrganisationImporting: Sendable {
  /// How an import of an organisation ended.
  public enum Outcome: Sendable {
    /// It is stored, with so many rows.
    case imported(rows: Int)
    /// The register holds exactly the same already; nothing changed.
    case already
    /// Nothing is written; the findings say why.
    case refused(Findings)
  }

  /// Reads the file and stores nothing.
  public var preview: @Sendable (_ request: ImportRequest) async throws -> FilePreview
  /// Imports the file. `sealing` is called at the end of the transaction that keeps the organisation, and where that is
  /// already there; what it throws comes out, and nothing is kept.
  public var run: @Sendable (_ request: ImportRequest, _ sealing: @escaping Sealing) async throws -> Outcome

  /// What else is to be kept together with an import.
  public typealias Sealing = @Sendable (_ connection: any DatabaseConnection, _ outcome: Outcome) throws -> Void

  /// The two, filled.
  public init(
    preview: @escaping @Sendable (ImportRequest) async throws -> FilePreview,
    run: @escaping @Sendable (ImportRequest, @escaping Sealing) async throws -> Outcome
  ) {
    self.preview = preview
    self.run = run
  }
}
