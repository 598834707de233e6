import Database
import SteeringCore
import SurfaceKit

/// The page of the audit trail.
struct AuditView: Sendable {
  let model: AuditModel
  let pageSize: Int

  private static let title = Words("Revisionsspor", en: "Audit trail")
  private static let lead = Words(
    "Hvem gjorde hvad, i hvilken stilling og hvornår. Ingen post kan ændres eller fjernes, uden at det ses.",
    en: "Who did what, in which position and when. No entry can be changed or taken out without it showing.")
  private static let headings: [Words] = [
    Words("Post", en: "Entry"), Words("Tid (UTC)", en: "Time (UTC)"), Words("Hvem", en: "Who"),
    Words("Stilling", en: "Position"), Words("Gjorde", en: "Did"), Words("Ved", en: "To"), Words("Før", en: "Before"),
    Words("Efter", en: "After"), Words("Begrundelse", en: "Reason"), Words("Forespørgsel", en: "Request"),
  ]

  var page: Page {
    Page(title: Self.title, lead: Self.lead, section: .audit) {
      filterForm
      if let anchor = model.anchor {
        p {
          Words("Anker, som gemmes et andet sted: ", en: "Anchor, to be kept elsewhere: ")
          code { anchor.description }
        }
      }
      if model.entries.isEmpty {
        Notice(.empty, Words("Der er ingen poster her.", en: "There are no entries here."))
      } else {
        DataTable(
          id: "trail", caption: Self.title, isCaptionShown: false, columns: Self.columns.map { .init($0) },
          rows: model.entries.prefix(pageSize).map(row), narrow: .stack)
        p(.class("acts")) {
          if model.entries.count > pageSize {
            a(.href(address.with("before", "\(model.entries[pageSize - 1].number)"))) {
              Words("Ældre poster", en: "Older entries")
            }
          }
          a(.href(address(at: "/audit.csv"))) { Words("Hent som CSV", en: "Fetch as CSV") }
        }
      }
    }
  }

  private var address: Address { address(at: "/audit") }

  private func address(at path: Address) -> Address {
    var address = path
    if !model.filter.person.isEmpty { address = address.with("person", model.filter.person) }
    if !model.filter.action.isEmpty { address = address.with("action", model.filter.action) }
    return address
  }

  private var filterForm: Node {
    form(.method("get"), .action("/audit"), .class("filters")) {
      SelectField(
        FieldFrame("action", Words("Handling", en: "Act")),
        choices: [Choice("", Words("alle", en: "all"))] + model.actions.map { Choice($0, Words(same: $0)) },
        selected: model.filter.action)
      SelectField(
        FieldFrame("person", Words("Person", en: "Person")),
        choices: [Choice("", Words("alle", en: "all"))] + model.register.people.map { Choice($0.key, $0.shownName) },
        selected: model.filter.person)
      SubmitButton(Words("Vis", en: "Show"), isQuiet: true)
    }
  }

  private static let columns: [Words] = [
    Words("Post", en: "Entry"), Words("Hvornår (UTC)", en: "When (UTC)"), Words("Hvem", en: "Who"),
    Words("Gjorde hvad", en: "Did what"), Words("Før og efter", en: "Before and after"),
  ]

  private func row(_ entry: AuditEntry) -> DataTable.Row {
    let cells = Self.cells(entry)
    let who = Int64(entry.deed.person).flatMap { model.register.person($0)?.shownName } ?? Words(same: "")
    let position = Self.positionKey(entry).flatMap { model.register.position($0) }.map { position in
      let name = PositionTexts.name(position)
      return entry.deed.position.hasSuffix(" delegated")
        ? Words("\(name.danish), efter delegation", en: "\(name.english), by delegation") : name
    }
    return DataTable.Row(
      id: "entry-\(entry.number)",
      [
        .text(cells[0]), .text(cells[1]), Self.lines([who, position ?? Words(same: cells[3])]),
        Self.lines([Words(same: cells[4]), Words(same: cells[5]), Words(same: cells[8])]),
        Self.lines([Words(same: cells[6]), Words(same: cells[7]), Words(same: cells[9])]),
      ])
  }

  /// The number of the position that somebody acted in; nil where it was none.
  private static func positionKey(_ entry: AuditEntry) -> Int64? {
    entry.deed.position.split(separator: " ").first.flatMap { Int64($0) }
  }

  /// What is not empty, a line each, the last ones quieter.
  private static func lines(_ all: [Words]) -> Node {
    div(.class("entry")) {
      for (index, line) in all.enumerated() where !line.danish.isEmpty {
        div(.class("muted").when(index > 0)) { line }
      }
    }
  }

  /// The fields of an entry, in the order of the headings.
  private static func cells(_ entry: AuditEntry) -> [String] {
    let gone = entry.isPersonalGone ? "–" : ""
    return [
      "\(entry.number)", UniversalTime.text(entry.at / 1000), entry.deed.person, entry.deed.position, entry.act.action,
      entry.act.object,
      entry.act.personal.map { $0.before + gone } ?? entry.act.before,
      entry.act.personal.map { $0.after + gone } ?? entry.act.after, entry.deed.reason, entry.deed.request,
    ]
  }

  /// The first line of the export.
  static func csvHead(_ language: Language) -> [UInt8] {
    var text = CSVText()
    text.record(headings.map { $0(language) } + rawHeadings)
    return text.bytes
  }

  /// Entries as lines of the export: as people read them, and then everything that the hash stands on.
  static func csv(_ entries: [AuditEntry]) -> [UInt8] {
    var text = CSVText()
    for entry in entries {
      let raw = [
        "\(entry.at)", entry.act.before, entry.act.after, entry.act.personal?.person ?? "", entry.personalHash,
        entry.hash,
      ]
      text.record((cells(entry) + raw).map(CSVText.text))
    }
    return text.bytes
  }

  private static let rawHeadings = ["at_ms", "before", "after", "about_person", "personal_hash", "hash"]
}
