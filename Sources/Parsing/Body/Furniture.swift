import Stories

/// Marking furniture (boilerplate) on the whole page: menus, share rows, ads, related links, popups,
/// forms.
///
/// One walk from the root; a marked subtree is not entered. An element with at least
/// `Thresholds.maximumFurnitureRatio` of the page's running text is never marked, because themes put
/// such class names on the body itself.
extension PageStudy {
  mutating func markFurniture(_ leniency: Leniency) {
    self.leniency = leniency
    let all = max(1, Double(runningLetters[0]))
    var articleEnd = 0
    var node = 1
    while node < tree.count {
      let tag = tree.tag(node)
      if tag == .text || tag == .body || dropped[node] != nil {
        node = dropped[node] != nil ? tree.end(node) : node + 1
        continue
      }
      // Figures are kept whatever class names are in them.
      if HTMLTag.unseen.contains(tag) || figures[node] != nil {
        node = tree.end(node)
        continue
      }
      if let kind = furnitureKind(node, tag), !keepsOnlyFigure(node, kind),
        Double(runningLetters[node]) < Thresholds.maximumFurnitureRatio * all || kind == .comments
      {
        dropped[node] = kind
        node = tree.end(node)
        continue
      }
      if tag == .article || isNamedBody(node) { articleEnd = max(articleEnd, tree.end(node)) }
      if leniency < .names {
        for card in TeaserCards.rows(in: node, self, inArticle: node < articleEnd) {
          dropped[card] = .related
        }
      }
      node += 1
    }
  }

  private func furnitureKind(_ node: Int, _ tag: HTMLTag) -> Dropped.Kind? {
    switch tag {
    case .nav, .menu: return .menu
    case .footer where !hasAncestor(.blockquote, node) && !hasAncestor(.figure, node):
      return .footer
    case .button: return isInHeading(node) ? nil : .other
    case .dialog: return .other
    case .form where letters[node] < 2000: return .form
    case .aside where !evidence[node].contains(.quote): return .related
    default: break
    }
    if leniency < .hidden, isHidden(node), !isCollapsedPanel(node) { return .hidden }
    if leniency < .hidden, isScreenReaderLabel(node, tag) { return .hidden }
    if let kind = roleKind(node) { return kind }
    let hints = evidence[node]
    if leniency < .posts, hints.contains(.comments), isCommentArea(node) { return .comments }
    guard leniency < .names else { return hints.contains(.ad) && letters[node] < 200 ? .ad : nil }
    guard !hints.isDisjoint(with: .furniture), !isInlineOnly(node, tag) else { return nil }
    if tag == .article || tag == .main, runningLetters[node] > 400 { return nil }
    if HTMLTag.headings.contains(tag), !hints.contains(.related) { return nil }
    let isBodyNamed = hints.contains(.body) && runningLetters[node] > 300
    // Prompts are named after the story around them: "article-content__sign-in".
    if hints.contains(.popup), !isBodyNamed || runningLetters[node] * 10 < runningLetters[0] {
      return .popup
    }
    if let kind = Self.kind(of: hints, isBodyNamed: isBodyNamed),
      !contradicts(node, kind)
    {
      return kind
    }
    return nil
  }

  /// Whether a button or popup exists to enlarge one captioned figure of the story; if so, everything
  /// in it but the figure is marked.
  private mutating func keepsOnlyFigure(_ node: Int, _ kind: Dropped.Kind) -> Bool {
    guard kind == .popup || tree.tag(node) == .button,
      let figure = figures.first(in: node, tree), figure.isNamed,
      letters[node] <= letters[figure.root] * 3 + Thresholds.maximumLabelLetters
    else { return false }
    var here = node
    while here != figure.root {
      let path = tree.children(here).first { tree.contains($0, figure.root) } ?? figure.root
      for other in tree.children(here) where other != path && tree.isElement(other) {
        if !figure.following.contains(other) { dropped[other] = kind }
      }
      here = path
    }
    return true
  }

  private static func kind(of hints: Evidence, isBodyNamed: Bool) -> Dropped.Kind? {
    if hints.contains(.cookie) { return .cookie }
    if hints.contains(.newsletter) { return .newsletter }
    if hints.contains(.ad) { return isBodyNamed ? nil : .ad }
    if hints.contains(.share) { return isBodyNamed ? nil : .share }
    if hints.contains(.breadcrumb) { return .breadcrumb }
    if hints.contains(.menu) { return isBodyNamed ? nil : .menu }
    if hints.contains(.related) { return isBodyNamed ? nil : .related }
    if hints.contains(.tags) { return isBodyNamed ? nil : .tags }
    if hints.contains(.sidebar) { return isBodyNamed ? nil : .related }
    if hints.contains(.footer) { return isBodyNamed ? nil : .footer }
    if hints.contains(.disclaimer) { return isBodyNamed ? nil : .other }
    return nil
  }

  /// Whether an element's content contradicts the kind that its class names suggest: rows of buttons
  /// and labels have no sentences, and related links have links.
  private func contradicts(_ node: Int, _ kind: Dropped.Kind) -> Bool {
    switch kind {
    case .share, .breadcrumb, .menu, .tags:
      runningLetters[node] > Thresholds.maximumButtonRowLetters
        && runningLetters[node] * 2 > letters[node]
    case .related: linkedLetters[node] == 0 && runningLetters[node] > 0
    default: false
    }
  }

  /// Whether a button is inside a heading, as in accordions, and so holds its text.
  private func isInHeading(_ button: Int) -> Bool {
    tree.ancestors(button).prefix(3).contains { HTMLTag.headings.contains(tree.tag($0)) }
  }

  /// Whether hidden text is a collapsed panel, toggled by a button or link in the preceding element.
  private func isCollapsedPanel(_ node: Int) -> Bool {
    guard runningLetters[node] >= Thresholds.minimumSentenceLetters, linkDensity(node) < 0.3,
      let head = tree.previousElement(node),
      (3..<Thresholds.maximumPlainCaptionLetters).contains(letters[head]),
      runningLetters[head] == 0, !isHidden(head)
    else { return false }
    return tree.subtree(head).contains { inner in
      tree.tag(inner) == .button || tree.tag(inner) == .a
        || tree.hasToken("button", in: .role, inner)
        || tree.value(named: "aria-expanded", of: inner) != nil
    }
  }

  /// Whether an inline element's class styles a run of the story instead of marking furniture.
  private func isInlineOnly(_ node: Int, _ tag: HTMLTag) -> Bool {
    tag.isInline && tag != .a && tag != .other && ownLetters[node] == 0 && runningLetters[node] == 0
      && letters[node] > 60
  }

  private func hasAncestor(_ tag: HTMLTag, _ node: Int) -> Bool {
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
    return rules.contains { style[...].containsFolded($0) }
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

  /// Whether a node with a comment class is the discussion and not an opinion article.
  private func isCommentArea(_ node: Int) -> Bool {
    let tag = tree.tag(node)
    if tag == .article || tag == .main || tag == .p || HTMLTag.headings.contains(tag) {
      return tree.hasClass("comment", node) || tree.hasClass("comments", node)
    }
    if evidence[node].contains(.body), evidence[node].contains(.article) { return false }
    // The headline precedes the discussion and is never in it.
    return tree.first(.h1, in: node) == nil
  }
}
