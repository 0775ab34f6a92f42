internal import Stories

/// Text of servers and of libcurl, made fit for a message.
enum SafeText {
  /// Bytes as text: UTF-8, else Latin-1 (RFC 9110, section 5.5); one line, without what is unsafe.
  static func text(_ bytes: some Collection<UInt8>) -> String {
    let text =
      String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    return line(text)
  }

  /// One line without what is unsafe.
  static func line(_ text: String) -> String {
    guard SafeScalars.isUnsafe(text) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !SafeScalars.isUnsafe($0) }))
  }

  /// A short reason of libcurl or of a server's certificate.
  static func reason(_ text: String) -> String {
    let line = line(text)
    return line.count > 160 ? line.prefix(160) + "…" : line
  }

  /// A value for a header that this program sends: printable ASCII, so that it stays one line.
  static func headerValue(_ text: String) -> String {
    String(decoding: text.utf8.filter { (0x20...0x7E).contains($0) }, as: UTF8.self)
  }
}
