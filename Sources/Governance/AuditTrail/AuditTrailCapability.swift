/// Who did what: the pages, the export and the check of the audit trail. The entries themselves are written by
/// `Database`, in the transaction of what they tell. See docs/capabilities/audit-trail.md.
public enum AuditTrailCapability {
  /// Its name, as logs write it.
  public static let name = "audit-trail"
}
