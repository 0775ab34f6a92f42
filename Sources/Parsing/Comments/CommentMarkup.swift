import Stories

/// The part of a comment that an element is.
enum CommentPart: UInt8, Sendable {
  case author, time, text, drop, pingback, siteAuthor, opener, deleted
}

/// Matches nodes against the comment families.
///
/// Two indexes: one of the patterns that begin a comment, for the whole page, and one of the patterns
/// for its parts, for the comments only. `mark` is one pass over a range of nodes; afterwards each
/// query is a look-up.
struct CommentMarkup {
  let tree: HTMLTree
  private var first: [Int32]
  private var matches: [Match] = []

  /// A match of an element with a pattern of a family; a lower `rank` is more reliable.
  struct Match: Sendable {
    var family: UInt8
    var part: CommentPart
    var rank: UInt8
    /// The index of the next match of the same node, or -1.
    var next: Int32 = -1
  }

  init(tree: HTMLTree) {
    self.tree = tree
    first = []
  }

  // MARK: Beginnings

  /// The number in `commentSelectors` for elements that are not a discussion.
  static let notDiscussion = CommentFamily.all.count

  static let commentSelectors: SelectorIndex = {
    var list: [(Selector, Int)] = []
    for (number, family) in CommentFamily.all.enumerated() {
      list += Selector.list(family.comment).map { ($0, number) }
    }
    list += Selector.list(CommentFamily.notDiscussion).map { ($0, notDiscussion) }
    return SelectorIndex(list)
  }()

  /// The nodes that begin a comment, by the family's index in `CommentFamily.all`.
  ///
  /// A node that matches several families belongs to the first.
  func comments(in study: PageStudy) -> [Int: [Int]] {
    var found: [Int: [Int]] = [:]
    var node = 1
    while node < tree.count {
      var best = Int.max
      Self.commentSelectors.each(node, tree) { best = min(best, $0) }
      // Comments in a sidebar are a list of the latest ones.
      let isAside = study.evidence[node].contains(.sidebar)
      if best == Self.notDiscussion
        || best < Self.notDiscussion && isAside && !CommentFamily.all[best].isForum
      {
        node = tree.end(node)
        continue
      }
      if best < Self.notDiscussion, !Self.excludedTags.contains(tree.tag(node)) {
        found[best, default: []].append(node)
      }
      node += 1
    }
    return found
  }

  private static let excludedTags = HTMLTag.Group(
    .a, .span, .p, .h1, .h2, .h3, .h4, .form, .img, .input, .body, .ol, .ul, .html)

  // MARK: Parts

  private static let common = UInt8.max
  /// Added to the rank of elements in furniture; more than any rank.
  static let furniturePenalty = 1000

  private static let rules: [Match] = ruleList.map(\.1)
  private static let parts = SelectorIndex(
    ruleList.enumerated().map { ($0.element.0, $0.offset) })

  private static let ruleList: [(Selector, Match)] = {
    var list: [(Selector, Match)] = []
    func add(_ text: String, _ family: UInt8, _ part: CommentPart) {
      for (rank, selector) in Selector.list(text).enumerated() {
        list.append((selector, Match(family: family, part: part, rank: UInt8(rank))))
      }
    }
    for (number, family) in CommentFamily.all.enumerated() {
      add(family.author, UInt8(number), .author)
      add(family.time, UInt8(number), .time)
      add(family.text, UInt8(number), .text)
      add(family.drop, UInt8(number), .drop)
    }
    add(CommentFamily.common.author, common, .author)
    add(CommentFamily.common.time, common, .time)
    add(CommentFamily.common.text, common, .text)
    add(CommentFamily.common.drop, common, .drop)
    add(CommentFamily.pingbacks, common, .pingback)
    add(CommentFamily.siteAuthors, common, .siteAuthor)
    add(CommentFamily.originalPosters, common, .opener)
    add(CommentFamily.deleted, common, .deleted)
    return list
  }()

  /// Removes the matches of another family.
  mutating func removeMatches() {
    matches = []
    first = Array(repeating: -1, count: tree.count)
  }

  /// Records the matches of the nodes with the patterns of one family and the common ones.
  mutating func mark(_ nodes: Range<Int>, family: Int?) {
    for node in nodes where tree.isElement(node) && first[node] < 0 {
      Self.parts.each(node, tree) { number in
        var mark = Self.rules[number]
        guard mark.family == Self.common || Int(mark.family) == family else { return }
        mark.next = first[node]
        first[node] = Int32(matches.count)
        matches.append(mark)
      }
    }
  }

  /// The lowest rank with which the node matches the part (lower is more reliable), or `nil`.
  func rank(_ part: CommentPart, _ node: Int) -> Int? {
    var best: Int?
    var at = first.isEmpty ? -1 : Int(first[node])
    while at >= 0 {
      let mark = matches[at]
      if mark.part == part {
        // Patterns of the family precede the common ones.
        best = min(best ?? .max, Int(mark.rank) + (mark.family == Self.common ? 100 : 0))
      }
      at = Int(mark.next)
    }
    return best
  }

  func isPart(_ part: CommentPart, _ node: Int) -> Bool { rank(part, node) != nil }
}

// MARK: - Ids

extension CommentMarkup {
  private static let idPrefixes = [
    "comment-", "answer-", "follow-up-", "li-comment-", "div-comment-", "comment_", "comments-",
    "wpd-comm-",
    "wc-comm-",
    "post_",
    "post-", "js-post-", "elcomment_", "msg_", "msg", "post", "p", "c", "cid-",
  ]

  /// The comment's number in the element's ID: that of `li-comment-12`, `c1234567890123456`, `post_12`.
  ///
  /// Nested elements of one comment have the same number, by which duplicates are recognised.
  func number(_ node: Int) -> String? {
    guard let id = tree.value(.id, of: node)?.lowercased(), id.utf8.count < 80 else { return nil }
    for prefix in Self.idPrefixes where id.hasPrefix(prefix) {
      let rest = id.dropFirst(prefix.utf8.count)
      let digits = rest.utf8.prefix { $0.isDigit }
      guard !digits.isEmpty else { continue }
      // wpDiscuz appends the parent's number.
      if digits.count < rest.utf8.count, prefix != "wpd-comm-", prefix != "wc-comm-" { continue }
      return String(decoding: digits, as: UTF8.self)
    }
    return nil
  }

  private static let idAttributes = [
    "data-comment-id", "data-answerid", "data-fullname", "data-shortid", "thingid", "data-content",
    "data-post-id", "data-pid", "data-node-id", "data-commentid", "data-object-id", "data-id",
    "comment-id",
  ]

  func id(_ node: Int) -> String? {
    for name in Self.idAttributes {
      if let value = tree.value(named: name, of: node), value.utf8.count < 80 { return value }
    }
    if let number = number(node) { return number }
    return tree.value(.id, of: node).flatMap { $0.utf8.count < 80 ? $0 : nil }
  }

  /// The parent's ID, if an attribute of the comment gives it.
  func parentID(_ node: Int) -> String? {
    for name in ["data-parent-id", "data-parent", "data-parent-comment-id", "parentid"] {
      if let value = tree.value(named: name, of: node), value != "0" { return value }
    }
    if let id = tree.value(.id, of: node), id.hasPrefix("wpd-comm-") || id.hasPrefix("wc-comm-"),
      let parent = id.split(separator: "_").last, parent != "0"
    {
      return String(parent)
    }
    return nil
  }

  /// The depth of a comment in a flat list, 0…200: from a `depth` attribute, or on Hacker News from an
  /// `indent` attribute or a spacer of 40 pixels per level.
  func depth(of node: Int) -> Int? {
    if let value = tree.value(named: "depth", of: node) ?? tree.value(named: "data-depth", of: node)
    {
      return Int(value).map { min(max($0, 0), 200) }
    }
    guard tree.hasClass("comtr", node) else { return nil }
    for below in tree.descendants(node).prefix(40) where tree.hasClass("ind", below) {
      if let value = tree.value(.indent, of: below).flatMap({ Int($0) }) {
        return min(max(value, 0), 200)
      }
      let spacer = tree.first(.img, in: below).flatMap { tree.value(.width, of: $0) }
      return min(max((spacer.flatMap { Int($0) } ?? 0) / 40, 0), 200)
    }
    return nil
  }
}
