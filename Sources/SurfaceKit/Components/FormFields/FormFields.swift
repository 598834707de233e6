public import SteeringCore

/// What all fields have in common: a name, a label, perhaps a hint, and an error when what was sent could not be
/// used. The id of a field is its name, so that an error summary can link to it.
public struct FieldFrame: Sendable {
  let name: String
  let label: Words
  let hint: Words?
  let error: Words?

  /// A field's name when sent (also its id), its label, a hint under the label and what is wrong.
  public init(_ name: String, _ label: Words, hint: Words? = nil, error: Words? = nil) {
    self.name = name
    self.label = label
    self.hint = hint
    self.error = error
  }

  /// The ids of the hint and the error, for the field to point at.
  var descriptions: String {
    [hint == nil ? nil : name + "-hint", error == nil ? nil : name + "-error"].compactMap { $0 }
      .joined(separator: " ")
  }

  var attributes: [Attribute] {
    [
      .id(name), .name(name), .ariaInvalid(error != nil),
      .ariaDescribedby(descriptions).when(!descriptions.isEmpty),
    ]
  }

  @HTML var remarks: [Node] {
    if let hint {
      p(.class("hint"), .id(name + "-hint")) { hint }
    }
    if let error {
      p(.class("field-error"), .id(name + "-error")) {
        span(.class("unseen")) { Words("Fejl: ", en: "Error: ") }
        error
      }
    }
  }

  func around(_ field: Node) -> Node {
    div(.class(error == nil ? "field" : "field has-error")) {
      SurfaceKit.label(.for(name)) { label }
      remarks
      field
    }
  }
}

/// A line to write in.
public struct TextField: Component {
  private let frame: FieldFrame
  private let value: String
  private let kind: String
  private let isNumber: Bool
  private let fills: String

  /// A field with what was written in it before. `kind` is the input's type, such as `search`; `fills` says what a
  /// browser may fill it with by itself, such as `username`.
  public init(
    _ frame: FieldFrame, value: String = "", kind: String = "text", isNumber: Bool = false, fills: String = "off"
  ) {
    self.fills = fills
    self.frame = frame
    self.value = value
    self.kind = kind
    self.isNumber = isNumber
  }

  /// The markup.
  public var body: [Node] {
    frame.around(
      .element(
        Element(
          "input",
          frame.attributes + [
            .type(kind), .value(value), .autocomplete(fills), .inputmode("numeric").when(isNumber),
          ], [], isVoid: true)))
  }
}

/// One choice of several.
public struct Choice: Sendable {
  let value: String
  let label: Words
  let hint: Words?

  /// A choice: the value that is sent, its label, and what it means.
  public init(_ value: String, _ label: Words, hint: Words? = nil) {
    self.value = value
    self.label = label
    self.hint = hint
  }
}

/// A list to choose one from.
public struct SelectField: Component {
  private let frame: FieldFrame
  private let choices: [Choice]
  private let selected: String?

  /// A list with the chosen one, by value.
  public init(_ frame: FieldFrame, choices: [Choice], selected: String? = nil) {
    self.frame = frame
    self.choices = choices
    self.selected = selected
  }

  /// The markup.
  public var body: [Node] {
    frame.around(
      .element(
        Element(
          "select", frame.attributes,
          choices.map { choice in
            option(.value(choice.value), .selected(choice.value == selected)) { choice.label }
          })))
  }
}

/// A few choices, all in sight.
public struct RadioField: Component {
  private let frame: FieldFrame
  private let choices: [Choice]
  private let selected: String?

  /// The choices with the chosen one, by value. The frame's label is the question.
  public init(_ frame: FieldFrame, choices: [Choice], selected: String? = nil) {
    self.frame = frame
    self.choices = choices
    self.selected = selected
  }

  /// The markup.
  public var body: [Node] {
    fieldset(
      .class(frame.error == nil ? "field" : "field has-error"),
      .ariaDescribedby(frame.descriptions).when(!frame.descriptions.isEmpty)
    ) {
      legend { frame.label }
      frame.remarks
      for (index, choice) in choices.enumerated() {
        let id = index == 0 ? frame.name : frame.name + "-" + choice.value
        div(.class("choice")) {
          input(
            .type("radio"), .id(id), .name(frame.name), .value(choice.value), .checked(choice.value == selected),
            .ariaDescribedby(id + "-meaning").when(choice.hint != nil))
          label(.for(id)) { choice.label }
          if let hint = choice.hint {
            p(.class("hint"), .id(id + "-meaning")) { hint }
          }
        }
      }
    }
  }
}

/// Several lines to write in.
public struct TextAreaField: Component {
  private let frame: FieldFrame
  private let value: String
  private let lines: Int

  /// A field with what was written in it before, so many lines high.
  public init(_ frame: FieldFrame, value: String = "", lines: Int = 3) {
    self.frame = frame
    self.value = value
    self.lines = lines
  }

  /// The markup.
  public var body: [Node] {
    frame.around(.element(Element("textarea", frame.attributes + [.rows(lines)], [.text(value)])))
  }
}

/// Something to say yes to.
public struct CheckField: Component {
  private let frame: FieldFrame
  private let isChecked: Bool

  /// A box with its label behind it; it sends `yes` where it is ticked.
  public init(_ frame: FieldFrame, isChecked: Bool = false) {
    self.frame = frame
    self.isChecked = isChecked
  }

  /// The markup.
  public var body: [Node] {
    div(.class(frame.error == nil ? "field" : "field has-error")) {
      div(.class("choice")) {
        .element(
          Element(
            "input", frame.attributes + [.type("checkbox"), .value("yes"), .checked(isChecked)], [], isVoid: true))
        label(.for(frame.name)) { frame.label }
      }
      frame.remarks
    }
  }
}

/// A file to send.
public struct FileField: Component {
  private let frame: FieldFrame
  private let endings: String

  /// A file with one of these endings, separated by comma: `.csv,.txt`.
  public init(_ frame: FieldFrame, endings: String) {
    self.frame = frame
    self.endings = endings
  }

  /// The markup.
  public var body: [Node] {
    frame.around(
      .element(Element("input", frame.attributes + [.type("file"), .accept(endings)], [], isVoid: true)))
  }
}

/// A value that follows the form unseen: a token, a choice made on the page before.
public struct HiddenField: Component {
  private let name: String
  private let value: String

  /// An unseen value.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// The markup.
  public var body: [Node] { input(.type("hidden"), .name(name), .value(value)) }
}

/// The button that sends a form.
public struct SubmitButton: Component {
  private let label: Words
  private let isQuiet: Bool

  /// A button; a quiet one is not the page's main act.
  public init(_ label: Words, isQuiet: Bool = false) {
    self.label = label
    self.isQuiet = isQuiet
  }

  /// The markup.
  public var body: [Node] {
    button(.type("submit"), .class("quiet").when(isQuiet)) { label }
  }
}

/// The fields together, for the gallery.
public enum FormFields {}
