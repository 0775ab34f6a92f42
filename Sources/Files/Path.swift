internal import Stories

/// The name of a file as the system knows it: any bytes but NUL, not always UTF-8.
///
/// A `String` cannot hold every name a folder may contain, so names stay bytes until they are
/// shown. Order is by bytes, the same in every locale.
package struct Path: Sendable, Hashable, Comparable, ExpressibleByStringLiteral {
  /// The name without NUL.
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    self.bytes = bytes.filter { $0 != 0 }
  }

  package init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  package init(stringLiteral text: String) {
    self.init(text)
  }

  /// Orders by bytes.
  package static func < (one: Path, other: Path) -> Bool {
    one.bytes.lexicographicallyPrecedes(other.bytes)
  }

  /// The path as text; bytes that are no UTF-8 become U+FFFD, so it cannot always be opened again.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The path as it may stand in one line of a message; the middle of a very long one is left out.
  package var shown: String {
    guard bytes.count > Self.mostShown else { return Files.shown(text) }
    let start = Path(bytes: Array(bytes.prefix(Self.mostShown / 2)))
    let end = Path(bytes: Array(bytes.suffix(Self.mostShown / 2)))
    return "\(start.shown)…\(end.shown)"
  }

  /// The longest path that is shown whole, in bytes.
  private static let mostShown = 400
}

/// Text from outside as it may stand in one line of a message.
///
/// Unsafe scalars (`SafeScalars`) become `?`, and text of more than `limit` scalars is cut.
package func shown(_ text: String, limit: Int = .max) -> String {
  var out = String.UnicodeScalarView()
  for (count, scalar) in text.unicodeScalars.enumerated() {
    guard count < limit else {
      out.append("…")
      break
    }
    out.append(SafeScalars.isUnsafe(scalar) ? "?" : scalar)
  }
  return String(out)
}

// MARK: - Parts

extension Path {
  private static let slash = UInt8(ascii: "/")

  /// Whether it begins with a slash.
  package var isAbsolute: Bool { bytes.first == Self.slash }

  /// The last component: `page.html` of `news/page.html`.
  package var name: Path {
    var end = bytes.endIndex
    while end > 1, bytes[end - 1] == Self.slash { end -= 1 }
    let start = bytes[..<end].lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
    return start < end ? Path(bytes: Array(bytes[start..<end])) : self
  }

  /// The folder the file stands in: `.` where the path names none.
  package var folder: Path {
    var end = bytes.endIndex
    while end > 1, bytes[end - 1] == Self.slash { end -= 1 }
    guard let cut = bytes[..<end].lastIndex(of: Self.slash) else { return "." }
    return cut == 0 ? "/" : Path(bytes: Array(bytes[..<cut]))
  }

  /// What follows the last dot of the name, in lower case; empty where there is none.
  package var ending: String {
    let name = name.bytes
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return "" }
    let letters = name[(dot + 1)...].map { (65...90).contains($0) ? $0 + 32 : $0 }
    return String(decoding: letters, as: UTF8.self)
  }

  /// The name without its ending.
  package var stem: Path {
    let name = name.bytes
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return self.name }
    return Path(bytes: Array(name[..<dot]))
  }

  /// The file of that name in this folder.
  package func appending(_ name: Path) -> Path {
    if bytes.isEmpty { return name }
    return Path(bytes: bytes.last == Self.slash ? bytes + name.bytes : bytes + [47] + name.bytes)
  }

  /// The path with bytes put behind its last: `library.sqlite` and `-wal`.
  package func adding(suffix: String) -> Path {
    Path(bytes: bytes + Array(suffix.utf8))
  }

  /// Runs `body` with the path as the C string that system calls take.
  package func withCString<T>(_ body: (UnsafePointer<CChar>) -> T) -> T {
    (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      // The array holds at least its closing NUL, so it always has an address.
      guard let address = buffer.baseAddress else { preconditionFailure("empty C string") }
      return body(address)
    }
  }
}
