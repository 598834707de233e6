import SteeringCore

extension MoneyLadder {
  /// A year that ends a little in deficit.
  public static var examples: [Example] {
    [
      Example("money-ladder") {
        MoneyLadder(
          id: "ladder", caption: Words("Fra budget til saldo", en: "From budget to balance"),
          steps: [
            Step(.start, Words("Budget", en: "Budget"), Money(kroner: 8_400_000), why: "/units/1004#why-budget"),
            Step(.minus, Words("Forbrug", en: "Spent"), Money(kroner: 8_512_700), why: "/units/1004#why-spent"),
            Step(
              .sum, Words("Årets resultat", en: "Result of the year"), Money(kroner: -112_700), isToldInWords: true),
            Step(
              .plus, Words("Overført fra tidligere år", en: "Carried in"), Money(kroner: -38_500),
              isToldInWords: true),
            Step(.sum, Words("Saldo", en: "Balance"), Money(kroner: -151_200), isToldInWords: true),
          ])
      }
    ]
  }
}
