internal import Database
internal import SteeringCore

/// Whether a server may be trusted with the data, and what to do where it may not.
enum ServerFitness {
  /// Refuses a server that keeps text in another encoding, or that does not wait for its disk.
  static func check(encoding: String, fsync: String) throws {
    guard encoding == "UTF8" else {
      throw DatabaseError(
        .unavailable,
        Words(
          "Databasen gemmer tekst som \(encoding), men skal gemme den som UTF8.",
          en: "The database keeps text as \(encoding) but must keep it as UTF8."),
        remedy: Words(
          "Opret en ny database med: CREATE DATABASE styrehus ENCODING 'UTF8' TEMPLATE template0.",
          en: "Create a new database with: CREATE DATABASE styrehus ENCODING 'UTF8' TEMPLATE template0."))
    }
    guard fsync == "on" else {
      throw DatabaseError(
        .unavailable,
        Words(
          "Databaseserveren venter ikke på disken (fsync er slået fra), så ændringer kan gå tabt.",
          en: "The database server does not wait for the disk (fsync is off), so that changes could be lost."),
        remedy: Words(
          "Slå fsync til i serverens postgresql.conf, og genindlæs dens indstillinger.",
          en: "Turn fsync on in the server's postgresql.conf, and reload its settings."))
    }
  }

  /// The refusal of a server below version 13; the version as PostgreSQL counts, such as 120004.
  static func tooOld(_ version: Int32) -> DatabaseError {
    let number = "\(version / 10_000).\(version % 10_000)"
    return DatabaseError(
      .unavailable,
      Words("PostgreSQL \(number) er for gammel til Styrehus.", en: "PostgreSQL \(number) is too old for Styrehus."),
      remedy: Words("Brug version 13 eller nyere.", en: "Use version 13 or later."))
  }
}
