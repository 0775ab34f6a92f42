package import Stories

/// A text of a feed: plain, or HTML.
package struct FeedText: Sendable, Hashable {
  /// How to interpret the value.
  package enum Kind: Sendable, Hashable { case plain, html }

  package var kind: Kind
  /// The text or the markup, in full length.
  package var value: String
  /// The base of relative references in the markup, if the feed states one.
  package var base: String?
  package var language: String?
  /// The type as written: "xhtml", "text/html"; `nil` if there is none.
  package var type: String?
  /// The address of the text, if it is not in the feed (Atom `content src`).
  package var source: String?

  package init(
    _ kind: Kind, _ value: String, base: String? = nil, language: String? = nil,
    type: String? = nil, source: String? = nil
  ) {
    self.kind = kind
    self.value = value
    self.base = base
    self.language = language
    self.type = type
    self.source = source
  }
}

extension FeedText {
  /// The most bytes of a title.
  static let titleLimit = 4096

  /// The text in one line without markup and invisible characters, of at most `limit` bytes.
  package func line(limit: Int = 100_000) -> String {
    let text =
      kind == .html ? HTMLTree(markup(limit: limit)).line(HTMLTree.root, limit: limit) : value
    var line = InlineText()
    line.append(Array(text.prefix(bytes: limit).utf8)[...], style: [], link: nil)
    return line.take().text
  }

  private func markup(limit: Int) -> [UInt8] {
    // Tags may be longer than the text in them.
    Array(value.utf8.prefix(limit * 16))
  }

  /// The blocks of the text, with references resolved against its base or, without one, `page`.
  ///
  /// All of it belongs to the story: no furniture is removed. The paragraphs of plain text are separated
  /// by empty lines.
  package func blocks(page: String? = nil) -> [Block] {
    guard kind == .html else { return Self.paragraphs(value) }
    var study = FigureFinder.run(PageStudy(HTMLTree(Array(value.utf8))))
    study.dropRejectedFigures()
    let addresses = Addresses(base: base ?? page)
    var blocks = BlockBuilder.blocks(in: HTMLTree.root, study, addresses)
    attachCaptionLines(&blocks)
    return blocks
  }

  private static func paragraphs(_ text: String) -> [Block] {
    var blocks: [Block] = []
    var lines = InlineText()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let bytes = Array(line.utf8)
      if bytes.allSatisfy(\.isSpace) {
        if !lines.isEmpty { blocks.append(.paragraph(lines.take())) }
      } else {
        lines.breakLine()
        lines.append(bytes[...], style: [], link: nil)
      }
    }
    if !lines.isEmpty { blocks.append(.paragraph(lines.take())) }
    return blocks
  }
}

// MARK: - Reading

extension FeedText {
  /// A text of RSS, which does not state its type: it is HTML if it has markup, escaped or not, or a
  /// reference that was escaped twice.
  static func ofRSS(_ element: XMLElement) -> FeedText? {
    let type = element.attribute("type")
    if type != nil || element.attribute("mode") != nil, let text = ofAtom(element) { return text }
    if element.hasElements {
      guard let markup = element.markup.trimmedOfSpace else { return nil }
      return FeedText(.html, markup, base: element.base, language: element.language)
    }
    guard let text = element.trimmedText else { return nil }
    return FeedText(
      looksLikeHTML(text) ? .html : .plain, text, base: element.base, language: element.language)
  }

  /// A text construct of Atom 1.0 (RFC 4287, 3.1 and 4.1.3.3) or 0.3 (`mode` and MIME types).
  static func ofAtom(_ element: XMLElement) -> FeedText? {
    let type = element.attribute("type")
    let source = FeedAddress.resolved(element.attribute("src"), element.base)
    let (kind, value) = atomValue(element, type: type?.lowercased() ?? "text")
    guard let value = value.trimmedOfSpace ?? (source == nil ? nil : "") else { return nil }
    return FeedText(
      kind, value, base: element.base, language: element.language, type: type, source: source)
  }

  private static func atomValue(_ element: XMLElement, type: String) -> (Kind, String) {
    let mime = String(type.prefix { $0 != ";" }).trimmedOfSpace ?? "text"
    let mode = element.attribute("mode")?.lowercased()
    let isText = mime == "text" || mime == "plain" || mime.hasPrefix("text/")
    if mode == "base64" || mode == nil && isBase64(mime), let decoded = decoded(element.text) {
      return (mime == "text/plain" ? .plain : looksLikeHTML(decoded) ? .html : .plain, decoded)
    }
    if mime == "html" || mime == "text/html" {
      // Some feeds have a `div` around markup that is escaped nevertheless.
      let isEscaped = !element.hasElements || looksLikeHTML(element.text)
      return (.html, isEscaped ? element.text : element.markup)
    }
    if element.hasElements {
      // The `div` around it is not part of the text (RFC 4287, 3.1.1.3).
      let children = element.children
      let isWrapped = mime == "xhtml" && children.count == 1 && children[0].name == "div"
      return (.html, isWrapped ? children[0].markup : element.markup)
    }
    if mime == "xhtml" || mime.hasSuffix("xml") || mime.hasSuffix("/xhtml") {
      return (.html, mode == "escaped" ? element.text : element.markup)
    }
    if isText, mode == "escaped", mime != "text/plain", looksLikeHTML(element.text) {
      return (.html, element.text)
    }
    return (.plain, element.text)
  }

  /// Whether content of this type is in base64 in Atom (RFC 4287, 4.1.3.3, rule 5).
  private static func isBase64(_ mime: String) -> Bool {
    guard mime.contains("/") else { return false }
    return !mime.hasPrefix("text/") && !mime.hasSuffix("+xml") && !mime.hasSuffix("/xml")
  }

  private static func decoded(_ base64: String) -> String? {
    let written = Array(base64.utf8)
    let isWritten = written.allSatisfy {
      $0.isAlphanumeric || $0.isSpace || [0x2B, 0x2F, 0x3D].contains($0)
    }
    guard isWritten else { return nil }
    let bytes = MIMEDecoding.base64(written[...])
    guard Encoding.isValidUTF8(bytes) else { return nil }
    let scan = XMLScan(bytes)
    return scan.string(0..<bytes.count, isLiteral: true)
  }

  /// Whether the text has an HTML tag or a character reference.
  static func looksLikeHTML(_ text: String) -> Bool {
    let bytes = text.utf8.span
    for at in bytes.indices {
      if bytes[at] == 0x26 {
        if CharacterReferences.reference(in: bytes, at: at + 1, end: bytes.count, true) != nil {
          return true
        }
      } else if bytes[at] == 0x3C, isTag(bytes, at + 1) {
        return true
      }
    }
    return false
  }

  private static func isTag(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    var at = start
    if at + 2 < bytes.count, bytes[at] == 0x21, bytes[at + 1] == 0x2D { return true }
    if at < bytes.count, bytes[at] == 0x2F { at += 1 }
    var name: [UInt8] = []
    while at < bytes.count, bytes[at].isAlphanumeric, name.count < 12 {
      name.append(bytes[at].lowercased)
      at += 1
    }
    guard at < bytes.count, bytes[at] == 0x3E || bytes[at] == 0x2F || bytes[at].isSpace else {
      return false
    }
    return NameTable.tags.find(name.span) != nil
  }
}
