import Stories

/// Pruning the content container of furniture: link lists, labels, bylines, notices.
///
/// Marks nodes inside the container as dropped, examining each node a bounded number of times.
/// Structure decides first (link density, length, position); words decide only about short labels.
extension PageStudy {
  mutating func prune(_ body: Int, title: String) {
    let titleKey = MetadataChoice.key(title)
    var node = body + 1
    var lettersBefore: Int32 = 0
    let all = max(1, letters[body])
    let accounts = AccountBoxes(self, in: body)
    while node < tree.end(body) {
      let tag = tree.tag(node)
      if tag == .text {
        lettersBefore += letters[node]
        node += 1
        continue
      }
      if dropped[node] != nil || HTMLTag.unseen.contains(tag) || figures[node] != nil
        || figures.isPart(node)
      {
        lettersBefore += letters[node]
        node = tree.end(node)
        continue
      }
      let isHead = Double(lettersBefore) < Double(all) * 0.1 || lettersBefore < 400
      let kind =
        accounts.isBox(node, self)
        ? .popup : pruningKind(node, tag, titleKey: titleKey, isHead: isHead)
      if let kind {
        dropped[node] = kind
        lettersBefore += letters[node]
        node = tree.end(node)
        continue
      }
      node += 1
    }
    dropLeftovers(in: body)
  }

  private func pruningKind(
    _ node: Int, _ tag: HTMLTag, titleKey: [UInt8], isHead: Bool
  ) -> Dropped.Kind? {
    let length = letters[node]
    if let figure = figures.first(in: node, tree), letters[figure.root] * 2 > length { return nil }
    guard length > 0, !tag.isInline || tag == .a || tag == .span || tag == .time else { return nil }
    // An ISO 8601 duration ("PT1M48S") is a video's length.
    if tag == .time, tree.valueBytes(.datetime, of: node).starts(with: "PT".utf8) { return .other }
    if tag.isInline {
      // Inline elements are examined only if they are the only text of their block.
      guard let block = tree.ancestors(node).first(where: { !tree.tag($0).isInline }),
        letters[block] == length || ownLetters[block] == 0
      else { return nil }
    }
    if HTMLTag.headings.contains(tag) {
      if node == headline || (tag == .h1 || isHead) && isTitle(node, titleKey, isHead: isHead) {
        return .title
      }
      return BoilerplateLabels.kind(of: tree.line(node, limit: 200), isHeading: true)
    }
    let density = linkDensity(node)
    switch tag {
    case .ul, .ol, .dl, .menu:
      // In a retry the list of links may be all the content there is.
      if leniency < .names, density > Thresholds.maximumLinkRatio, length < 3000,
        runningLetters[node] < length / 3
      {
        return .related
      }
    case .table:
      if density > 0.6, runningLetters[node] < length / 4 { return .related }
    case .div, .section, .p, .li, .span, .td, .header, .article, .a:
      if let kind = labelKind(node, tag, length, density, isHead: isHead) { return kind }
    default: break
    }
    if length < 300, !evidence[node].isDisjoint(with: [.bio, .author]),
      evidence[node].contains([.bio, .author]), runningLetters[node] > 0, !isHead
    {
      return .author
    }
    return nil
  }

  /// Whether a heading repeats the headline; near the start also with text added or missing.
  private func isTitle(_ node: Int, _ titleKey: [UInt8], isHead: Bool) -> Bool {
    let key = MetadataChoice.key(tree.line(node, limit: 700))
    guard key != titleKey else { return true }
    return isHead && key.count > 12 && titleKey.count > 12
      && (key.count < titleKey.count
        ? titleKey.starts(with: key) || titleKey.suffix(key.count) == key[...]
        : key.starts(with: titleKey) || key.suffix(titleKey.count) == titleKey[...])
  }

  private func labelKind(
    _ node: Int, _ tag: HTMLTag, _ length: Int32, _ density: Double, isHead: Bool
  ) -> Dropped.Kind? {
    let hints = evidence[node]
    if !isHead, hints.contains(.author), length < 2000, runningLetters[node] > 0 { return .author }
    if length < Thresholds.maximumLabelLetters,
      hints.contains(.byline) || hints.contains(.author)
        || tree.hasToken("author", in: .itemprop, node)
    {
      return .byline
    }
    if length < 60, hints.contains(.date) || hints.contains(.meta) && runningLetters[node] == 0 {
      return .date
    }
    if isHead, length < Thresholds.maximumLabelLetters, hints.contains(.meta) { return .byline }
    if hints.contains(.paywall), tag != .p, tag != .article,
      length < Thresholds.maximumPaywallLetters,
      runningLetters[node] < runningLetters[0] / 10
    {
      return .paywall
    }
    if hints.contains(.credit), length < 200, hints.contains(.caption) || hasPictureClass(node) {
      return .other
    }
    if tag == .article, length < Thresholds.maximumCardLetters,
      runningLetters[node] * 10 < runningLetters[0], TeaserCards.isCard(node, self),
      tree.first(.h1, in: node) == nil
    {
      return .related
    }
    // A paragraph that is one link is navigation.
    if density > 0.85, length > 12, runningLetters[node] == 0, ownLetters[node] > 0 || tag != .p {
      return .related
    }
    if density > 0.6, length < 1500, runningLetters[node] == 0, tag == .div || tag == .section {
      return .related
    }
    if length < 800, tag == .div || tag == .section, isConsent(node) { return .cookie }
    if length < 60, runningLetters[node] == 0, pictures[node] == 0,
      isHead && tree.classOrIDContains("kicker", node)
        || tree.classOrIDContains("placeholder", node)
    {
      return .other
    }
    return length < 300 ? lineKind(node, length, isHead: isHead) : nil
  }

  /// Whether class or ID suggest a picture's text; the element itself is in no figure.
  private func hasPictureClass(_ node: Int) -> Bool {
    letters[node] < Thresholds.maximumLabelLetters
      && ["image", "photo", "picture"].contains { tree.classOrIDContains($0, node) }
  }

  /// The kind of furniture of a short element, by its text.
  private func lineKind(_ node: Int, _ length: Int32, isHead: Bool) -> Dropped.Kind? {
    guard length < 90 || ownLetters[node] > 0 else { return nil }
    let line = tree.line(node, limit: 300)
    if isHead, length < 60, ownLetters[node] > 0 {
      if parseVisibleDate(line) != nil { return .date }
      if case .byline = PlainLabel(line) { return .byline }
    }
    if ownLetters[node] > 0, isCopyright(line) { return .footer }
    if length < 14, tree.tag(node) != .td, isPlaybackPosition(line) { return .other }
    return length < 90 && !isDataCell(node)
      ? BoilerplateLabels.kind(of: line, isHeading: false) : nil
  }

  /// Whether a table cell has siblings with text, so that a word such as "Back" or "More" is data.
  private func isDataCell(_ node: Int) -> Bool {
    guard tree.tag(node) == .td, let row = tree.parent(node) else { return false }
    return tree.children(row).prefix(8).count { tree.isElement($0) && letters[$0] > 0 } > 1
  }

  /// Whether a line is a media player's position: "00:00 / 03:15".
  private func isPlaybackPosition(_ line: String) -> Bool {
    let parts = line.split(separator: "/").map { $0.filter { $0 != " " } }
    return parts.count == 2
      && parts.allSatisfy { part in
        part.utf8.contains(0x3A) && part.utf8.allSatisfy { (0x30...0x3A).contains($0) }
      }
  }
}

extension PageStudy {
  private func isCopyright(_ line: String) -> Bool {
    guard let first = line.utf8.first, [0xC2, 0x28, 0x43, 0x63].contains(first) else {
      return false
    }
    let start = line.start(20).lowercased()
    return ["©", "copyright ©", "(c) 2"].contains { start.begins(with: $0) }
  }

  /// Whether a box is a consent notice: it links to a privacy policy and has little of the page's text.
  private func isConsent(_ node: Int) -> Bool {
    guard linkedLetters[node] > 0, linkDensity(node) < 0.3,
      Double(runningLetters[node]) < 0.2 * Double(runningLetters[0])
    else { return false }
    return tree.descendants(node).contains { inner in
      tree.tag(inner) == .a
        && Self.privacyPolicyNames.contains { tree.valueContains($0, .href, inner) }
    }
  }

  /// Parts of the URLs of privacy policies in the languages of most pages.
  private static let privacyPolicyNames: [StaticString] = [
    "privacy", "datenschutz", "privacidad", "privacidade", "confidentialite", "privatlivs",
    "personvern", "integritet", "tietosuoja", "prywatnosci", "gizlilik",
  ]
}
