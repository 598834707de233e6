import Database
import Governance
import Organisation
import SteeringCore

/// The invented people of a dataset: one of each kind of position, to be chosen with a click.
enum DemoPeople {
  private static let names: [(PositionKind, String)] = [
    (.unitLeader, "Lone Ellegaard"), (.serviceAreaChief, "Steen Abildtrup"), (.controller, "Karin Bøgelund"),
    (.secretariatHead, "Poul Vestermark"), (.director, "Inger Søholt"), (.chiefExecutive, "Jens Tranekær"),
    (.financeDepartment, "Mette Skovbo"), (.financeDirector, "Erik Holmgård"), (.councilSecretariat, "Anna Lindevang"),
    (.mayor, "Birthe Engdal"), (.councilMember, "Torben Klitgård"), (.committeeChair, "Hanne Rosenlund"),
    (.committeeMember, "Ole Bakkedal"), (.medRepresentative, "Susanne Fjordside"),
    (.userBoardMember, "Lars Møllehave"), (.employee, "Camilla Nørremark"), (.auditor, "Viggo Storgård"),
    (.administrator, "Rikke Dambæk"),
  ]

  /// Enters them where nobody is there yet.
  static func add(to installation: Installation, _ tree: OrganisationTree, now: Int64) async throws {
    guard let period = ValidPeriod(from: tree.date) else { return }
    // A unit with others beside it under the same chief, and its directorate.
    let unit = tree.agreementUnits.first?.code
    let chief = unit.flatMap { tree.parent(of: $0)?.code }
    let directorate = unit.flatMap { tree.directorate(of: $0)?.code }
    try await installation.database.write(installation.tenant) { connection in
      let store = PeopleStore(connection, now: now)
      guard try store.register().people.isEmpty else { return }
      for (kind, name) in names {
        let place: String =
          switch kind {
          case .unitLeader, .employee: unit?.text ?? ""
          case .serviceAreaChief: (chief ?? unit)?.text ?? ""
          default:
            switch kind.place {
            case .directorate: directorate?.text ?? ""
            case .body: "Børneudvalget"
            default: ""
            }
          }
        let person = try store.add(name: name, email: "")
        let position = try store.add(kind, place: place, period)
        _ = try store.appoint(person, to: position, period)
      }
      for (index, other) in tree.agreementUnits.dropFirst().enumerated() {
        let name =
          "\(givenNames[index % givenNames.count]) \(familyNames[index / givenNames.count % familyNames.count])"
        let person = try store.add(name: name, email: "")
        _ = try store.appoint(person, to: try store.add(.unitLeader, place: other.code.text, period), period)
      }
    }
  }

  private static let givenNames = [
    "Aase", "Bo", "Conni", "Dorte", "Esben", "Frida", "Gert", "Heidi", "Ivan", "Jytte", "Kaj", "Lise", "Mogens", "Nina",
    "Otto", "Pia", "Rasmus", "Signe", "Tage", "Ulla", "Vibeke", "Willy",
  ]
  private static let familyNames = [
    "Askholt", "Birkemose", "Dalhus", "Egelykke", "Frøslev", "Grønhøj", "Hvidtved", "Kærsgård", "Lyngbo", "Nordtoft",
    "Pilegård",
  ]
}
