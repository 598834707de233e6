public import Database

/// Monthly supervision (ledelsestilsyn): each unit's leader looks at the month, says what the year comes to, and signs.
/// See docs/capabilities/supervision.md.
public enum SupervisionCapability {
  /// Its name.
  public static let name = "supervision"
  /// Its tables.
  public static var migrations: [Migration] { SupervisionMigrations.all }

  /// What a unit's leader has signed last about a year; nil where nothing is signed.
  public static let leadersForecast: ClosingReader.LeadersForecasts = { connection, unit, year in
    let months = try SupervisionStore(connection: connection).signOffs(year).filter { $0.value[unit] != nil }
    return months.max { $0.key < $1.key }.flatMap { month, signed in
      signed[unit].map { LeadersForecast(expected: $0.expected, month: month.month) }
    }
  }
}
