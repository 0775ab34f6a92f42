import Stories

/// What of a comment an element is, by the table of families.
enum CommentPart: UInt8, Sendable {
  case author, time, text, drop, pingback, siteAuthor, opener, deleted
}

/// The families as two indexes: what begins a comment, asked of the whole page, and what the parts
/// of one are, asked of the comments alone.
///
/// Contract: `mark` is one pass over a range of nodes; afterwards each question is one look-up.
struct CommentMarkup {
  let tree: HTMLTree
  private var first: [Int32]
  private var marks: [Mark] = []

  /// That an element is a part of a comment in a family; the lower `rank`, the surer.
  struct Mark: Sendable {
    var family: UInt8
    var part: CommentPart
    var rank: UInt8
    /// The next mark of the same node, or -1.
    var next: Int32 = -1
  }

  init(tree: HTMLTree) {
    self.tree = tree
    first = []
  }

  // MARK: Beginnings

  /// Numbers of `beginnings` that are no family.
  static let notThread = CommentFamily.all.count

  static let beginnings: MarkupIndex = {
    var list: [(MarkupPattern, Int)] = []
    for (number, family) in CommentFamily.all.enumerated() {
      list += patterns(family.comment).map { ($0, number) }
    }
    list += patterns(CommentFamily.elsewhere).map { ($0, notThread) }
    return MarkupIndex(list)
  }()

  /// The nodes that begin a comment, by family.
  ///
  /// What two families claim is the first one's.
  func beginnings(_ study: PageStudy) -> [Int: [Int]] {
    var found: [Int: [Int]] = [:]
    var node = 1
    while node < tree.count {
      var best = Int.max
      Self.beginnings.each(node, tree) { best = min(best, $0) }
      // A list of the latest comments is no thread.
      let isAside = study.evidence[node].contains(.sidebar)
      if best == Self.notThread
        || best < Self.notThread && isAside && !CommentFamily.all[best].isForum
      {
        node = tree.end(node)
        continue
      }
      if best < Self.notThread, !Self.never.contains(tree.tag(node)) {
        found[best, default: []].append(node)
      }
      node += 1
    }
    return found
  }

  private static let never = HTMLTag.Group(
    .a, .span, .p, .h1, .h2, .h3, .h4, .form, .img, .input, .body, .ol, .ul, .html)

  // MARK: Parts

  private static let common = UInt8.max
  /// More than any rank.
  static let worst = 1000

  private static let rules: [Mark] = ruleList.map(\.1)
  private static let parts = MarkupIndex(
    ruleList.enumerated().map { ($0.element.0, $0.offset) })

  private static let ruleList: [(MarkupPattern, Mark)] = {
    var list: [(MarkupPattern, Mark)] = []
    func add(_ text: String, _ family: UInt8, _ part: CommentPart) {
      for (rank, pattern) in patterns(text).enumerated() {
        list.append((pattern, Mark(family: family, part: part, rank: UInt8(rank))))
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
    add(CommentFamily.openers, common, .opener)
    add(CommentFamily.deleted, common, .deleted)
    return list
  }()

  private static func patterns(_ list: String) -> [MarkupPattern] {
    list.split(separator: ",").map { MarkupPattern($0) }
  }

  /// Forgets what was read of another family.
  mutating func unmark() {
    marks = []
    first = Array(repeating: -1, count: tree.count)
  }

  /// Reads what the nodes are, of one family and of all.
  mutating func mark(_ nodes: Range<Int>, family: Int?) {
    for node in nodes where tree.isElement(node) && first[node] < 0 {
      Self.parts.each(node, tree) { number in
        var mark = Self.rules[number]
        guard mark.family == Self.common || Int(mark.family) == family else { return }
        mark.next = first[node]
        first[node] = Int32(marks.count)
        marks.append(mark)
      }
    }
  }

  /// How sure it is that the node is this part: lower is surer, `nil` if it is not.
  func rank(_ part: CommentPart, _ node: Int) -> Int? {
    var best: Int?
    var at = first.isEmpty ? -1 : Int(first[node])
    while at >= 0 {
      let mark = marks[at]
      if mark.part == part {
        // What the family says stands before what many share.
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
  private static let idStems = [
    "comment-", "answer-", "follow-up-", "li-comment-", "div-comment-", "comment_", "comments-",
    "wpd-comm-",
    "wc-comm-",
    "post_",
    "post-", "js-post-", "elcomment_", "msg_", "msg", "post", "p", "c", "cid-",
  ]

  /// The page's own number of the comment: that of `li-comment-12`, `c1234567890123456`, `post_12`.
  ///
  /// The boxes of one comment carry the same number, and so do not count twice.
  func number(_ node: Int) -> String? {
    guard let id = tree.value(.id, of: node)?.lowercased(), id.utf8.count < 80 else { return nil }
    for stem in Self.idStems where id.hasPrefix(stem) {
      let rest = id.dropFirst(stem.utf8.count)
      let digits = rest.utf8.prefix { $0.isDigit }
      guard !digits.isEmpty else { continue }
      // wpDiscuz adds the parent's number.
      if digits.count < rest.utf8.count, stem != "wpd-comm-", stem != "wc-comm-" { continue }
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

  /// The id of the parent, where the page tells it in so many words.
  func namedParent(_ node: Int) -> String? {
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

  /// How deep a comment of a flat list stands: an `indent`, a spacer of 40 points a level, a class
  /// `depth-2` or an attribute `depth`.
  func level(_ node: Int) -> Int? {
    if let said = tree.value(named: "depth", of: node) ?? tree.value(named: "data-depth", of: node)
    {
      return Int(said).map { min(max($0, 0), 200) }
    }
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
}
