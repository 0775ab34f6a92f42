import Stories

/// How much is believed to be story, from the usual reading to the boldest.
enum Boldness: Int, Comparable, CaseIterable {
  /// What classes and rows of cards say is believed.
  case usual
  /// Names of classes and rows of cards mark nothing.
  case names
  /// Hidden parts may hold the story, which scripts would have shown.
  case hidden
  /// What is named comments may be the story too: the posts of a forum.
  case posts

  /// A story with fewer letters than this is read again in this way.
  var tried: Int32 { self == .posts ? Thresholds.noStory : Thresholds.poorStory }

  static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// Marks what is no story anywhere on the page: menus, shares, ads, related links, popups, forms.
///
/// Contract: one walk from the top; a marked subtree is not looked into. Nothing that holds
/// `Thresholds.furnitureShare` of the page's running text is marked on a word's evidence alone,
/// for themes put such words on the body itself.
extension PageStudy {
  mutating func markFurniture(_ boldness: Boldness) {
    self.boldness = boldness
    let all = max(1, Double(running[0]))
    var articleEnd = 0
    var node = 1
    while node < tree.count {
      let tag = tree.tag(node)
      if tag == .text || tag == .body || dropped[node] != nil {
        node = dropped[node] != nil ? tree.end(node) : node + 1
        continue
      }
      // A figure is no furniture, whatever the classes in it say.
      if HTMLTag.unseen.contains(tag) || figures[node] != nil {
        node = tree.end(node)
        continue
      }
      if let kind = furnitureKind(node, tag), !keepsFigure(node, kind),
        Double(running[node]) < Thresholds.furnitureShare * all || kind == .comments
      {
        dropped[node] = kind
        node = tree.end(node)
        continue
      }
      if tag == .article || isNamedBody(node) { articleEnd = max(articleEnd, tree.end(node)) }
      if boldness < .names { markCards(node, inArticle: node < articleEnd) }
      node += 1
    }
  }

  private func furnitureKind(_ node: Int, _ tag: HTMLTag) -> Dropped.Kind? {
    switch tag {
    case .nav, .menu: return .menu
    case .footer where !isInside(.blockquote, node) && !isInside(.figure, node): return .footer
    case .button: return isHeading(node) ? nil : .other
    case .dialog: return .other
    case .form where letters[node] < 2000: return .form
    case .aside where !evidence[node].contains(.quote): return .related
    default: break
    }
    if boldness < .hidden, isHidden(node), !isPanel(node) { return .hidden }
    if boldness < .hidden, isHeardLabel(node, tag) { return .hidden }
    if let kind = roleKind(node) { return kind }
    let said = evidence[node]
    if boldness < .posts, said.contains(.comments), isCommentArea(node) { return .comments }
    guard boldness < .names else { return said.contains(.ad) && letters[node] < 200 ? .ad : nil }
    guard !said.isDisjoint(with: .furniture), !isInlineOnly(node, tag) else { return nil }
    if tag == .article || tag == .main, running[node] > 400 { return nil }
    if HTMLTag.headings.contains(tag), !said.contains(.related) { return nil }
    let isBodyNamed = said.contains(.body) && running[node] > 300
    // What is asked of readers is named after the story it stands in: "article-content__sign-in".
    if said.contains(.popup), !isBodyNamed || running[node] * 10 < running[0] { return .popup }
    if let kind = Self.kind(of: said, isBodyNamed: isBodyNamed),
      !reads(node, against: kind)
    {
      return kind
    }
    return nil
  }

  /// Whether a button or a window that opens is there to show one captioned figure of the story
  /// large; all but the figure is marked then.
  private mutating func keepsFigure(_ node: Int, _ kind: Dropped.Kind) -> Bool {
    guard kind == .popup || tree.tag(node) == .button,
      let figure = figures.first(in: node, tree), figure.isNamed,
      letters[node] <= letters[figure.root] * 3 + Thresholds.label
    else { return false }
    var here = node
    while here != figure.root {
      let path = tree.children(here).first { tree.contains($0, figure.root) } ?? figure.root
      for other in tree.children(here) where other != path && tree.isElement(other) {
        if !figure.after.contains(other) { dropped[other] = kind }
      }
      here = path
    }
    return true
  }

  private static func kind(of said: Evidence, isBodyNamed: Bool) -> Dropped.Kind? {
    if said.contains(.cookie) { return .cookie }
    if said.contains(.newsletter) { return .newsletter }
    if said.contains(.ad) { return isBodyNamed ? nil : .ad }
    if said.contains(.share) { return isBodyNamed ? nil : .share }
    if said.contains(.breadcrumb) { return .breadcrumb }
    if said.contains(.menu) { return isBodyNamed ? nil : .menu }
    if said.contains(.related) { return isBodyNamed ? nil : .related }
    if said.contains(.tags) { return isBodyNamed ? nil : .tags }
    if said.contains(.sidebar) { return isBodyNamed ? nil : .related }
    if said.contains(.footer) { return isBodyNamed ? nil : .footer }
    if said.contains(.disclaimer) { return isBodyNamed ? nil : .other }
    return nil
  }

  /// Whether what an element holds speaks against what it is named: rows of buttons and labels have
  /// no sentences, and what leads elsewhere has links.
  private func reads(_ node: Int, against kind: Dropped.Kind) -> Bool {
    switch kind {
    case .share, .breadcrumb, .menu, .tags:
      running[node] > Thresholds.reading && running[node] * 2 > letters[node]
    case .related: linked[node] == 0 && running[node] > 0
    default: false
    }
  }

  /// Whether a button stands in a heading, whose words it then holds.
  private func isHeading(_ button: Int) -> Bool {
    tree.ancestors(button).prefix(3).contains { HTMLTag.headings.contains(tree.tag($0)) }
  }

  /// Whether hidden text is the panel that the button or link straight above it opens.
  private func isPanel(_ node: Int) -> Bool {
    guard running[node] >= Thresholds.sentence, linkDensity(node) < 0.3,
      let head = tree.previousElement(node), (3..<Thresholds.pictureWords).contains(letters[head]),
      running[head] == 0, !isHidden(head)
    else { return false }
    return tree.subtree(head).contains { inner in
      tree.tag(inner) == .button || tree.tag(inner) == .a
        || tree.hasToken("button", in: .role, inner)
        || tree.value(named: "aria-expanded", of: inner) != nil
    }
  }

  /// Words such as "text" on a `span` style a run of the story.
  private func isInlineOnly(_ node: Int, _ tag: HTMLTag) -> Bool {
    tag.isInline && tag != .a && tag != .other && own[node] == 0 && running[node] == 0
      && letters[node] > 60
  }

  private func isInside(_ tag: HTMLTag, _ node: Int) -> Bool {
    tree.ancestors(node).contains { tree.tag($0) == tag }
  }

  func isHidden(_ node: Int) -> Bool {
    if tree.has(.hidden, node) { return true }
    if tree.has(.ariaHidden, node), tree.valueContains("true", .ariaHidden, node),
      tree.tag(node) != .img
    {
      return true
    }
    guard tree.has(.style, node) else { return false }
    let style = tree.valueBytes(.style, of: node).prefix(1024).filter { !$0.isSpace }
    let rules: [StaticString] = ["display:none", "visibility:hidden"]
    return rules.contains { rule in rule.withUTF8Buffer { style[...].containsFolded($0) } }
  }

  private func roleKind(_ node: Int) -> Dropped.Kind? {
    guard tree.has(.role, node) else { return nil }
    if tree.hasToken("navigation", in: .role, node) || tree.hasToken("menu", in: .role, node)
      || tree.hasToken("menubar", in: .role, node) || tree.hasToken("banner", in: .role, node)
      || tree.hasToken("search", in: .role, node)
    {
      return .menu
    }
    if tree.hasToken("complementary", in: .role, node) { return .related }
    if tree.hasToken("contentinfo", in: .role, node) { return .footer }
    if tree.hasToken("dialog", in: .role, node) || tree.hasToken("alert", in: .role, node) {
      return .popup
    }
    return nil
  }

  /// Whether a node with a comment word is the discussion, not an article on a site of comment.
  private func isCommentArea(_ node: Int) -> Bool {
    let tag = tree.tag(node)
    if tag == .article || tag == .main || tag == .p || HTMLTag.headings.contains(tag) {
      return tree.hasClass("comment", node) || tree.hasClass("comments", node)
    }
    if evidence[node].contains(.body), evidence[node].contains(.article) { return false }
    // The headline stands above a discussion, never in it.
    return tree.first(.h1, in: node) == nil
  }

  /// Marks rows of teaser cards: three or more children of one shape, each led by a link.
  private mutating func markCards(_ node: Int, inArticle: Bool) {
    guard linked[node] > 0, letters[node] > 60 else { return }
    let share = inArticle ? Thresholds.listShare : Thresholds.furnitureShare
    var list = CardList(limit: Int32(share * Double(running[0])))
    var shape: (HTMLTag, Evidence)?
    for child in tree.children(node) where tree.isElement(child) && letters[child] > 0 {
      let here = (tree.tag(child), evidence[child])
      if let last = shape, last == here {
        list.add(child, running[child], isCard: isCard(child))
      } else {
        drop(list)
        list = CardList(limit: list.limit)
        list.add(child, running[child], isCard: isCard(child))
        shape = here
      }
    }
    drop(list)
  }

  private mutating func drop(_ list: CardList) {
    for card in list.teasers { dropped[card] = .related }
  }

  /// Neighbours of one shape, and which of them stand in rows of three cards or more.
  private struct CardList {
    let limit: Int32
    private var row: [Int] = []
    private var found: [Int] = []
    private var running: Int32 = 0

    init(limit: Int32) { self.limit = limit }

    mutating func add(_ node: Int, _ letters: Int32, isCard: Bool) {
      guard isCard else { return endRow() }
      row.append(node)
      running += letters
    }

    private mutating func endRow() {
      if row.count >= 3 { found += row }
      row = []
    }

    /// The cards that lead elsewhere; none where they hold so much that they are the story.
    var teasers: [Int] {
      guard running < limit || running == 0 else { return [] }
      return row.count >= 3 ? found + row : found
    }
  }

  func isCard(_ node: Int) -> Bool {
    let tag = tree.tag(node)
    guard tag != .p, tag != .tr, letters[node] < Thresholds.card, letters[node] > 15 else {
      return false
    }
    if linkDensity(node) > 0.6 { return tag != .a || letters[node] > 25 }
    guard tag == .article || tag == .div || tag == .li || tag == .section else { return false }
    var inLinkUntil = 0
    var inHeadingUntil = 0
    for inner in tree.descendants(node) {
      let tag = tree.tag(inner)
      if tag == .a {
        inLinkUntil = tree.end(inner)
        if inner < inHeadingUntil, letters[inner] >= Thresholds.teaserTitle { return true }
      } else if HTMLTag.headings.contains(tag) {
        inHeadingUntil = tree.end(inner)
        if inner < inLinkUntil, letters[inner] >= Thresholds.teaserTitle { return true }
      }
    }
    return false
  }
}
