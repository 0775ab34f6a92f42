// The forms that an address has outside: for a reader's eyes, for a document, for a program.
extension WebAddress {
  // MARK: - To be shown

  /// The address in one line that is safe to show, whoever wrote it.
  ///
  /// The host is shown as ``HostName/shown(_:)`` has it; the user in front of it, where a name can
  /// stand that looks like another host, is left out; what is unsafe (``SafeScalars``) is
  /// percent-encoded.
  package var shown: String {
    guard !isMail else { return shownMail }
    guard !writtenHost.isEmpty else { return Self.withoutUnsafe(text) }
    let port = port.map { ":\($0)" } ?? ""
    let isIPv6 = writtenHost.hasPrefix("[")
    let host = isIPv6 ? normalizedHost : HostName.shown(writtenHost)
    return "\(scheme)://\(host)\(port)" + Self.withoutUnsafe(text.dropFirst(origin: origin))
  }

  /// What is shown of any text that ought to be an address, if it is none as well.
  package static func shown(_ written: String) -> String {
    if let address = WebAddress(written) { return address.shown }
    let text = String(String.UnicodeScalarView(written.unicodeScalars.prefix(byteLimit)))
    // Whatever else it is, its host is not known, and no letter of it may deceive.
    guard text.contains("//") || text.contains("@") || text.contains("\\") else {
      return withoutUnsafe(text)
    }
    return percentEncoded(text) { (0x20...0x7E).contains($0) }
  }

  private var shownMail: String {
    let recipients = path.split(separator: ",", omittingEmptySubsequences: false).map { recipient in
      guard let at = recipient.lastIndex(of: "@") else { return Self.withoutUnsafe(recipient) }
      return Self.withoutUnsafe(recipient[...at])
        + HostName.shown(recipient[recipient.index(after: at)...])
    }
    return "mailto:" + recipients.joined(separator: ",")
      + (query.map { "?" + Self.withoutUnsafe($0) } ?? "")
  }

  /// The text with every unsafe scalar percent-encoded.
  private static func withoutUnsafe(_ text: some StringProtocol) -> String {
    guard SafeScalars.isUnsafe(text) else { return String(text) }
    var out = ""
    for scalar in text.unicodeScalars {
      if SafeScalars.isUnsafe(scalar) {
        out += percentEncoded(String(scalar)) { _ in false }
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  // MARK: - To be followed

  /// The address as a link of a document or an argument of a program; `nil` where it may not be
  /// followed.
  ///
  /// Only web and mail addresses are. It begins with its scheme, so that no program takes it for an
  /// option, and holds no white space, control, quote, angle bracket or other unsafe scalar: those
  /// are percent-encoded. Of a mail address only the fields are left that are harmless.
  package var link: String? {
    if isMail { return mail }
    guard isWeb else { return nil }
    let encoded = Self.withoutUnsafe(text)
    guard encoded.utf8.contains(where: { Self.quotes.contains($0) }) else { return encoded }
    return percentEncoded(encoded) { !Self.quotes.contains($0) }
  }

  /// What ends a word or an address in a document or a shell.
  private static let quotes: Set<UInt8> = Set("\"<>`".utf8)

  /// The address as a program is given it; `nil` where it may not be opened.
  ///
  /// As ``link``, but an address of the web that would have to be changed for it is refused, since
  /// pages have no need of one.
  package var opened: String? { isWeb ? (link == text ? text : nil) : link }

  /// The link that any text from outside may become; `nil` for none.
  package static func link(_ written: String) -> String? {
    guard written.utf8.first == 0x23 else { return WebAddress(written)?.link }
    return percentEncoded(withoutUnsafe(written)) { !quotes.contains($0) && $0 != 0x20 }
  }

  // MARK: - Mail

  /// The fields of a `mailto:` address that do nothing but fill in what its reader then sees (RFC
  /// 6068, section 7): no `attach`, which sends a file, no `bcc`, which is not seen.
  private static let mailFields: Set<String> = ["subject", "body", "in-reply-to", "keywords"]

  /// The mail address with harmless fields only; `nil` where nothing is left of it.
  ///
  /// Line breaks stay in the body and nowhere else, so that no value becomes a header of its own.
  private var mail: String? {
    let recipients = path.split(separator: ",").map(Self.recipient).joined(separator: ",")
    var fields: [String] = []
    for field in (query ?? "").split(separator: "&") {
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(decoding: percentDecoded(parts[0]), as: UTF8.self).lowercased()
      guard parts.count == 2, Self.mailFields.contains(key) else { continue }
      let keepsLines = key == "body"
      fields.append("\(key)=\(Self.mailValue(parts[1], keeping: "", keepsLines: keepsLines))")
    }
    guard !recipients.isEmpty || !fields.isEmpty else { return nil }
    return "mailto:\(recipients)" + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
  }

  /// One mailbox; only the last `@` parts name and host, however the others are written.
  private static func recipient(_ written: Substring) -> String {
    let kept = "+!$'*"
    guard let at = written.lastIndex(of: "@") else { return mailValue(written, keeping: kept) }
    let host = written[written.index(after: at)...]
    return mailValue(written[..<at], keeping: kept) + "@" + mailValue(host, keeping: "[]:")
  }

  /// A value decoded, without controls and what else is unsafe, and encoded again: all but letters,
  /// digits, `-._~` and what is kept.
  private static func mailValue(
    _ written: some StringProtocol, keeping kept: String, keepsLines: Bool = false
  ) -> String {
    let decoded = String(decoding: percentDecoded(written), as: UTF8.self)
    let clean = decoded.unicodeScalars.filter { scalar in
      !SafeScalars.isUnsafe(scalar) || keepsLines && (scalar == "\r" || scalar == "\n")
    }
    return percentEncoded(String(String.UnicodeScalarView(clean))) { byte in
      byte.isASCIILetter || byte.isASCIIDigit || "-._~".utf8.contains(byte)
        || kept.utf8.contains(byte)
    }
  }
}

extension String {
  /// What stands behind the origin of an address.
  fileprivate func dropFirst(origin: Substring) -> Substring { self[origin.endIndex...] }
}
