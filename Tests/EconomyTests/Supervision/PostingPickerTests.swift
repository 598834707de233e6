import Testing

@testable import Economy
@testable import Ledger

@Suite("Postings that deserve a look")
struct PostingPickerTests {
  private static func posting(
    _ line: Int, _ text: String, _ ore: Int64, kind: String = "2.9"
  ) -> KnownPosting {
    KnownPosting(
      importID: 7,
      posting: StoredPosting(
        line: line, day: 3, voucher: "\(line)", function: "3.22.01", kind: kind, text: text, ore: ore))
  }

  /// Six of 1.000,00 kr. on one account.
  private static let history = (1...6).map { posting($0, "Papir", 100_000) }

  @Test("picks what is more than three times anything on the account before, and nothing smaller")
  func unusual() {
    let month = [Self.posting(10, "Papir", 300_002), Self.posting(11, "Papir", 300_003)]
    let picks = PostingPicker().picks(month, history: Self.history)
    #expect(picks.map(\.reason) == [.unusualAmount])
    #expect(picks.map(\.key) == ["7:11"])
    #expect(PostingPicker().picks(month, history: Array(Self.history.prefix(5))).isEmpty, "five are too few")
  }

  @Test("picks a text that was always on another account")
  func otherAccount() {
    let month = [Self.posting(10, "Papir", 1, kind: "4.0"), Self.posting(11, "Papir", 1)]
    let picks = PostingPicker().picks(month, history: Self.history)
    #expect(picks.map(\.key) == ["7:10"] && picks.map(\.reason) == [.otherAccount])
  }

  @Test("picks new accounts and new texts from some amount on")
  func new() {
    let month = [
      Self.posting(10, "Kran", 499_999, kind: "4.0"), Self.posting(11, "Tag", 500_000, kind: "4.1"),
      Self.posting(12, "Leje", 250_000), Self.posting(13, "Bro", 5_000_000, kind: "2.9"),
    ]
    let picks = PostingPicker(many: 9).picks(month, history: Self.history)
    #expect(picks.map(\.key) == ["7:13", "7:11"])
    #expect(picks.map(\.reason) == [.unusualAmount, .newAccount])
    let calm = (1...6).map { Self.posting($0, "Papir", 9_000_000) }
    #expect(PostingPicker(many: 9).picks([month[3]], history: calm).map(\.reason) == [.newText])
    #expect(PostingPicker().picks(month, history: []).isEmpty, "without a history nothing is new")
  }

  @Test("picks one for several just under a limit, and none for two")
  func underLimit() {
    let near = (1...3).map { Self.posting(20 + $0, "Konsulent", 1_000_000 - Int64($0)) }
    let picks = PostingPicker().picks(near, history: [])
    #expect(picks.map(\.reason) == [.underLimit] && picks.map(\.count) == [3] && picks.map(\.key) == ["7:21"])
    #expect(PostingPicker().picks(Array(near.prefix(2)), history: []).isEmpty)
    let edges = [950_000, 949_999, 1_000_000].enumerated().map { Self.posting(30 + $0, "Konsulent", Int64($1)) }
    #expect(PostingPicker(many: 1).picks(edges, history: []).map(\.key) == ["7:30"], "from 5 % below to the øre below")
  }

  @Test("picks three at most, the weightiest first, always the same")
  func most() {
    let month = (1...9).map { Self.posting(40 + $0, "Ny \($0)", Int64($0) * 600_000, kind: "5.\($0)") }
    let picks = PostingPicker(many: 9).picks(month, history: Self.history)
    #expect(picks.map(\.key) == ["7:49", "7:48", "7:47"])
    #expect(PostingPicker(many: 9).picks(month.reversed(), history: Self.history.reversed()) == picks)
  }

  @Test("does not fall over the largest amounts")
  func extremes() {
    let month = [Self.posting(1, "Papir", .min), Self.posting(2, "Papir", .max)]
    #expect(PostingPicker().picks(month, history: Self.history).count == 2)
  }
}
