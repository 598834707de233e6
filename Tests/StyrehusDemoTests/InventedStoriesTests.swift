import SteeringCore
import StyrehusDemo
import Testing

@Suite("The invented municipality's stories")
struct InventedStoriesTests {
  let years: [(year: FiscalYear, closing: NativeClosing)]

  init() throws { years = try Invented.years() }

  private func units(_ code: Substring) -> [NativeClosing.Unit] { years.compactMap { $0.closing.units[code] } }

  /// The plans on a unit that a year's file holds, as `År Art Godkendt Tilbagebetalt senest Overholdt`.
  private func plans(_ code: Substring, _ year: Int) throws -> [[Substring]] {
    NativeReader(try Invented.dataset.get().file(.plans, FiscalYear(year))).records
      .filter { $0[0] == code }.map { Array($0.dropFirst()) }
  }

  /// Whether a plan lifts the review of two negative years in a year.
  private func lifts(_ plan: [Substring], _ year: Int) -> Bool {
    guard let made = Int(plan[0]), let repaid = Int(plan[3]) else { return false }
    return plan[1] != "administrativ" && plan[2] != "" && repaid >= made + 2 && repaid >= year + 1
  }

  @Test("two negative years without an approved plan")
  func twoYearsWithoutPlan() throws {
    let school = units("1.1.17")
    #expect(school.map { $0.balance < 0 } == [false, true, true, true])
    #expect(school.allSatisfy { !$0.isRed })
    #expect(try plans("1.1.17", 2024).allSatisfy { !lifts($0, 2024) })
  }

  @Test("two negative years with an approved plan over several years")
  func twoYearsWithPlan() throws {
    let centre = units("2.1.03")
    #expect(centre.map(\.isRed) == [false, true, false, false])
    #expect(centre.map(\.isYellow) == [false, false, true, true])
    #expect(try plans("2.1.03", 2024).contains { lifts($0, 2024) && $0[4] == "ja" })
    #expect(try plans("2.1.03", 2025).contains { lifts($0, 2025) && $0[4] == "ja" })
  }

  @Test("a plan that is not kept, and an administrative one that slips and is no such case (R-112)")
  func brokenPlans() throws {
    #expect(units("2.2.06").map(\.isRed) == [false, true, true, true])
    #expect(try plans("2.2.06", 2024) == [["2023", "handleplan", "2024-04-22", "2025", "nej"]])
    #expect(try plans("1.3.01", 2024) == [["2023", "administrativ", "", "2024", "nej"]])
    #expect(units("1.3.01").map(\.isYellow) == [false, true, true, false])
  }

  @Test("a recovery that ends after three years")
  func recovery() throws {
    let home = units("4.1.04")
    #expect(home.map(\.isRed) == [true, false, false, false])
    #expect(home.map { $0.balance < 0 } == [true, true, true, false])
    for year in 2023...2025 {
      #expect(try plans("4.1.04", year) == [["2022", "genopretning", "2023-05-09", "2025", "ja"]])
    }
  }

  @Test("a unit that lives of its income and has no positive base")
  func incomeFinanced() {
    let marina = units("3.2.11")
    #expect(marina.count == 4)
    #expect(marina.allSatisfy { $0.base < 0 })
    #expect(marina.map(\.balance) == [18_420_050, -9_631_245, -4_120_710, 6_588_000])
  }

  @Test("exactly nothing, exactly five percent either way, and an øre beyond")
  func boundaries() throws {
    let end = try #require(years.last).closing
    func unit(_ code: Substring) throws -> NativeClosing.Unit { try #require(end.units[code]) }
    #expect(units("1.2.07")[2].balance == 0)
    #expect(try unit("1.2.07").balance * 20 == unit("1.2.07").base)
    #expect(try unit("1.2.60").balance * 20 == unit("1.2.60").base + 20)
    #expect(try unit("1.2.39").balance * 20 == -unit("1.2.39").base)
    #expect(try unit("1.2.40").balance * 20 == -unit("1.2.40").base - 20)
    #expect(try unit("1.2.48").balance == -1)
    #expect(try !unit("1.2.07").isOverFive && unit("1.2.60").isOverFive)
    #expect(try unit("1.2.39").isYellow && unit("1.2.40").isRed && unit("1.2.48").isYellow)
  }

  @Test("from a surplus to a large debt in one year, and a surplus that grows year by year")
  func swings() {
    let jobs = units("4.2.02")
    #expect(jobs[1].balance > 0 && jobs[2].isRed)
    let music = units("3.1.06")
    #expect(music.allSatisfy { $0.isOverFive })
    #expect(zip(music, music.dropFirst()).allSatisfy { $0.balance < $1.balance })
  }

  @Test("every unit that enters a year with a debt has a plan, and every plan belongs to such a unit (R-85)")
  func plansFollowDebts() throws {
    let dataset = try Invented.dataset.get()
    for (year, closing) in years {
      let file = NativeReader(dataset.file(.plans, year))
      #expect(file.header.joined(separator: ";") == "Aftaleenhed;År;Art;Godkendt;Tilbagebetalt senest;Overholdt")
      let indebted = closing.units.filter { $0.value.carriedIn < 0 }.keys
      #expect(Set(file.column("Aftaleenhed")) == Set(indebted), "\(year)")
      for plan in file.records {
        let (made, repaid) = (try #require(Int(plan[1])), try #require(Int(plan[4])))
        #expect(made < year.number && year.number <= repaid)
        #expect(["administrativ", "handleplan", "genopretning"].contains(plan[2]))
        #expect(plan[3] == "" || CalendarDate(iso: plan[3]) != nil)
        #expect(["ja", "nej", ""].contains(plan[5]))
      }
    }
  }

  @Test("the reviews of two negative years and of broken plans stay few")
  func reviewsStayFew() throws {
    for (year, closing) in years {
      var twice = 0
      var broken = 0
      for (code, unit) in closing.units {
        let own = try plans(code, year.number)
        if unit.carriedIn < 0, unit.balance < 0, !own.contains(where: { lifts($0, year.number) }) { twice += 1 }
        if own.contains(where: { $0[1] != "administrativ" && $0[4] == "nej" }) { broken += 1 }
      }
      #expect((1...24).contains(twice), "\(year): \(twice)")
      #expect((1...14).contains(broken), "\(year): \(broken)")
    }
  }
}
