import Database
import Ledger
import SteeringCore

// What imports leave in the audit trail.
extension Act {
  /// A file was imported; what it replaces stands with the import itself.
  static func imported(_ file: ImportedFile) -> Act {
    Act(
      "import.\(file.kind.rawValue)", object: "import \(file.id)",
      after: FieldText.text([
        "file": file.fileName, "hash": file.contentHash, "rows": "\(file.recordCount)",
        "year": file.year?.description ?? "",
      ]))
  }

  /// A file was sent to be looked at, and waits for a yes.
  static func lookedAt(_ draft: ImportDraft) -> Act {
    Act(
      "import.look", object: "draft \(draft.fileName)",
      after: FieldText.text(["kind": draft.kind.rawValue, "year": draft.year?.description ?? ""]))
  }

  /// A file that waited was let go: nobody wanted it, or its content was there already.
  static func letGo(_ fileName: String, kind: FileKind) -> Act {
    Act("import.letGo", object: "draft \(fileName)", before: FieldText.text(["kind": kind.rawValue]))
  }
}
