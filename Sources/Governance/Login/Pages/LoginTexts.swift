import SteeringCore

/// The words of signing in.
enum LoginTexts {
  static let login = Words("Log ind", en: "Sign in")
  static let lead = Words(
    "Huset kan læses af alle. Log ind for at se dine egne krav og for at gøre noget.",
    en: "Everybody may read the house. Sign in to see your own duties and to do something.")
  static let userName = Words("Brugernavn", en: "User name")
  static let password = Words("Adgangskode", en: "Password")
  static let newPassword = Words("Ny adgangskode", en: "New password")
  static let newPasswordHint = Words(
    "Mindst \(PasswordRules.shortest) tegn. Fire-fem ord efter hinanden er nemme at huske.",
    en: "At least \(PasswordRules.shortest) characters. Four or five words in a row are easy to remember.")
  static let wrong = Words(
    "Brugernavnet eller adgangskoden passer ikke.", en: "The user name or the password does not fit.")
  static let tooMany = Words(
    "Der er prøvet for mange gange. Vent et kvarter, og prøv igen.",
    en: "Too many tries. Wait a quarter of an hour and try again.")
  static let refused = Words("Det må du ikke", en: "You may not do that")
  static let closed = Words("Adressen er ikke åbnet for nogen.", en: "The address is not open to anybody.")
  static let signInFirst = Words("Log ind først", en: "Sign in first")
  static let signInFirstHelp = Words(
    "Du er ikke logget ind, eller det er for længe siden. Intet er ændret. Log ind, og prøv igen.",
    en: "You are not signed in, or it is too long ago. Nothing was changed. Sign in and try again.")
  static let demo = Words("Prøv som en af husets folk", en: "Try as one of the people of the house")
  static let demoHelp = Words(
    "Alle her er opfundet. Vælg en rolle, og se, hvad den må.",
    en: "Everybody here is made up. Choose a role and see what it may do.")
  static let invitation = Words("Vælg en adgangskode", en: "Choose a password")
  static let invited = Words("Velkommen", en: "Welcome")
  static let orPassword = Words("Eller vælg en adgangskode", en: "Or choose a password")
  static let invitationGone = Words(
    "Linket er brugt eller for gammelt. Bed om et nyt hos den, der gav dig det.",
    en: "The link has been used or is too old. Ask for a new one from whoever gave it to you.")
  static let save = Words("Gem og log ind", en: "Save and sign in")
  static let nameTaken = Words("Navnet bruges af en anden.", en: "The name is used by somebody else.")
  static let nameMissing = Words("Skriv et brugernavn.", en: "Write a user name.")
  static let me = Words("Mig", en: "Me")
  static let duties = Words("Se mine opgaver", en: "See my duties")
  static let myPositions = Words("Mine stillinger", en: "My positions")
  static let noPosition = Words("Du har ingen stilling i dag.", en: "You hold no position today.")
  static let lent = Words("Givet videre til mig", en: "Delegated to me")
  static let logout = Words("Log ud", en: "Sign out")
  static let everywhere = Words("Log ud overalt", en: "Sign out everywhere")
  static let mine = Words("Hvad der er gemt om mig", en: "What is stored about me")
  static let mineHelp = Words(
    "Hent det hele som en fil, eller se det her.", en: "Fetch all of it as a file, or see it here.")
  static let fetch = Words("Hent som fil", en: "Fetch as a file")
  static func byProvider(_ name: Words) -> Words {
    Words("Log ind hos \(name.danish)", en: "Sign in at \(name.english)")
  }
  static let byPassword = Words("Log ind med en adgangskode herfra", en: "Sign in with a password of this house")
  static func onward(_ name: Words) -> Words { Words("Videre til \(name.danish)", en: "On to \(name.english)") }
  static let onwardLead = Words(
    "Du sendes videre nu. Sker det ikke, så brug knappen.", en: "You are being sent on. If not, use the button.")
  static let onwardOut = Words("Du er logget ud her", en: "You are signed out here")
  static let onwardOutLead = Words(
    "Nu logges du også ud, hvor du loggede ind.", en: "Now you are signed out where you signed in, too.")
  static let noProvider = Words(
    "Her logger man ind med en adgangskode fra huset.", en: "Here people sign in with a password of the house.")
  static let notSignedIn = Words("Du er ikke logget ind", en: "You are not signed in")
  static let startUnknown = Words(
    "Svaret hører ikke til et forsøg, som denne browser har begyndt inden for ti minutter. Log ind igen.",
    en: "The answer belongs to no attempt that this browser began within ten minutes. Sign in again.")

  static func told(_ refusal: ProviderRefusal, _ name: Words) -> Words {
    switch refusal.cause {
    case .provider:
      Words(
        "\(name.danish) kan ikke lukke nogen ind lige nu (\(refusal.word)). Prøv igen om lidt.",
        en: "\(name.english) cannot let anybody in at the moment (\(refusal.word)). Try again in a while.")
    case .person:
      Words("Du sagde nej hos \(name.danish). Intet er ændret.", en: "You said no at \(name.english).")
    case .answer:
      Words(
        "Svaret fra \(name.danish) kunne ikke bruges (\(refusal.word)). Log ind igen.",
        en: "The answer of \(name.english) could not be used (\(refusal.word)). Sign in again.")
    }
  }

  static func told(_ admission: ProviderDesk.Admission) -> Words {
    switch admission {
    case .gone: invitationGone
    case .other:
      Words(
        "Du er allerede kendt her som en anden end den, der blev inviteret. Spørg den, der gav dig linket.",
        en: "You are already known here as somebody else than who was invited. Ask whoever gave you the link.")
    case .welcome, .unknown, .removed:
      Words(
        "Huset kender dig ikke, og ingen af dine grupper giver en stilling her. Bed den, der passer Styrehus, om at "
          + "invitere dig.",
        en: "The house does not know you, and none of your groups gives a position here. Ask whoever looks after "
          + "Styrehus to invite you.")
    }
  }
}
