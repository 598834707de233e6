import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import RuleKit
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Testing

@testable import Governance

@Suite("The addresses of the steering models")
struct ModelRouteTests {
  /// Counts as a round would give them, each of its own so that no two can be mixed up.
  static let touch = ModelTouch(
    roundName: Words("Endelig opgørelse 2025, nr. 3", en: "Final closing 2025, no. 3"),
    modelID: ShippedModels.standardName,
    lights: .init(["green": 1_178, "yellow": 19, "red": 13, "none": 2]) { Address("/units").with("light", $0) },
    duties: .init(["explainSurplus": 21, "actionPlan": 32]) { Address("/units").with("duty", $0) },
    reviews: .init(["debtOverLimit": 11]) { Address("/units").with("review", $0) })

  private func get(
    _ address: Address, _ language: Language = .danish, touched: ModelTouch? = touch,
    inForce: SteeringModel = ShippedModels.standard, kept: [SteeringModel] = []
  ) async throws -> (status: HTTPResponse.Status, html: String) {
    let router = Router(context: SurfaceContext.self)
    router.add(middleware: Reception { HouseSign(municipality: "Egelund Kommune") })
    router.add(middleware: TroubleDesk())
    ModelRoutes(touched: { touched }, modelInForce: { inForce }, kept: { kept }).add(to: router)
    return try await Application(router: router).test(.router) { client in
      try await client.execute(
        uri: address.with("lang", language.rawValue).text, method: .get
      ) { ($0.status, String(buffer: $0.body)) }
    }
  }

  /// The part of a page between two marks, the first one's first place.
  private func part(_ html: String, from start: String, to end: String) throws -> Substring {
    let first = try #require(html.firstRange(of: start))
    let last = try #require(html[first.upperBound...].firstRange(of: end))
    return html[first.lowerBound..<last.lowerBound]
  }

  /// Words as they stand in the markup of a page.
  private func onPage(_ words: Words, _ language: Language) -> String {
    String(decoding: Node.words(words).rendered(in: language), as: UTF8.self)
  }

  @Test("a model that only a round still holds is shown; of two with one id the one that comes with the product")
  func kept() async throws {
    let text = try #require(ShippedModels.text(ShippedModels.standardName))
    let own = text.replacing("id: \(ShippedModels.standardName)", with: "id: egen-model")
    let model = try #require(SteeringModelFile.read(text: own, fileName: "egen.yaml").0)
    #expect(try await get("/model/egen-model", kept: [model, model]).status == .ok)
    #expect(try await get("/model/egen-model").status == .notFound)
    #expect(try await get(SteeringModelAddress.model, kept: [ShippedModels.standard]).status == .ok)
  }

  @Test("the model in force is shown in the visitor's language", arguments: Language.allCases)
  func modelInForce(_ language: Language) async throws {
    let (status, html) = try await get(SteeringModelAddress.model, language)
    let model = ShippedModels.standard
    #expect(status == .ok)
    #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
    #expect(html.contains("<h1>\(model.name(language))</h1>"))
    #expect(html.contains(onPage(model.description, language)))
    for rule in model.duties + model.reviews {
      #expect(html.contains(onPage(rule.name, language)))
      #expect(html.contains(onPage(rule.explanation, language)))
      #expect(html.contains("<dd>\(onPage(rule.condition.meaning(in: model), language))</dd>"))
    }
    for light in model.lights {
      #expect(html.contains(">\(onPage(light.condition.meaning(in: model), language))</td>"))
      #expect(html.contains(onPage(light.demand, language)))
    }
  }

  @Test("counts lead to the units behind them, and an id that was not counted has none")
  func counts() async throws {
    let html = try await get(SteeringModelAddress.model).html
    #expect(html.contains("Endelig opgørelse 2025, nr. 3"))
    #expect(html.contains("<a href=\"/units?light=green\">1.178 enheder"))
    #expect(html.contains("<a href=\"/units?light=none\">2 enheder"))
    #expect(html.contains("<a href=\"/units?duty=actionPlan\">32 enheder"))
    #expect(html.contains("<a href=\"/units?review=debtOverLimit\">11 enheder"))
    #expect(try part(html, from: "id=\"rule-planNotKept\"", to: "</li>").contains("<dd>0 enheder</dd>"))
  }

  @Test("a round that used another model gives no counts here, and before the first round there are none")
  func noCounts() async throws {
    let other = try await get(SteeringModelAddress.model("eksempelmodel-fire-indikatorer")).html
    #expect(other.contains("Endelig opgørelse 2025, nr. 3 brugte Randersmodellen 2.0, så vi har ingen antal her."))
    #expect(!other.contains("/units?"))
    #expect(other.contains("Det er ikke den model, vi bruger."))
    let before = try await get(SteeringModelAddress.model, touched: nil).html
    #expect(before.contains("Der er ingen opgørelse endnu"))
    #expect(!before.contains("/units?"))
  }

  @Test("every parameter stands with its value, rule number, source and standing, used or not")
  func parameters() async throws {
    let html = try await get(SteeringModelAddress.model).html
    let model = ShippedModels.standard
    #expect(model.parameters.count == 14)
    for parameter in model.parameters {
      let row = try part(html, from: "<tr id=\"parameter-\(parameter.id)\">", to: "</tr>")
      #expect(row.contains("<th scope=\"row\">\(parameter.name.danish)</th>"))
      #expect(row.contains("<strong>\(onPage(parameter.value.words, .danish))</strong>"))
      #expect(row.contains("\(parameter.citation.rule) · \(parameter.citation.source)"))
      #expect(row.contains("<strong>vores læsning</strong>") == (parameter.standing == .ourReading))
      let isUsed = (model.lights.map(\.condition) + (model.duties + model.reviews).map(\.condition))
        .contains { $0.parameters.contains(parameter) }
      #expect(row.contains("ingen regel endnu") != isUsed)
    }
    let red = try part(html, from: "<tr id=\"parameter-deficit.redPct\">", to: "</tr>")
    #expect(red.contains("<a href=\"#lights\">Indikatorerne</a>"))
  }

  @Test("the light exactly at a limit is the one the model gives")
  func exactlyAtTheLimit() async throws {
    let standard = try await get(SteeringModelAddress.model).html
    #expect(standard.contains("<dt>Ved 0\u{A0}kr.</dt><dd><strong>grøn</strong></dd>"))
    #expect(standard.contains("<dt>Ved -5\u{A0}%</dt><dd><strong>gul</strong></dd>"))
    let example = try await get(SteeringModelAddress.model("eksempelmodel-fire-indikatorer"), .english).html
    #expect(example.contains("<dt>At 5%</dt><dd><strong>green</strong></dd>"))
    #expect(example.contains("<dt>At -2%</dt><dd><strong>yellow</strong></dd>"))
  }

  @Test(
    "a model whose duties begin exactly at a limit is not said to be mild, also where they hang on a light",
    arguments: [
      ("when: light is red", "when: balance <= -deficit.redPct"), ("when: balance >= 0", "when: balance > 0"),
      ("when: light is red", "when: result <= 0"),
    ])
  func strictModel(_ mild: String, _ strictly: String) async throws {
    let text = SmallModel.text.replacing(mild, with: strictly)
    let (model, findings) = SteeringModelFile.read(text: text, fileName: "small.yaml")
    #expect(findings.kept.isEmpty)
    let strict = try await get(SteeringModelAddress.model, touched: nil, inForce: try #require(model))
    #expect(strict.html.contains("begynder allerede præcis på grænsen"))
    #expect(!strict.html.contains("Præcis på grænsen er ikke over den"))
    let kind = try #require(SteeringModelFile.read(text: SmallModel.text, fileName: "small.yaml").0)
    let gentle = try await get(SteeringModelAddress.model, touched: nil, inForce: kind)
    #expect(gentle.html.contains("Præcis på grænsen er ikke over den"))
    #expect(strict.html.contains("uden indikator"))
    #expect(strict.html.contains("ens i alle modeller"))
  }

  @Test("a model of the municipality's own is found by its id and offered beside the shipped ones")
  func ownModel() async throws {
    let own = try #require(SteeringModelFile.read(text: SmallModel.text, fileName: "small.yaml").0)
    let (status, html) = try await get(SteeringModelAddress.model("small-1"), touched: nil, inForce: own)
    #expect(status == .ok)
    #expect(html.contains("Det er den model, vi bruger."))
    #expect(html.contains("/model/compare?left=small-1&amp;right=randersmodellen-2.0"))
  }

  @Test(
    "an unknown model is told on a page of its own",
    arguments: [
      SteeringModelAddress.model("findes-ikke"), SteeringModelAddress.compare("findes-ikke", "randersmodellen-2.0"),
      SteeringModelAddress.compare("randersmodellen-2.0", "<b>"), SteeringModelAddress.model("%"),
    ])
  func unknownModel(_ address: Address) async throws {
    let danish = try await get(address)
    #expect(danish.status == .notFound)
    #expect(danish.html.contains("Vi har ingen styringsmodel med det navn."))
    let english = try await get(address, .english)
    #expect(english.status == .notFound)
    #expect(english.html.contains("We have no steering model of that name."))
  }

  @Test("without names the two shipped models are compared; one name alone gets the other beside it")
  func defaultComparison() async throws {
    let plain = try await get(SteeringModelAddress.compare).html
    let asked = try await get(
      SteeringModelAddress.compare("randersmodellen-2.0", "eksempelmodel-fire-indikatorer")
    ).html
    let tables = try part(plain, from: "<h2", to: "</main>")
    #expect(try part(asked, from: "<h2", to: "</main>") == tables)
    #expect(tables.contains(">Eksempelmodel med fire indikatorer</th>"))
    let right = try await get(SteeringModelAddress.compare.with("right", "randersmodellen-2.0")).html
    let columns = try part(right, from: "<thead>", to: "</thead>")
    let first = try #require(columns.firstRange(of: "Eksempelmodel med fire indikatorer"))
    let second = try #require(columns.firstRange(of: "Randersmodellen 2.0"))
    #expect(first.lowerBound < second.lowerBound)
  }

  @Test("a model is the same as itself")
  func sameModel() async throws {
    let html = try await get(SteeringModelAddress.compare("randersmodellen-2.0", "randersmodellen-2.0")).html
    #expect(html.contains("De to modeller siger det samme."))
    #expect(!html.contains("≠"))
  }

  @Test("a comparison marks exactly what was changed")
  func exactDifferences() async throws {
    let changed = SmallModel.text.replacing("id: small-1", with: "id: small-2")
      .replacing("value: 5 %", with: "value: 4 %")
      .replacing("{ da: Lav en plan, en: Make a plan }\n    when: light", with: "{ da: Nu, en: Now }\n    when: light")
      .replacing("when: balance >= 0", with: "when: balance > 0")
    let left = try #require(SteeringModelFile.read(text: SmallModel.text, fileName: "left.yaml").0)
    let right = try #require(SteeringModelFile.read(text: changed, fileName: "right.yaml").0)
    let lines = ModelCompareModel(left, right, of: [left, right]).groups.flatMap(\.lines)
    #expect(
      lines.filter(\.differs).map(\.name.danish) == ["Grøn", "Handleplan – det betyder", "Gæld", "Rød"])
    #expect(lines.filter { !$0.differs }.map(\.name.danish).contains("Handleplan"))
    let debt = try #require(lines.first { $0.name.danish == "Gæld" })
    #expect(debt.left?.danish.contains("-5 %") == true)
    #expect(debt.right?.danish.contains("-4 %") == true)
  }

  @Test("what only one of the shipped models has is said to be missing in the other", arguments: Language.allCases)
  func missing(_ language: Language) async throws {
    let html = try await get(SteeringModelAddress.compare, language).html
    let blue = try part(html, from: "<th scope=\"row\">\(language == .danish ? "Blå" : "Blue")</th>", to: "</tr>")
    #expect(blue.contains(language == .danish ? "siger intet" : "says nothing"))
    #expect(blue.contains(ModelTexts.differs(language)))
    let green = try part(html, from: "<th scope=\"row\">\(language == .danish ? "Grøn" : "Green")</th>", to: "</tr>")
    #expect(!green.contains("≠"))
  }

  @Test("the pages keep the house rules in both languages", arguments: Language.allCases)
  func houseRules(_ language: Language) throws {
    let models = ShippedModels.all
    let pages = [
      ("model-randers", ModelShowView(model: ModelShowModel(models[0], of: models, touched: Self.touch)).page),
      ("model-example", ModelShowView(model: ModelShowModel(models[1], of: models, touched: Self.touch)).page),
      ("model-shipped-compare", ModelCompareView(model: ModelCompareModel(models[0], models[1], of: models)).page),
    ]
    for (name, page) in pages {
      #expect(PageChecks.faults(of: page, in: language) == [])
      if language == .danish { try PageChecks.show(page, as: name) }
    }
  }
}
