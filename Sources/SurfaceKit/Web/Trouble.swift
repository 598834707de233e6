public import Hummingbird
public import HTTPTypes
import Logging
public import SteeringCore

/// The status of an answer.
public typealias AnswerStatus = HTTPResponse.Status

/// Something a visitor must be told on a page of its own: what happened, what was kept, what to do.
public struct Trouble: Error, Sendable {
  /// The status of the answer.
  public let status: HTTPResponse.Status
  /// The heading.
  public let title: Words
  /// What happened and what to do.
  public let text: Words

  /// Trouble to tell about.
  public init(_ status: HTTPResponse.Status, _ title: Words, _ text: Words) {
    self.status = status
    self.title = title
    self.text = text
  }

  /// There is no such page, unit or round.
  public static func notFound(_ what: Words) -> Trouble {
    Trouble(
      .notFound, Words("Siden findes ikke", en: "There is no such page"),
      Words(
        "\(what.danish) Gå til huset, eller brug menuen foroven.",
        en: "\(what.english) Go to the house, or use the menu above."
      ))
  }

  /// A form that does not come from one of our pages, or is too old.
  public static let foreignForm = Trouble(
    .forbidden, Words("Formularen kunne ikke bruges", en: "The form could not be used"),
    Words(
      "Den kom ikke fra en af vores egne sider, eller browseren har glemt den. Intet er ændret. Åbn siden igen, "
        + "og send formularen derfra.",
      en:
        "It did not come from one of our own pages, or the browser has forgotten it. Nothing has changed. Open "
        + "the page again and send the form from there."))

  var page: Page {
    Page(title: title, section: nil) {
      p { text }
      p { a(.href("/")) { Words("Til huset", en: "To the house") } }
    }
  }
}

/// Turns every error into a page in the visitor's language. What is not told on purpose becomes a number that the
/// log has too; raw error text is never shown.
public struct TroubleDesk: RouterMiddleware {
  /// The middleware.
  public init() {}

  /// Lets the request through and catches what it throws.
  public func handle(
    _ request: Request, context: SurfaceContext, next: (Request, SurfaceContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let trouble as Trouble {
      return trouble.page.response(request, context, status: trouble.status)
    } catch let fault as FormBody.Fault {
      return Self.answer(fault).page.response(request, context, status: Self.answer(fault).status)
    } catch let error as HTTPError {
      return Self.answer(error).page.response(request, context, status: error.status)
    } catch {
      context.logger.error("request failed", metadata: ["request": "\(context.id)", "error": "\(error)"])
      let trouble = Trouble(
        .internalServerError, Words("Noget gik galt hos os", en: "Something went wrong on our side"),
        request.method == .get || request.method == .head
          ? Words(
            "Prøv igen; bliver det ved, så giv os nummeret \(context.id).",
            en: "Try again; if it goes on, tell us the number \(context.id).")
          : Words(
            "Se efter, om det, du bad om, er sket, før du prøver igen. Bliver det ved, så giv os nummeret "
              + "\(context.id).",
            en: "See whether what you asked for has happened before you try again. If it goes on, tell us the number "
              + "\(context.id)."))
      return trouble.page.response(request, context, status: trouble.status)
    }
  }

  private static func answer(_ fault: FormBody.Fault) -> Trouble {
    switch fault {
    case .tooLarge(let limit):
      let size = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit >> 10) kB"
      return Trouble(
        .contentTooLarge, Words("Filen er for stor til siden", en: "The file is too large for the page"),
        Words(
          "Siden tager højst \(size). Intet er indlæst. Brug kommandolinjen, som ingen grænse har: styrehus import.",
          en: "The page takes at most \(size). Nothing was imported. Use the command line, which has no limit: "
            + "styrehus import."))
    case .tooSlow:
      return Trouble(
        .requestTimeout, Words("Formularen kom ikke frem", en: "The form did not arrive"),
        Words(
          "Forbindelsen var for langsom. Intet er ændret. Prøv igen.",
          en: "The connection was too slow. Nothing has changed. Try again."))
    case .malformed:
      return Trouble(
        .badRequest, Words("Formularen kunne ikke læses", en: "The form could not be read"),
        Words(
          "Intet er ændret. Åbn siden igen, og prøv igen.", en: "Nothing has changed. Open the page again and retry."))
    }
  }

  private static func answer(_ error: HTTPError) -> Trouble {
    if error.status == .notFound {
      return .notFound(Words("Vi har ingen side på den adresse.", en: "We have no page at that address."))
    }
    return Trouble(
      error.status, Words("Det kunne ikke lade sig gøre", en: "That could not be done"),
      Words("Intet er ændret. Gå tilbage, og prøv igen.", en: "Nothing has changed. Go back and try again."))
  }
}

extension SurfaceContext {
  /// A part that a page can stand without: nil, and a line in the log, where it cannot be made. What is told to the
  /// visitor, and what ends with the request, goes on.
  public func partOfPage<Part>(_ name: String, _ make: () async throws -> Part?) async throws -> Part? {
    do {
      return try await make()
    } catch let error where !(error is Trouble) && !(error is CancellationError) {
      logger.error("a page stands without a part", metadata: ["part": "\(name)", "error": "\(error)"])
      return nil
    }
  }
}
