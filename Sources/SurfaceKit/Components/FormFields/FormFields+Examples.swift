import SteeringCore

extension FormFields {
  /// Every kind of field, one of them with an error.
  public static var examples: [Example] {
    [
      Example("form-fields") {
        form(.method("post"), .action("/import"), .multipart, .novalidate) {
          HiddenField("token", "3f9a")
          TextField(
            FieldFrame(
              "year", Words("Regnskabsår", en: "Fiscal year"), hint: Words("For eksempel 2025", en: "Such as 2025"),
              error: Words("Skriv et årstal med fire cifre", en: "Write a year of four digits")),
            value: "20x5", isNumber: true)
          SelectField(
            FieldFrame("profile", Words("Filens form", en: "The form of the file")),
            choices: [
              Choice("native", Words("Styrehus' egen", en: "Styrehus' own")),
              Choice("other", Words("En anden", en: "Another")),
            ], selected: "native")
          RadioField(
            FieldFrame("kind", Words("Hvad er det for en opgørelse?", en: "What kind of round is it?")),
            choices: [
              Choice(
                "preliminary", Words("Foreløbig", en: "Preliminary"),
                hint: Words("Kan laves igen", en: "Can be made again")),
              Choice("final", Words("Endelig", en: "Final")),
            ], selected: "preliminary")
          TextAreaField(
            FieldFrame("attention", Words("Hvad skal andre vide?", en: "What should others know?")),
            value: "En barsel fra maj")
          CheckField(FieldFrame("sure", Words("Ja, beløbet er rigtigt", en: "Yes, the amount is right")))
          FileField(
            FieldFrame("file", Words("Fil", en: "File"), hint: Words("En CSV-fil", en: "A CSV file")),
            endings: ".csv")
          SubmitButton(Words("Læs filen", en: "Read the file"))
        }
      }
    ]
  }
}
