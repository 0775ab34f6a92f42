import Stories

/// One item of a repeated shape: finds its author and text element.
///
/// Each node of the item is examined a bounded number of times; nested items are skipped.
struct RepeatedPost {
  let study: PageStudy
  let node: Int
  let end: Int
  let time: Int
  let starts: Set<Int>
  private var tree: HTMLTree { study.tree }

  init(study: PageStudy, node: Int, end: Int, time: Int, starts: Set<Int>) {
    self.study = study
    self.node = node
    self.end = end
    self.time = time
    self.starts = starts
  }

  func parse() -> (parts: StructuralParts, letters: Int32, hasTitle: Bool)? {
    guard let (author, name) = author() else { return nil }
    var best: (letters: Int32, node: Int)?
    var hasTitle = false
    var next = node + 1
    while next < end {
      if starts.contains(next) || HTMLTag.unseen.contains(tree.tag(next)) {
        next = tree.end(next)
        continue
      }
      // Descend until the subtree holds neither name nor time.
      if tree.contains(next, author) || tree.contains(next, time) || next == author || next == time
      {
        next += 1
        continue
      }
      if isTitle(next) { hasTitle = true }
      let letters = study.letters[next] - study.linkedLetters[next]
      if tree.isElement(next), letters > best?.letters ?? 0 { best = (letters, next) }
      next = tree.end(next)
    }
    guard let found = best, found.letters >= 2 else { return nil }
    // If the longest element is a paragraph, the text has no element of its own.
    let isLoose = tree.tag(found.node) == .p || tree.tag(found.node) == .blockquote
    let parts = StructuralParts(
      author: name, authorNode: author, time: time, text: isLoose ? nil : found.node)
    return (parts, found.letters, hasTitle || hasLinkedHeading(besides: author))
  }

  /// Whether an element is a heading or a long link, so that the item is a teaser of an article.
  private func isTitle(_ node: Int) -> Bool {
    guard study.letters[node] >= 18, study.letters[node] < 250,
      !tree.line(node, limit: 20).lowercased().hasPrefix("re:")
    else { return false }
    if HTMLTag.headings.contains(tree.tag(node)) { return true }
    if study.linkDensity(node) > 0.9 { return true }
    return tree.first(.h2, in: node) ?? tree.first(.h3, in: node) != nil
      && study.letters[node] < Thresholds.maximumCardLetters && study.linkedLetters[node] >= 18
  }

  /// Whether the item has a linked heading, so that it is a teaser of an article.
  private func hasLinkedHeading(besides author: Int) -> Bool {
    var headingUntil = 0
    var linkUntil = 0
    var next = node + 1
    while next < end {
      if starts.contains(next) {
        next = tree.end(next)
        continue
      }
      let tag = tree.tag(next)
      let isOutsideName = !tree.subtree(next).contains(author)
      if isOutsideName, HTMLTag.headings.contains(tag) {
        if next < linkUntil { return true }
        headingUntil = tree.end(next)
      } else if isOutsideName, tag == .a, study.letters[next] >= 8 {
        if next < headingUntil { return true }
        linkUntil = tree.end(next)
      }
      next += 1
    }
    return false
  }

  /// The element with the author's name, and the name: a link to a profile, an author class, or the
  /// text right before the time.
  private func author() -> (Int, String)? {
    var before: Int?
    var next = node + 1
    while next < end {
      if starts.contains(next) || HTMLTag.unseen.contains(tree.tag(next)) {
        next = tree.end(next)
        continue
      }
      if tree.isElement(next), (2..<40).contains(study.letters[next]), isAuthorElement(next),
        let name = name(next)
      {
        return (next, name)
      }
      if next < time, tree.isText(next), (2..<40).contains(study.letters[next]) { before = next }
      next += 1
    }
    // The line with the time can begin with the name: "NAME on 3 May 2024".
    if study.letters[time] < 60,
      let name = CommentReading.nameBeforeDate(tree.line(time, limit: 200))
    {
      return (time, name)
    }
    guard let found = before, let name = name(found) else { return nil }
    return (found, name)
  }

  private func isAuthorElement(_ node: Int) -> Bool {
    if tree.tag(node) == .a {
      let address = tree.valueBytes(.href, of: node).prefix(300)
      let isProfile = Self.profilePaths.contains { address.containsFolded($0) }
      if isProfile || tree.hasToken("author", in: .rel, node) { return true }
    }
    guard tree.has(.class, node) || tree.has(.itemprop, node) else { return false }
    return study.evidence[node].contains(.author)
      || tree.hasClass("user", node) || tree.hasClass("name", node)
      || Self.authorClasses.contains { tree.valueContains($0, .class, node) }
  }

  private static let profilePaths: [StaticString] = [
    "/user", "/member", "/profile", "/people/", "/u/", "/author/", "/@",
  ]
  private static let authorClasses: [StaticString] = [
    "author", "username", "user-name", "nickname", "poster",
  ]

  private func name(_ node: Int) -> String? {
    let text =
      tree.isText(node)
      ? String(decoding: tree.textBytes(node).trimmedOfSpace, as: UTF8.self)
      : tree.line(node, limit: 200)
    guard let name = CommentReading.clean(text), !(name.utf8.first?.isDigit ?? true),
      name.utf8.contains(where: { $0.isLetter || $0 >= 0x80 }),
      !RepeatedPosts.isTime(Array(text.utf8)[...]), text.split(separator: " ").count <= 6
    else { return nil }
    return name
  }
}
