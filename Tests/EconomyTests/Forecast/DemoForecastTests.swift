import Database
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("Forecasts of the invented municipality's years")
struct DemoForecastTests {
  @Test("after every month they miss by less than each plain method, and the interval holds about four of five")
  func beatsThePlainMethods() async throws {
    let backtest = try await EmptyDatabase.with([]) { database in
      let installation = try await Installation(on: database)
      try await DemoLoader(installation: installation, say: { _ in }).load(.invented)
      let years = try await installation.database.read(installation.tenant) { try WholeYears.unitYears($0) }
      return ForecastBacktest(try ForecastBooks(periods: 12, years))
    }
    #expect(backtest.years.map(\.number) == [2023, 2024, 2025])
    for known in (1...11).map(Int?.some) + [nil] {
      let lines = backtest.lines.filter { $0.known == known }
      let chosen = try #require(lines.first { $0.contender == .chosen })
      #expect(chosen.count == (known == nil ? 7_007 : 637))
      for plain in lines where plain.contender != .chosen {
        #expect(chosen.meanAbsolute < plain.meanAbsolute, "\(known ?? 0) \(plain.contender)")
        #expect(chosen.median < plain.median, "\(known ?? 0) \(plain.contender)")
      }
      let coverage = try #require(chosen.coverage)
      #expect((7_500...8_600).contains(coverage), "\(known ?? 0): \(coverage)")
    }
    let all = try #require(backtest.lines.last)
    #expect([all.meanAbsolute, all.median, all.bias, all.coverage] == [66, 43, -2, 8_243], "as docs/forecast.md says")
  }
}
