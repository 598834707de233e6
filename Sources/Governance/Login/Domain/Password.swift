internal import CryptoExtras
import Database
internal import Dispatch
internal import Foundation
public import SteeringCore
import Synchronization

/// Too many passwords are being worked on. Nothing was found out.
struct TooManyPasswords: Error {}

/// What scrypt makes of a password, with the numbers that it was made by, so that they can be raised later.
struct KeptPassword: Hashable, Sendable {
  let text: String

  private static let rounds = 1 << 15
  private static let blockSize = 8
  private static let length = 32

  init(text: String) { self.text = text }

  /// Makes one. It takes about a tenth of a second, and 32 MB, on purpose.
  static func of(_ password: String) async throws -> KeptPassword {
    let salt = Array(Secret.fresh().text.utf8.prefix(32))
    let key = try await Kitchen.cook(password, salt, rounds)
    return KeptPassword(text: "scrypt:\(rounds):\(Fingerprint.hexadecimal(salt)):\(Fingerprint.hexadecimal(key))")
  }

  /// Whether it was made of a password. Takes as long whatever the answer.
  func fits(_ password: String) async throws -> Bool {
    let parts = text.split(separator: ":")
    guard parts.count == 4, parts[0] == "scrypt", let rounds = Int(parts[1]), let salt = Secret.bytes(parts[2]),
      let key = Secret.bytes(parts[3])
    else { return false }
    let other = try await Kitchen.cook(password, salt, rounds)
    // Every byte is compared, so that the time tells nothing.
    return other.count == key.count && zip(other, key).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// One that no password fits, for names that nobody has: it takes as long to find out.
  static let nobodys = KeptPassword(
    text: "scrypt:\(rounds):\(String(repeating: "00", count: 32)):\(String(repeating: "00", count: length))")

  /// One password at a time, off Swift's own threads; those who wait are few, so that a flood cannot make everybody
  /// wait behind it.
  private enum Kitchen {
    private static let queue = DispatchQueue(label: "styrehus.passwords")
    private static let waiting = Mutex(0)
    private static let most = 32

    static func cook(_ password: String, _ salt: [UInt8], _ rounds: Int) async throws -> [UInt8] {
      // Canonical once, so that the same letters typed on another keyboard are the same password.
      let isTaken = waiting.withLock { waiting in
        guard waiting < most else { return false }
        waiting += 1
        return true
      }
      guard isTaken else { throw TooManyPasswords() }
      defer { waiting.withLock { $0 -= 1 } }
      let bytes = Data(password.precomposedStringWithCanonicalMapping.utf8)
      return try await withCheckedThrowingContinuation { continuation in
        queue.async {
          continuation.resume(
            with: Result {
              let key = try KDF.Scrypt.deriveKey(
                from: bytes, salt: Data(salt), outputByteCount: length, rounds: rounds, blockSize: blockSize,
                parallelism: 1)
              return key.withUnsafeBytes { Array($0) }
            })
        }
      }
    }
  }
}

/// What a password must be: long, and not one that everybody tries.
public enum PasswordRules {
  /// The fewest characters.
  public static let shortest = 12
  /// The most; what is longer is refused and not cut.
  public static let longest = 200

  /// What is wrong with a password; nil where it is good. `userName` is the name that it belongs to.
  public static func fault(_ password: String, userName: String) -> Words? {
    if password.count < shortest {
      return Words(
        "Adgangskoden skal have mindst \(shortest) tegn. Fire-fem ord efter hinanden er nemme at huske.",
        en: "The password must have at least \(shortest) characters. Four or five words in a row are easy to remember.")
    }
    if password.count > longest {
      return Words(
        "Adgangskoden kan højst have \(longest) tegn.", en: "The password can have at most \(longest) characters.")
    }
    let plain = password.lowercased().filter { $0.isLetter || $0.isNumber }
    let name = userName.lowercased().filter { $0.isLetter || $0.isNumber }
    let isCommon =
      Set(plain).count < 5 || common.contains { plain.hasPrefix($0) && plain.count - $0.count < 5 }
      || (name.count > 3 && plain.contains(name)) || isRun(plain)
    return isCommon
      ? Words(
        "Adgangskoden er for nem at gætte. Vælg en, der ikke ligner et navn, en talrække eller et kendt ord.",
        en: "The password is too easy to guess. Choose one that is not like a name, a row of digits or a known word.")
      : nil
  }

  /// Whether each character follows the one before, as in 123456 or abcdef.
  private static func isRun(_ text: String) -> Bool {
    let scalars = text.unicodeScalars.map { Int($0.value) }
    let steps = zip(scalars.dropFirst(), scalars).count { [1, -1, 0].contains($0 - $1) }
    return steps * 4 > scalars.count * 3
  }

  /// Beginnings that are tried first everywhere.
  private static let common: Set<String> = [
    "password", "passw0rd", "adgangskode", "kodeord", "hemmelig", "velkommen", "welcome", "qwertyuiop", "qwerty123456",
    "1q2w3e4r5t6y", "asdfghjkl", "zxcvbnm", "iloveyou", "jegelskerdig", "danmark", "kobenhavn", "københavn", "sommer",
    "vinter", "efteraar", "efterår", "foraar", "forår", "letmein", "lukmigind", "administrator", "styrehus", "kommune",
    "changeme", "skiftmig", "football", "fodbold", "superman", "trustno1", "monkey", "dragon", "princess", "sunshine",
    "computer", "internet", "januar", "februar", "september", "oktober", "november", "december", "mandag", "fredag",
  ]
}
