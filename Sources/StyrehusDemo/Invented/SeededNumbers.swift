/// Numbers that look random and are always the same: a SplitMix64 sequence whose seed is a name. Each unit and
/// year has its own name, so that a change in one line of a data file leaves the other units' figures as they are.
struct SeededNumbers {
  private var state: UInt64

  /// The sequence of a name (its FNV-1a hash is the seed).
  init(_ name: String) {
    state = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number in the range, each about equally often.
  mutating func draw(_ range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// One of the weights' places, as often as its weight says. The weights must not be negative, nor all zero.
  mutating func place(by weights: [Int64]) -> Int {
    var rest = draw(0...(weights.reduce(0, +) - 1))
    for (index, weight) in weights.enumerated() {
      if rest < weight { return index }
      rest -= weight
    }
    return weights.count - 1
  }
}

/// Parts an amount by weights so that the parts add up to it exactly. No weight may be negative; when all are zero
/// there is nothing to part by and the list is all zeros.
func parts(of total: Int64, by weights: [Int64]) -> [Int64] {
  let sum = weights.reduce(0, +)
  guard sum > 0 else { return weights.map { _ in 0 } }
  var seen: Int64 = 0
  var given: Int64 = 0
  return weights.map { weight in
    seen += weight
    let due = Int64(Int128(total) * Int128(seen) / Int128(sum))
    defer { given = due }
    return due - given
  }
}
