import Foundation
import RuleKit
import SteeringCore

/// What a model command answers: lines for standard output, lines for standard error, and how it ends.
struct ModelAnswer: Equatable {
  /// Why a command fails, with the exit code of `sysexits.h`.
  enum Failure: Int32 {
    /// The file is no sound model.
    case brokenModel = 65
    /// There is no such model or file.
    case noSuchFile = 66
    /// The file is there, but cannot be read.
    case unreadable = 74
  }

  var output: [String] = []
  var messages: [String] = []
  var failure: Failure?

  static func list(_ language: Language) -> ModelAnswer {
    let width = ShippedModels.all.map(\.id.count).max() ?? 0
    return ModelAnswer(
      output: ShippedModels.all.map { model in
        model.id + String(repeating: " ", count: width - model.id.count + 2) + model.name(language)
      })
  }

  static func show(_ name: String, _ language: Language) -> ModelAnswer {
    answer(of: [name], language) { models in ModelDescription(model: models[0], language: language).lines }
  }

  static func compare(_ first: String, _ second: String, _ language: Language) -> ModelAnswer {
    answer(of: [first, second], language) { models in
      ModelComparison(first: models[0], second: models[1], language: language).lines
    }
  }

  static func check(_ path: String, _ language: Language) -> ModelAnswer {
    switch read(path) {
    case .failure(let failure): return failure.answer(path, language)
    case .success(let bytes):
      let (model, findings) = SteeringModelFile.read(bytes: bytes, fileName: path)
      let messages = findings.lines(language)
      guard let model else { return ModelAnswer(messages: messages, failure: .brokenModel) }
      let usable = Words(
        "\(path): modellen \(model.id) kan bruges (indikatorer: \(model.lights.count), krav: \(model.duties.count), "
          + "konkrete vurderinger: \(model.reviews.count), parametre: \(model.parameters.count))",
        en: "\(path): the model \(model.id) is usable (lights: \(model.lights.count), duties: \(model.duties.count), "
          + "reviews: \(model.reviews.count), parameters: \(model.parameters.count))")
      return ModelAnswer(output: [usable(language)], messages: messages)
    }
  }

  /// Finds each model, by its id among the shipped ones or as a file, and lets `lines` tell about them; otherwise
  /// says what was wrong with the first that could not be had.
  private static func answer(
    of names: [String], _ language: Language, lines: ([SteeringModel]) -> [String]
  ) -> ModelAnswer {
    var models: [SteeringModel] = []
    for name in names {
      if let shipped = ShippedModels.named(name) {
        models.append(shipped)
        continue
      }
      switch read(name) {
      case .failure(let failure): return failure.answer(name, language)
      case .success(let bytes):
        let (model, findings) = SteeringModelFile.read(bytes: bytes, fileName: name)
        guard let model else { return ModelAnswer(messages: findings.lines(language), failure: .brokenModel) }
        models.append(model)
      }
    }
    return ModelAnswer(output: lines(models))
  }

  private static func read(_ path: String) -> Result<[UInt8], Failure> {
    guard FileManager.default.fileExists(atPath: path) else { return .failure(.noSuchFile) }
    guard let data = FileManager.default.contents(atPath: path) else { return .failure(.unreadable) }
    return .success([UInt8](data))
  }
}

extension ModelAnswer.Failure: Error {
  fileprivate func answer(_ path: String, _ language: Language) -> ModelAnswer {
    let shipped = ShippedModels.all.map(\.id).joined(separator: ", ")
    let words =
      self == .noSuchFile
      ? Words(
        "\(path): der er ingen fil eller model med det navn; modeller, der følger med: \(shipped)",
        en: "\(path): there is no file or model of that name; models that come with the product: \(shipped)")
      : Words(
        "\(path): filen kan ikke læses; tjek, at det er en fil, og at du må læse den",
        en: "\(path): the file cannot be read; check that it is a file and that you may read it")
    return ModelAnswer(messages: [words(language)], failure: self)
  }
}
