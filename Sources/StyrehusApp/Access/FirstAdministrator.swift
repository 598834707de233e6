import Database
import Governance
import Organisation
import SteeringCore
import SurfaceKit

/// The first person who can let others in: a link that works once, printed where the server is started.
struct FirstAdministrator {
  let installation: Installation

  /// Prints a link for every municipality in which nobody can sign in; `place` is where the server listens.
  func invite(_ terminal: Terminal, place: String) async throws {
    let directory = try await installation.directory()
    let houses =
      directory.isUnused
      ? [(installation, "")]
      : directory.all.map { (installation.lent(to: $0.tenant), $0.prefix.isEmpty ? "" : "/" + $0.prefix) }
    for (house, prefix) in houses {
      guard let secret = try await invitation(house) else { continue }
      terminal.say(
        Words(
          "Ingen kan logge ind endnu. Den første administrator vælger adgangskode her (én gang, inden for et døgn): ",
          en: "Nobody can sign in yet. The first administrator chooses a password here (once, within a day): "))
      terminal.say(Words(same: "\(place)\(prefix)/invitation/\(secret.text)"))
    }
  }

  /// A fresh invitation for the administrator, who is made where there is none; nil where somebody can sign in.
  private func invitation(_ house: Installation) async throws -> Secret? {
    let (now, day) = (Installation.now(), Installation.today())
    let isKnown = try await house.database.read(house.tenant) { try LoginStore($0, now: now).isAnybodyKnown() }
    // The people of a dataset are signed in with a click.
    let isDataset = try await DemoChoice.held(by: house) != nil
    guard !isKnown, !isDataset else { return nil }
    let secret = Secret.fresh()
    let isInvited = try await house.database.write(house.tenant) { connection in
      // Another server may have been quicker.
      guard try !LoginStore(connection, now: now).isAnybodyKnown() else { return false }
      let people = PeopleStore(connection, now: now)
      let register = try people.register()
      let administrators = register.positions(on: day).filter { $0.kind == .administrator }
      let known = administrators.flatMap { register.holders(of: $0.id, on: day) }.first
      let person: Int64
      if let known {
        person = known.id
      } else {
        person = try people.add(name: "Administrator", email: "")
        let period = ValidPeriod(from: day)
        guard let period else { return false }
        let position = try administrators.first?.id ?? people.add(.administrator, place: "", period)
        _ = try people.appoint(person, to: position, period)
      }
      try LoginStore(connection, now: now).invite(person, secret)
      return true
    }
    return isInvited ? secret : nil
  }
}
