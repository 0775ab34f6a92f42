import Stories

/// Takes furniture out of the chosen container: link lists, labels, bylines, forms of words.
///
/// Contract: marks nodes below the container as dropped; looks at each node a fixed number of times.
/// It decides by structure first (links, length, place) and by words only for short labels.
extension PageStudy {
  mutating func prune(_ body: Int, title: String) {
    let titleKey = MetadataChoice.key(title)
    var node = body + 1
    var seen: Int32 = 0
    let all = max(1, letters[body])
    let accounts = AccountBoxes(self, in: body)
    while node < tree.end(body) {
      let tag = tree.tag(node)
      if tag == .text {
        seen += letters[node]
        node += 1
        continue
      }
      if dropped[node] != nil || HTMLTag.unseen.contains(tag) || figures[node] != nil
        || figures.isPart(node)
      {
        seen += letters[node]
        node = tree.end(node)
        continue
      }
      let isHead = Double(seen) < Double(all) * 0.1 || seen < 400
      let kind =
        accounts.isBox(node, self)
        ? .popup : pruned(node, tag, titleKey: titleKey, isHead: isHead)
      if let kind {
        dropped[node] = kind
        seen += letters[node]
        node = tree.end(node)
        continue
      }
      node += 1
    }
    dropLeftovers(in: body)
  }

  private func pruned(
    _ node: Int, _ tag: HTMLTag, titleKey: [UInt8], isHead: Bool
  ) -> Dropped.Kind? {
    let length = letters[node]
    if let figure = figures.first(in: node, tree), letters[figure.root] * 2 > length { return nil }
    guard length > 0, !tag.isInline || tag == .a || tag == .span || tag == .time else { return nil }
    // How long a film takes is no part of the story: "PT1M48S", ISO 8601.
    if tag == .time, tree.valueBytes(.datetime, of: node).starts(with: "PT".utf8) { return .other }
    if tag.isInline {
      // Inline elements are looked at only where they stand alone, as a block would.
      guard let block = tree.ancestors(node).first(where: { !tree.tag($0).isInline }),
        letters[block] == length || own[block] == 0
      else { return nil }
    }
    if HTMLTag.headings.contains(tag) {
      if node == headline || (tag == .h1 || isHead) && isTitle(node, titleKey, isHead: isHead) {
        return .title
      }
      return Labels.kind(of: tree.line(node, limit: 200), isHeading: true)
    }
    let density = linkDensity(node)
    switch tag {
    case .ul, .ol, .dl, .menu:
      // Where the usual reading gave next to nothing, a list of links may be all there is.
      if boldness < .names, density > Thresholds.linkList, length < 3000, running[node] < length / 3
      {
        return .related
      }
    case .table:
      if density > 0.6, running[node] < length / 4 { return .related }
    case .div, .section, .p, .li, .span, .td, .header, .article, .a:
      if let kind = label(node, tag, length, density, isHead: isHead) { return kind }
    default: break
    }
    if length < 300, !evidence[node].isDisjoint(with: [.bio, .author]),
      evidence[node].contains([.bio, .author]), running[node] > 0, !isHead
    {
      return .author
    }
    return nil
  }

  /// Whether a heading says the headline again: whole, or with more or less around it at the head.
  private func isTitle(_ node: Int, _ titleKey: [UInt8], isHead: Bool) -> Bool {
    let key = MetadataChoice.key(tree.line(node, limit: 700))
    guard key != titleKey else { return true }
    return isHead && key.count > 12 && titleKey.count > 12
      && (key.count < titleKey.count
        ? titleKey.starts(with: key) || titleKey.suffix(key.count) == key[...]
        : key.starts(with: titleKey) || key.suffix(titleKey.count) == titleKey[...])
  }

  private func label(
    _ node: Int, _ tag: HTMLTag, _ length: Int32, _ density: Double, isHead: Bool
  ) -> Dropped.Kind? {
    let said = evidence[node]
    if !isHead, said.contains(.author), length < 2000, running[node] > 0 { return .author }
    if length < Thresholds.label,
      said.contains(.byline) || said.contains(.author)
        || tree.hasToken("author", in: .itemprop, node)
    {
      return .byline
    }
    if length < 60, said.contains(.date) || said.contains(.meta) && running[node] == 0 {
      return .date
    }
    if isHead, length < Thresholds.label, said.contains(.meta) { return .byline }
    if said.contains(.paywall), tag != .p, tag != .article, length < Thresholds.wall,
      running[node] < running[0] / 10
    {
      return .paywall
    }
    if said.contains(.credit), length < 200, said.contains(.caption) || isOfPicture(node) {
      return .other
    }
    if tag == .article, length < Thresholds.card, running[node] * 10 < running[0], isCard(node),
      tree.first(.h1, in: node) == nil
    {
      return .related
    }
    // A paragraph that is one link leads away from the story.
    if density > 0.85, length > 12, running[node] == 0, own[node] > 0 || tag != .p {
      return .related
    }
    if density > 0.6, length < 1500, running[node] == 0, tag == .div || tag == .section {
      return .related
    }
    if length < 800, tag == .div || tag == .section, isConsent(node) { return .cookie }
    if length < 60, running[node] == 0, pictures[node] == 0,
      isHead && tree.classOrIDContains("kicker", node)
        || tree.classOrIDContains("placeholder", node)
    {
      return .other
    }
    return length < 300 ? labelOfLine(node, length, isHead: isHead) : nil
  }

  /// Whether a name says that an element is about a picture; here it has none.
  private func isOfPicture(_ node: Int) -> Bool {
    letters[node] < Thresholds.label
      && ["image", "photo", "picture"].contains { tree.classOrIDContains($0, node) }
  }

  /// What the words of a short element say that it is.
  private func labelOfLine(_ node: Int, _ length: Int32, isHead: Bool) -> Dropped.Kind? {
    guard length < 90 || own[node] > 0 else { return nil }
    let line = tree.line(node, limit: 300)
    if isHead, length < 60, own[node] > 0 {
      if plainDate(line) != nil { return .date }
      if case .byline = PlainLabel(line) { return .byline }
    }
    if own[node] > 0, isCopyright(line) { return .footer }
    if length < 14, tree.tag(node) != .td, isPlayerClock(line) { return .other }
    return length < 90 && !isDatum(node) ? Labels.kind(of: line, isHeading: false) : nil
  }

  /// Whether a cell has others beside it, so that its word is no label: "Back", "More".
  private func isDatum(_ node: Int) -> Bool {
    guard tree.tag(node) == .td, let row = tree.parent(node) else { return false }
    return tree.children(row).prefix(8).count { tree.isElement($0) && letters[$0] > 0 } > 1
  }

  /// "00:00 / 03:15": how far a player is.
  private func isPlayerClock(_ line: String) -> Bool {
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

  /// Whether a box is small print of a form or a frame: it links to what the site does with data.
  private func isConsent(_ node: Int) -> Bool {
    guard linked[node] > 0, linkDensity(node) < 0.3,
      Double(running[node]) < 0.2 * Double(running[0])
    else { return false }
    return tree.descendants(node).contains { inner in
      tree.tag(inner) == .a
        && Self.policies.contains { tree.valueContains($0, .href, inner) }
    }
  }

  /// What addresses of privacy policies are called in the languages of most pages.
  private static let policies: [StaticString] = [
    "privacy", "datenschutz", "privacidad", "privacidade", "confidentialite", "privatlivs",
    "personvern", "integritet", "tietosuoja", "prywatnosci", "gizlilik",
  ]
}
