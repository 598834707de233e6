import SteeringCore

/// The words for what is stored about a person, field by field.
enum StoredTexts {
  private static let names: [String: Words] = [
    "person": Words("Person", en: "Person"), "positions": Words("Stillinger", en: "Positions"),
    "delegations": Words("Givet videre til mig", en: "Delegated to me"), "account": Words("Konto", en: "Account"),
    "identities": Words("Kendt hos en loginudbyder", en: "Known to an identity provider"),
    "issuer": Words("Udbyder", en: "Provider"), "subject": Words("Kendt som", en: "Known as"),
    "linked_at": Words("Siden", en: "Since"),
    "invitations": Words("Invitationer", en: "Invitations"), "used_at": Words("Brugt", en: "Used"),
    "expires_at": Words("Udløber", en: "Expires"), "withdrawn_on": Words("Taget tilbage", en: "Withdrawn"),
    "told by the provider": Words("Fortalt af loginudbyderen", en: "Told by the identity provider"),
    "id_token": Words("Bevis", en: "Token"), "reason": Words("Begrundelse", en: "Reason"),
    "sessions": Words("Gange, jeg har logget ind", en: "Times I have signed in"),
    "trail": Words("Revisionssporet", en: "The audit trail"), "person_name": Words("Navn", en: "Name"),
    "email": Words("E-mail", en: "E-mail"), "kind": Words("Slags", en: "Kind"), "place": Words("Hvor", en: "Where"),
    "valid_from": Words("Fra", en: "From"), "valid_through": Words("Til", en: "Through"),
    "decisions": Words("Beslutninger", en: "Decisions"), "user_name": Words("Brugernavn", en: "User name"),
    "changed_at": Words("Ændret", en: "Changed"), "way": Words("Måde", en: "Way"),
    "started_at": Words("Logget ind", en: "Signed in"), "seen_at": Words("Sidst set", en: "Last seen"),
    "ended_at": Words("Logget ud", en: "Signed out"), "number": Words("Post", en: "Entry"),
    "at": Words("Hvornår", en: "When"), "action": Words("Handling", en: "Act"), "object": Words("Ved", en: "To"),
    "before": Words("Før", en: "Before"), "after": Words("Efter", en: "After"),
    "request": Words("Forespørgsel", en: "Request"),
  ]

  /// What a group or a field is called.
  static func name(_ field: String) -> Words { names[field] ?? Words(same: field) }

  /// A value as people read it: times in UTC, kinds of positions by name.
  static func value(_ field: String, _ value: String) -> Words {
    switch field {
    case "changed_at", "used_at", "expires_at", "linked_at", "started_at", "seen_at", "ended_at":
      time(value, perSecond: 1)
    case "at": time(value, perSecond: 1_000)
    case "kind": PositionKind(rawValue: value)?.name ?? Words(same: value)
    default: Words(same: value)
    }
  }

  private static func time(_ value: String, perSecond: Int64) -> Words {
    guard let number = Int64(value) else { return Words(same: value) }
    return Words(same: UniversalTime.text(number / perSecond))
  }
}
