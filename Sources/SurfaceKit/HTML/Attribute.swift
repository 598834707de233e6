public import SteeringCore

/// An attribute of an element. The name comes from the code, the value may come from anywhere: it is escaped.
/// There is no attribute for scripts or inline styles, and addresses are `Address`, which cannot hold a script.
public struct Attribute: Sendable {
  enum Value: Sendable {
    case absent
    case flag
    case text(String)
    case words(Words)
    case address(Address)
  }

  let name: StaticString
  let value: Value

  init(_ name: StaticString, _ value: Value) {
    self.name = name
    self.value = value
  }

  init(_ name: StaticString, _ text: String) { self.init(name, .text(text)) }
  init(_ name: StaticString, _ words: Words) { self.init(name, .words(words)) }
  init(flag name: StaticString, if condition: Bool) { self.init(name, condition ? .flag : .absent) }

  /// The same attribute, or none where the condition fails: `.ariaCurrent("page").when(isHere)`.
  public func when(_ condition: Bool) -> Attribute { condition ? self : Attribute(name, .absent) }
}

extension Attribute {
  /// Class names, separated by blanks.
  public static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
  /// The element's id, unique on the page.
  public static func id(_ id: String) -> Attribute { Attribute("id", id) }
  /// The language of the content where it differs from the page's.
  public static func lang(_ language: Language) -> Attribute { Attribute("lang", language.rawValue) }
  /// Hidden from everyone.
  public static let hidden = Attribute("hidden", .flag)
  /// `0`: a region that is not a control can be reached by keyboard, so that it can be scrolled.
  public static func tabindex(_ index: Int) -> Attribute { Attribute("tabindex", String(index)) }

  /// Where a link leads.
  public static func href(_ address: Address) -> Attribute { Attribute("href", .address(address)) }
  /// Where a link out of the house leads.
  public static func href(_ address: OutsideAddress) -> Attribute { Attribute("href", address.text) }
  /// Where a picture is.
  public static func src(_ address: Address) -> Attribute { Attribute("src", .address(address)) }
  /// How a link relates to this page: `next`, `prev`.
  public static func rel(_ relation: String) -> Attribute { Attribute("rel", relation) }
  /// The language of the page that the link leads to.
  public static func hreflang(_ language: Language) -> Attribute { Attribute("hreflang", language.rawValue) }
  /// The link is saved as a file instead of shown.
  public static let download = Attribute("download", .flag)
  /// The exact time behind a shown date, in ISO form.
  public static func datetime(_ iso: String) -> Attribute { Attribute("datetime", iso) }
}

// MARK: - Tables

extension Attribute {
  /// What a header cell is header for: `col`, `row`, `rowgroup`.
  public static func scope(_ scope: String) -> Attribute { Attribute("scope", scope) }
  /// How many columns a cell covers.
  public static func colspan(_ count: Int) -> Attribute { Attribute("colspan", String(count)) }
  /// The heading shown beside a cell where the table is stacked on a narrow screen.
  public static func label(_ words: Words) -> Attribute { Attribute("data-label", words) }
}

// MARK: - Forms

extension Attribute {
  /// `get` or `post`.
  public static func method(_ method: String) -> Attribute { Attribute("method", method) }
  /// Where the form is sent.
  public static func action(_ address: Address) -> Attribute { Attribute("action", .address(address)) }
  /// The form carries files.
  public static let multipart = Attribute("enctype", .text("multipart/form-data"))
  /// The browser leaves the checking to the server, which says what is wrong in plain words.
  public static let novalidate = Attribute("novalidate", .flag)
  /// The kind of input or button.
  public static func type(_ type: String) -> Attribute { Attribute("type", type) }
  /// The field's name when sent.
  public static func name(_ name: String) -> Attribute { Attribute("name", name) }
  /// The field's value.
  public static func value(_ value: String) -> Attribute { Attribute("value", value) }
  /// The id of the field that a label belongs to.
  public static func `for`(_ id: String) -> Attribute { Attribute("for", id) }
  /// Chosen, in a list.
  public static func selected(_ isSelected: Bool) -> Attribute { Attribute(flag: "selected", if: isSelected) }
  /// Chosen, among radio buttons or boxes.
  public static func checked(_ isChecked: Bool) -> Attribute { Attribute(flag: "checked", if: isChecked) }
  /// Must be filled in.
  public static func required(_ isRequired: Bool) -> Attribute { Attribute(flag: "required", if: isRequired) }
  /// How many lines a field is high.
  public static func rows(_ lines: Int) -> Attribute { Attribute("rows", String(lines)) }
  /// Which keyboard a phone shows: `numeric`, `decimal`.
  public static func inputmode(_ mode: String) -> Attribute { Attribute("inputmode", mode) }
  /// Which file endings are offered: `.csv`.
  public static func accept(_ endings: String) -> Attribute { Attribute("accept", endings) }
  /// What the browser may fill in by itself; `off` for nothing.
  public static func autocomplete(_ kind: String) -> Attribute { Attribute("autocomplete", kind) }
  /// The upper end of a progress bar.
  public static func max(_ number: Int) -> Attribute { Attribute("max", String(number)) }
  /// A part that can be opened is open from the start.
  public static func open(_ isOpen: Bool) -> Attribute { Attribute(flag: "open", if: isOpen) }
}

// MARK: - What assistive technology needs

extension Attribute {
  /// The role of the element where the tag alone does not say it.
  public static func role(_ role: String) -> Attribute { Attribute("role", role) }
  /// The accessible name.
  public static func ariaLabel(_ words: Words) -> Attribute { Attribute("aria-label", words) }
  /// The ids of the elements that name this one.
  public static func ariaLabelledby(_ ids: String) -> Attribute { Attribute("aria-labelledby", ids) }
  /// The ids of the elements that describe this one.
  public static func ariaDescribedby(_ ids: String) -> Attribute { Attribute("aria-describedby", ids) }
  /// Decoration: passed over by assistive technology.
  public static let ariaHidden = Attribute("aria-hidden", .text("true"))
  /// Where the reader is: `page`, `true`.
  public static func ariaCurrent(_ value: String) -> Attribute { Attribute("aria-current", value) }
  /// How a column is sorted: `ascending`, `descending`.
  public static func ariaSort(_ order: String) -> Attribute { Attribute("aria-sort", order) }
  /// The field holds an error.
  public static func ariaInvalid(_ isInvalid: Bool) -> Attribute {
    Attribute("aria-invalid", isInvalid ? .text("true") : .absent)
  }
}
