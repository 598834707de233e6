public import SurfaceKit
import SteeringCore

/// The page that meets whoever comes to an installation of several municipalities without saying to which.
public enum MunicipalityChoice {
  /// The page. Only those that are reached by a prefix can be led to from here.
  public static func page(_ directory: MunicipalityDirectory) -> Page {
    Page(
      title: Words("Vælg kommune", en: "Choose a municipality"),
      lead: Words(
        "Her styrer flere kommuner sig selv, hver med sine egne data.",
        en: "Several municipalities steer themselves here, each with its own data."), section: nil
    ) {
      if directory.prefixed.isEmpty {
        p {
          Words(
            "Brug den adresse, som din kommune har givet dig.",
            en: "Use the address that your municipality has given you.")
        }
      } else {
        ul {
          for municipality in directory.prefixed {
            li { a(.href(Address("/").appending(municipality.prefix))) { municipality.name } }
          }
        }
      }
    }
  }
}
