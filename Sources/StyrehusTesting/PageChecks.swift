public import SteeringCore
public import SurfaceKit

import Foundation

/// The house checks that every page passes, and the gallery: every page of the tests as files to look at.
public enum PageChecks {
  /// A frame as most pages have it, in a language.
  public static func frame(_ language: Language) -> Frame {
    Frame(
      language: language, municipality: "Egelund Kommune",
      mark: Words(
        "Egelund Kommune findes ikke: alle navne og tal er opdigtede.",
        en: "Egelund does not exist: all names and figures are invented."),
      otherLanguage: language == .danish ? "?lang=en" : "?lang=da")
  }

  /// What is wrong with a page in one language, each fault in a line; empty when the page keeps the house rules:
  /// language, title, one main heading, unique ids, a label for every field, targets for links within the page,
  /// headers for tables, no script, no inline style, and a weight below 150 kB.
  public static func faults(of page: Page, in language: Language) -> [String] {
    let markup = html(of: page, in: language)
    var faults: [String] = []
    func expect(_ condition: Bool, _ fault: String) {
      if !condition { faults.append(fault) }
    }
    expect(markup.hasPrefix("<!DOCTYPE html><html lang=\"\(language.rawValue)\">"), "no doctype or language")
    expect(count("<title>", in: markup) == 1 && !markup.contains("<title> –"), "no title")
    expect(count("<h1>", in: markup) == 1, "not exactly one main heading")
    expect(count("<main ", in: markup) == 1, "not exactly one main landmark")
    expect(!markup.contains("<script") && !markup.contains(" style=") && !markup.contains("<style"), "script or style")
    expect(!markup.contains("javascript:"), "a script as an address")
    expect(markup.utf8.count < 150_000, "weighs \(markup.utf8.count) bytes")
    let ids = values(of: "id", in: markup)
    let known = Set(ids)
    expect(known.count == ids.count, "ids used twice: \(ids.filter { id in ids.count { $0 == id } > 1 })")
    for target in values(of: "href", in: markup) where target.hasPrefix("#") {
      expect(known.contains(String(target.dropFirst())), "\(target) leads nowhere")
    }
    for list in values(of: "aria-labelledby", in: markup) + values(of: "aria-describedby", in: markup) {
      for id in list.split(separator: " ") { expect(known.contains(String(id)), "\(id) describes nothing") }
    }
    faults += fieldFaults(in: markup)
    expect(count("<table", in: markup) == count("<caption", in: markup), "a table without caption")
    expect(!markup.contains("<th>"), "a header cell without scope")
    return faults
  }

  /// The page as text.
  public static func html(of page: Page, in language: Language) -> String {
    String(decoding: page.rendered(in: frame(language)), as: UTF8.self)
  }

  /// Writes the page in both languages to the folder that `STYREHUS_GALLERY` names, so that it can be looked at;
  /// nothing where the variable is not set.
  public static func show(_ page: Page, as name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["STYREHUS_GALLERY"] else { return }
    let root = URL(filePath: folder, directoryHint: .isDirectory)
    let assets = root.appending(path: "assets", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
    try Data(Stylesheet.bytes).write(to: assets.appending(path: "styrehus.css"))
    try Data(Stylesheet.iconBytes).write(to: assets.appending(path: "icon.svg"))
    for language in Language.allCases {
      let markup = html(of: page, in: language).replacing("\"/assets/", with: "\"assets/")
      try Data(markup.utf8).write(to: root.appending(path: "\(name).\(language.rawValue).html"))
    }
  }

  private static func fieldFaults(in markup: String) -> [String] {
    let labelled = Set(values(of: "for", in: markup))
    return ["input", "select", "progress"].flatMap { tag in
      markup.matches(of: try! Regex("<\(tag) [^>]*>")).compactMap { match in
        let field = String(match.output[0].substring ?? "")
        if field.contains("type=\"hidden\"") { return nil }
        let id = values(of: "id", in: field).first
        return id.map(labelled.contains) == true ? nil : "no label for \(field)"
      }
    }
  }

  private static func count(_ part: String, in text: String) -> Int { text.ranges(of: part).count }

  private static func values(of attribute: String, in markup: String) -> [String] {
    markup.matches(of: try! Regex(" \(attribute)=\"([^\"]*)\"")).compactMap { $0.output[1].substring.map(String.init) }
  }
}
