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
      if let kind = pruned(node, tag, titleKey: titleKey, isHead: isHead) {
        dropped[node] = kind
        seen += letters[node]
        node = tree.end(node)
        continue
      }
      node += 1
    }
  }

  private func pruned(
    _ node: Int, _ tag: HTMLTag, titleKey: [UInt8], isHead: Bool
  ) -> Dropped.Kind? {
    let length = letters[node]
    if let figure = figures.first(in: node, tree), letters[figure.root] * 2 > length { return nil }
    guard length > 0, !tag.isInline || tag == .a || tag == .span || tag == .time else { return nil }
    if tag.isInline {
      // Inline elements are looked at only where they stand alone, as a block would.
      guard let block = tree.ancestors(node).first(where: { !tree.tag($0).isInline }),
        letters[block] == length || own[block] == 0
      else { return nil }
    }
    if HTMLTag.headings.contains(tag) {
      if tag == .h1 || isHead, isTitle(node, titleKey, isHead: isHead) { return .title }
      return Labels.kind(of: tree.line(node, limit: 200), isHeading: true)
    }
    let density = linkDensity(node)
    switch tag {
    case .ul, .ol, .dl, .menu:
      if density > Thresholds.linkList, length < 3000, running[node] < length / 3 {
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
    if length < Thresholds.label, said.contains(.byline) || said.contains(.author) {
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
    if said.contains(.credit), said.contains(.caption), length < 200 { return .other }
    // A paragraph that is one link leads away from the story.
    if density > 0.85, length > 12, running[node] == 0, own[node] > 0 || tag != .p {
      return .related
    }
    if density > 0.6, length < 1500, running[node] == 0, tag == .div || tag == .section {
      return .related
    }
    if isHead, length < 60, own[node] > 0, plainDate(tree.line(node, limit: 300)) != nil {
      return .date
    }
    if isHead, length < 60, own[node] > 0,
      case .byline = PlainLabel(tree.line(node, limit: 300))
    {
      return .byline
    }
    if length < 800, tag == .div || tag == .section, isConsent(node) { return .cookie }
    if length < 90 { return Labels.kind(of: tree.line(node, limit: 300), isHeading: false) }
    return nil
  }
}

extension PageStudy {
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

/// Short labels that are no story in the languages of most pages.
enum Labels {
  static func kind(of line: String, isHeading: Bool) -> Dropped.Kind? {
    guard line.utf8.count < 200 else { return nil }
    var key = line.lowercased()
    while let last = key.unicodeScalars.last, ":.…!>»→ ".unicodeScalars.contains(last) {
      key.unicodeScalars.removeLast()
    }
    if let kind = whole[key] { return kind }
    for (start, kind) in starts where key.hasPrefix(start) { return kind }
    return nil
  }

  private static let whole: [String: Dropped.Kind] = {
    var table: [String: Dropped.Kind] = [:]
    func add(_ kind: Dropped.Kind, _ words: String) {
      for word in words.split(separator: "|") { table[String(word)] = kind }
    }
    add(
      .ad,
      "advertisement|advertising|ad|ads|sponsored|anzeige|werbung|publicité|publicidad|pubblicità|"
        + "reklama|реклама|advertisement - scroll to continue|story continues below advertisement|"
        + "article continues after advertisement|article continues below advertisement|publicidade|"
        + "advertentie|annons|annonse|reklam|mainos|advertorial|promoted|广告|広告|광고|skip advertisement"
    )
    add(
      .share,
      "share|share this|share this article|share this story|tweet|email|e-mail|print|facebook|twitter|"
        + "whatsapp|linkedin|copy link|link copied|teilen|drucken|partager|compartir|condividi|"
        + "share on facebook|share on twitter|pinterest|reddit|telegram|share this:|like this|"
        + "поделиться|save|bookmark|listen|follow us|pin it|share article|share story|поделиться")
    add(
      .related,
      "related|related articles|related stories|related posts|related content|related topics|read more|"
        + "more|more on this|more on this story|more stories|see also|see more|you may also like|"
        + "you might also like|recommended|recommended for you|most read|most popular|trending|"
        + "mehr zum thema|lesen sie auch|auch interessant|weitere artikel|zum thema|à lire aussi|"
        + "lire aussi|lea también|te puede interesar|leggi anche|leia também|lees ook|les også|"
        + "läs mer|läs också|читайте также|czytaj także|czytaj więcej|lesetipps|lesetipp|mehr themen|dieses thema im programm|schon gelesen?|vous aimerez aussi|"
        + "noch mehr infos für dich|verwandte beiträge|weitere informationen|das könnte sie auch interessieren|"
        + "das könnte dich auch interessieren|auch lesen|ver también|más información|czytaj też|zobacz także|related links|"
        + "read next|up next|keep reading|continue reading|what to read next|editors' picks|"
        + "noticias relacionadas|articles liés|sur le même sujet|mehr dazu|meistgelesen|relacionado|"
        + "more from this author|also read|latest news|top stories|recent posts|popular posts|"
        + "関連記事|あわせて読みたい|相关阅读|相关新闻|관련기사")
    add(
      .newsletter,
      "sign up|subscribe|subscribe now|newsletter|sign up for our newsletter|subscribe to our newsletter"
    )
    add(
      .comments,
      "comments|comment|leave a comment|leave a reply|post a comment|view comments|add a comment|"
        + "kommentare|commentaires|comentarios|show comments|no comments|join the conversation|"
        + "0 comments|no comments yet|kommentieren|комментарии")
    add(
      .menu,
      "previous|next|back|back to top|top|home|menu|skip to content|load more|show more|close")
    add(
      .tags, "tags|topics|filed under|schlagworte|schlagwörter|themen|etiquetas|keywords|категории")
    add(
      .other,
      "article content|advertisement content|placeholder image|loading|loading...|or|_|-|*|***|we apologize, but this video has failed to load|"
        + "back to video|zum angebot|ein klick für den datenschutz|empfohlener redaktioneller inhalt|"
        + "youtube-inhalte erlauben|jump to content|log in|sign in|register|"
        + "play|watch|video|photos|image|enlarge|view gallery|expand")
    return table
  }()

  private static let starts: [(String, Dropped.Kind)] = [
    ("read more:", .related), ("read also:", .related), ("also read:", .related),
    ("see also:", .related), ("related:", .related), ("lesen sie auch", .related),
    ("mehr zum thema", .related), ("lire aussi", .related), ("à lire aussi", .related),
    ("lea también", .related), ("leggi anche", .related), ("leia também", .related),
    ("lees ook:", .related), ("read next:", .related), ("watch:", .related), ("more:", .related),
    ("читайте также", .related), ("czytaj też", .related), ("czytaj także", .related),
    ("sign up for", .newsletter), ("subscribe to", .newsletter), ("follow us on", .share),
    ("share this", .share), ("click here to", .other), ("filed under", .tags), ("tags:", .tags),
    ("posted in", .tags), ("copyright ©", .footer), ("© ", .footer),
    ("all rights reserved", .footer),
    ("photo credit", .other), ("this article was originally published", .other),
  ]
}
