import Crypto
import Database
import Dispatch
public import Ledger
import Synchronization

/// The SHA-256 of a file, by which the same file is known again.
public enum ContentHash {
  /// The hash of a file, in hexadecimal. Throws what reading throws.
  public static func of(_ source: any ByteSource) throws -> String {
    var hash = SHA256()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { block.deallocate() }
    var offset = 0
    while true {
      let count = try source.read(into: block, at: offset)
      if count == 0 { break }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: block[0..<count]))
      offset += count
    }
    return Fingerprint.hexadecimal(hash.finalize())
  }

  static func of(_ text: String) -> String { Fingerprint.hexadecimal(SHA256.hash(data: Array(text.utf8))) }
}

/// The hash of a file that is worked out on a thread of its own, so that the file can be read meanwhile.
final class ContentHashing: Sendable {
  private let result = Mutex<Result<String, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  /// Begins.
  init(_ source: any ByteSource) {
    DispatchQueue.global().async { [self] in
      let found = Result { try ContentHash.of(source) }
      result.withLock { $0 = found }
      done.signal()
    }
  }

  /// The hash, as soon as it is there. Throws what reading throws.
  func value() throws -> String {
    done.wait()
    done.signal()
    return try result.withLock { $0 }?.get() ?? ""
  }
}
