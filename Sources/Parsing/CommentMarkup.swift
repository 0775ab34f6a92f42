import Stories

/// What the known kinds of comment markup look like, as tests on a node.
///
/// WordPress in all its forms, Blogger classic and threaded, Discourse, XenForo, StackExchange,
/// Hacker News, old Reddit, Lobsters, schema.org microdata and h-cite. A comment is a node; where
/// its id, author, time and text live is asked of its own part, which ends where a reply begins.
struct CommentMarkup {
  let tree: HTMLTree

  /// Whether the node holds one comment, and with which id.
  func isComment(_ node: Int) -> Bool {
    let tag = tree.tag(node)
    guard tag != .text, tree.has(.class, node) || tree.has(.id, node) || tree.has(.itemprop, node)
    else { return false }
    switch tag {
    case .a, .span, .p, .h1, .h2, .h3, .h4, .form, .img, .input, .body, .ol, .ul: return false
    default: break
    }
    if tree.hasToken("comment", in: .itemprop, node), tag != .ol { return true }
    if number(node) != nil, tag == .li || tag == .div || tag == .article || tag == .tr {
      return true
    }
    if tag == .dt { return tree.hasClass("comment-author", node) }
    if tree.hasClass("comment", node) {
      return tag == .li || tree.value(named: "data-comment-id", of: node) != nil
        || tree.value(named: "data-fullname", of: node) != nil
        || tree.value(named: "data-shortid", of: node) != nil
    }
    if tree.hasClass("athing", node), tree.hasClass("comtr", node) { return true }
    if isNamedPost(node) { return true }
    if tree.hasClass("message", node), tree.value(named: "data-author", of: node) != nil {
      return true
    }
    if tree.hasClass("crawler-post", node) || tree.hasClass("answer", node) { return true }
    return tree.hasClass("u-comment", node) || tree.hasClass("p-comment", node)
  }

  /// The page's own number of the comment: `comment-12`, `li-comment-12`, `c1234567890123456`, `post_12`.
  func number(_ node: Int) -> String? {
    guard let id = tree.value(.id, of: node), id.utf8.count < 80 else { return nil }
    for prefix in [
      "comment-", "li-comment-", "comment_", "comments-", "bc_", "c", "post_", "wpd-comm-",
    ]
    where id.hasPrefix(prefix) {
      let rest = id.dropFirst(prefix.utf8.count)
      let digits = rest.utf8.prefix { $0.isDigit || $0 == 0x5F }
      guard let first = digits.first, first.isDigit else { continue }
      // Blogger counts in sixteen digits and more; content elements of TYPO3 are "c1234" too.
      if prefix == "c", digits.count < 12 || digits.count < rest.utf8.count { continue }
      // Parts of a comment carry its number too: "comment-12-body".
      let tail = rest.dropFirst(digits.count)
      if prefix != "wpd-comm-", !tail.isEmpty { continue }
      return String(rest.prefix(digits.count))
    }
    return nil
  }

  func id(_ node: Int) -> String? {
    if let number = number(node) { return number }
    for name in [
      "data-comment-id", "data-answerid", "data-fullname", "data-shortid", "data-content",
      "data-post-id", "data-id",
    ] {
      if let value = tree.value(named: name, of: node), value.utf8.count < 80 { return value }
    }
    return tree.value(.id, of: node).flatMap { $0.utf8.count < 80 ? $0 : nil }
  }

  /// Notices that another page has linked here are no comments.
  func isPingback(_ node: Int) -> Bool {
    tree.hasClass("pingback", node) || tree.hasClass("trackback", node)
  }

  /// Classes of the comment's author, best first.
  static let authors: [StaticString] = [
    "fn", "comment-author-name", "author-name", "hnuser", "comment-user", "username", "user",
    "comment-author", "comment_author", "commenter", "comment-name", "author", "p-author",
    "creator",
    "user-details", "name", "comment-author-link", "commentauthor", "h-card", "u-author",
  ]
  /// Classes of the comment's text, best first.
  static let texts: [StaticString] = [
    "comment-content", "commtext", "bbwrapper", "usertext-body", "comment-copy", "comment_text",
    "comment-text", "commenttext", "s-prose", "js-post-body", "post-text", "cooked",
    "message-content",
    "comment-body-text", "wpd-comment-text", "comment-entry", "comment_content", "comment-body",
    "p-content", "e-content", "post", "comment-main", "text", "content", "body",
  ]
  /// Classes of what stands in a comment and is none of its text.
  static let furniture: [StaticString] = [
    "reply", "comment-reply-link", "comment-meta", "commentmetadata", "comment-metadata",
    "comment-author", "comment-actions", "comment-footer", "comment-header", "vcard", "avatar",
    "comment-edit-link", "message-lastedit", "js-comment-actions", "comment-awaiting-moderation",
    "fn", "says", "comment-reply", "comment_author", "comment-date", "comment-info",
    "message-attribution", "message-signature", "message-footer", "thread-count", "comment-notes",
    "wpulike", "sharedaddy", "post-menu-area", "crawler-post-meta", "topic-body-meta", "navs",
    "comment-tools", "comment-links", "comment-rating", "commentmeta", "comment-time",
    "comment-head",
  ]

  /// Whether the node is a comment's head, foot or button.
  func isFurniture(_ node: Int) -> Bool {
    tree.isElement(node) && tree.has(.class, node)
      && Self.furniture.contains { tree.hasClass($0, node) }
  }

  /// How deep a comment of a flat table stands: an `indent`, or a spacer of 40 points a level.
  func indent(_ node: Int) -> Int? {
    guard tree.hasClass("comtr", node) else { return nil }
    for below in tree.descendants(node).prefix(40) where tree.hasClass("ind", below) {
      if let said = tree.value(.indent, of: below).flatMap({ Int($0) }) {
        return min(max(said, 0), 200)
      }
      let spacer = tree.first(.img, in: below).flatMap { tree.value(.width, of: $0) }
      return min(max((spacer.flatMap { Int($0) } ?? 0) / 40, 0), 200)
    }
    return nil
  }

  /// Whether the node is a post of a forum, where the first post is the story.
  func isPost(_ node: Int) -> Bool {
    tree.hasClass("message", node) || tree.hasClass("crawler-post", node) || isNamedPost(node)
  }

  /// A forum's post whatever its theme calls it: `data-author` and `data-content="post-12"`.
  private func isNamedPost(_ node: Int) -> Bool {
    guard tree.tag(node) == .article, tree.has(.dataAuthor, node) else { return false }
    return tree.value(.dataContent, of: node)?.hasPrefix("post-") ?? false
  }
}
