import Ledger
import SteeringCore

/// Why a posting deserves a look. None of them says that something is wrong.
enum LookReason: String, CaseIterable, Sendable {
  /// Several just under a limit that asks for more.
  case underLimit
  /// A text that has been on another account until now.
  case otherAccount
  /// Far larger than anything on the account before.
  case unusualAmount
  /// An account that the unit has not used before.
  case newAccount
  /// A text that is new to the unit, with a large amount.
  case newText
}

/// A posting that deserves a look, and why.
struct PostingLook: Hashable, Sendable {
  /// Which posting: the import's number and the line in its file.
  let key: String
  /// Why it was picked.
  let reason: LookReason
  /// The posting.
  let posting: StoredPosting
  /// How many postings the reason is about; 1 but for several under a limit.
  let count: Int
}

/// A posting with the import it is from.
struct KnownPosting: Hashable, Sendable {
  let importID: Int64
  let posting: StoredPosting

  var key: String { "\(importID):\(posting.line)" }
  var account: String { posting.function + "/" + posting.kind }
}

/// Picks the few postings of a month that a leader should look at. All amounts are compared as whole øre.
struct PostingPicker: Sendable {
  /// The most that are picked in a month.
  var most = 3
  /// Limits that ask for more, such as another quotation or another's approval, in øre.
  var limits: [Int64] = [1_000_000, 5_000_000]
  /// How far below a limit counts as just under, in percent of the limit.
  var justUnderPercent: Int64 = 5
  /// How many just under a limit are many.
  var many = 3
  /// New texts and accounts below this are no matter, in øre.
  var small: Int64 = 500_000
  /// How many postings an account must have for one of them to be unusual.
  var enough = 6

  /// The picks of a month, weightiest reason first, then by amount; `history` holds the unit's postings of earlier
  /// months. Without a history nothing is new and nothing unusual.
  func picks(_ month: [KnownPosting], history: [KnownPosting]) -> [PostingLook] {
    let past = History(history)
    var found: [PostingLook] = underLimits(month)
    var taken = Set(found.map(\.key))
    for posting in month where !history.isEmpty && !taken.contains(posting.key) {
      guard let reason = reason(posting, past) else { continue }
      taken.insert(posting.key)
      found.append(PostingLook(key: posting.key, reason: reason, posting: posting.posting, count: 1))
    }
    let order = Dictionary(uniqueKeysWithValues: LookReason.allCases.enumerated().map { ($1, $0) })
    let sorted = found.sorted { left, right in
      let (first, second) = (order[left.reason] ?? 0, order[right.reason] ?? 0)
      if first != second { return first < second }
      let (one, other) = (left.posting.ore.magnitude, right.posting.ore.magnitude)
      return one == other ? left.key < right.key : one > other
    }
    return Array(sorted.prefix(most))
  }

  private func reason(_ known: KnownPosting, _ past: History) -> LookReason? {
    let size = known.posting.ore.magnitude
    if let usual = past.accountOfText[known.posting.text], usual != known.account { return .otherAccount }
    if let account = past.accounts[known.account] {
      if account.count >= enough, size / 3 > account.largest { return .unusualAmount }
    } else if size >= UInt64(small) {
      return .newAccount
    }
    return past.texts.contains(known.posting.text) || size < UInt64(10 * small) ? nil : .newText
  }

  /// For each limit and text with many postings just under it, the largest of them.
  private func underLimits(_ month: [KnownPosting]) -> [PostingLook] {
    limits.flatMap { limit -> [PostingLook] in
      let near = month.filter { known in
        known.posting.ore < limit && known.posting.ore >= limit - limit * justUnderPercent / 100
      }
      return Dictionary(grouping: near) { $0.posting.text + "/" + $0.account }.values.compactMap { group in
        guard group.count >= many else { return nil }
        let largest = group.max { left, right in
          left.posting.ore == right.posting.ore ? left.key > right.key : left.posting.ore < right.posting.ore
        }
        return largest.map {
          PostingLook(key: $0.key, reason: .underLimit, posting: $0.posting, count: group.count)
        }
      }
    }
  }

  /// What the unit's earlier postings say.
  private struct History {
    var texts: Set<String> = []
    var accounts: [String: (count: Int, largest: UInt64)] = [:]
    /// The account of each text that has been on one alone, at least three times.
    var accountOfText: [String: String] = [:]

    init(_ postings: [KnownPosting]) {
      var seen: [String: [String: Int]] = [:]
      for known in postings {
        texts.insert(known.posting.text)
        let account = accounts[known.account] ?? (0, 0)
        accounts[known.account] = (account.count + 1, max(account.largest, known.posting.ore.magnitude))
        seen[known.posting.text, default: [:]][known.account, default: 0] += 1
      }
      for (text, accounts) in seen {
        if let only = accounts.first, accounts.count == 1, only.value >= 3 { accountOfText[text] = only.key }
      }
    }
  }
}
