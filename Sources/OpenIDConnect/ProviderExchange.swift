internal import AsyncHTTPClient
internal import FoundationEssentials
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Speaks to the provider over HTTP, with a limit on everything: time, size, and where an answer may send us.
struct ProviderExchange: Sendable {
  let settings: ProviderSettings
  let logger: Logger

  /// The longest answer, in bytes.
  static let answerLimit = 1_048_576

  /// One client for all providers, for as long as the process lives. It follows no redirect: the library's own shared
  /// client does, and would carry the client's secret along.
  private static let client = {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    // A door that is shut is told at once, instead of being tried until the time is up.
    configuration.connectionPool.retryConnectionEstablishment = false
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }()

  private static let jsonTypes: Set<String> = ["application/json", "application/jwk-set+json"]

  /// What came back, read to its end.
  struct Answer: Sendable {
    let status: Int
    let members: [String: JSONValue]
  }

  /// A document of the provider's.
  func document(at address: String) async throws(IdentityRefusal) -> [String: JSONValue] {
    let answer = try await answer(to: HTTPClientRequest(url: address), mayRefuse: false)
    return answer.members
  }

  /// What the provider gives for a form. A status of 400 or 401 comes with its reason and is the caller's to read.
  func answer(to address: String, form: [(name: String, value: String)], basic: String?) async throws(IdentityRefusal)
    -> Answer
  {
    var request = HTTPClientRequest(url: address)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    if let basic { request.headers.add(name: "Authorization", value: "Basic \(basic)") }
    request.body = .bytes(ByteBuffer(string: FormText.fields(form)))
    return try await answer(to: request, mayRefuse: true)
  }

  private func answer(to request: HTTPClientRequest, mayRefuse: Bool) async throws(IdentityRefusal) -> Answer {
    var request = request
    request.headers.add(name: "Accept", value: "application/json")
    request.headers.add(name: "User-Agent", value: "styrehus")
    let prepared = request
    let answer = try await Deadline.within(settings.timeout) { () async throws(IdentityRefusal) in
      try await read(prepared, mayRefuse: mayRefuse)
    }
    return answer
  }

  private func read(_ request: HTTPClientRequest, mayRefuse: Bool) async throws(IdentityRefusal) -> Answer {
    do {
      let response = try await Self.client.execute(request, deadline: .distantFuture)
      let status = Int(response.status.code)
      if (300..<400).contains(status) { throw IdentityRefusal.providerRedirected }
      guard status == 200 || (mayRefuse && (status == 400 || status == 401)) else {
        logger.warning("The identity provider failed", metadata: ["status": "\(status)"])
        throw IdentityRefusal.providerFailed
      }
      let type = response.headers.first(name: "Content-Type")?.split(separator: ";").first ?? ""
      guard Self.jsonTypes.contains(type.lowercased().filter { $0 != " " }) else {
        throw IdentityRefusal.providerAnswerUnreadable
      }
      let body = try await response.body.collect(upTo: Self.answerLimit)
      return Answer(status: status, members: try StrictJSON.object(body.readableBytesView))
    } catch let refusal as IdentityRefusal {
      throw refusal
    } catch is NIOTooManyBytesError {
      throw .providerAnswerTooLong
    } catch is StrictJSON.Trouble {
      throw .providerAnswerUnreadable
    } catch {
      // The kind alone: what an error of a library holds is not ours to know.
      logger.warning("The identity provider was not reached", metadata: ["error": "\(type(of: error))"])
      throw .providerUnreachable
    }
  }
}

/// An end to waiting.
enum Deadline {
  /// Does the work, or gives up after a while.
  static func within<Value: Sendable>(
    _ limit: Duration, _ work: @Sendable @escaping () async throws(IdentityRefusal) -> Value
  ) async throws(IdentityRefusal) -> Value {
    let first = await withTaskGroup(of: Result<Value, IdentityRefusal>.self) { group in
      group.addTask {
        do throws(IdentityRefusal) { return .success(try await work()) } catch { return .failure(error) }
      }
      group.addTask {
        try? await ContinuousClock().sleep(for: limit)
        return .failure(.providerTooSlow)
      }
      let first = await group.next() ?? .failure(.providerTooSlow)
      group.cancelAll()
      return first
    }
    return try first.get()
  }
}
