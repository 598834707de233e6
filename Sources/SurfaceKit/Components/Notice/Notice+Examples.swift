import SteeringCore

extension Notice {
  /// One of each kind that is used most.
  public static var examples: [Example] {
    [
      Example("notice") {
        Notice(.empty, Words("Her er ingen enheder endnu", en: "There are no units yet")) {
          p {
            a(.href("/import")) { Words("Indlæs organisationen først", en: "Load the organisation first") }
          }
        }
        Notice(.done, Words("Filen er læst ind", en: "The file has been loaded"))
        Notice(.warning, Words("Kontrolsummen mangler", en: "There is no control total"))
        Notice(.error, Words("Filen kan ikke læses", en: "The file cannot be read")) {
          p { Words("Intet er ændret.", en: "Nothing has been changed.") }
        }
      }
    ]
  }
}
