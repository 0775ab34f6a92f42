import Stories

/// The thread of a page, and the opening post if the page is a forum's.
struct Discussion {
  var thread: Thread
  var opening: Opening?

  /// The opening post of a forum page, which is the story.
  struct Opening {
    var author: String
    var time: Timestamp?
    /// The text element.
    var body: Int

    /// Sets the story's author and date, unless the JSON-LD gives them.
    func setByline(of story: inout Story, _ metadata: Metadata) {
      let hasAuthor = metadata.articles.contains { !$0["author"].items.isEmpty }
      if !author.isEmpty, !hasAuthor || story.byline.isEmpty { story.byline = [author] }
      if let time, metadata.linkedText("datePublished") == nil || story.published == nil {
        story.published = time
      }
    }
  }
}

/// Finds the discussion of a page: comments with parents, their count, and whether it is open.
///
/// In order: known markup families, repeated structure; the page's data (Blogger's script, JSON-LD)
/// if it holds more comments. One pass finds the comments, a second parses each, so the work is linear
/// in the page. The comments are marked in `study.dropped`, so that they do not become the story's
/// text, and an opening post's text element is set as `study.opening`. To be called before pruning.
///
/// `named` are the comments that a site rule gives, nested in each other or not.
func findDiscussion(
  _ study: inout PageStudy, _ metadata: Metadata, _ addresses: Addresses, named: [Int]? = nil
) -> Discussion {
  var finder = ThreadFinder(study, addresses)
  let found = named.map { finder.find(named: $0) } ?? finder.find()
  var posted = found?.posted ?? []
  for other in [bloggerItems(study.tree, addresses), linkedComments(metadata, addresses)]
  where other.count > posted.count {
    posted = other
  }
  for node in found?.used ?? [] { study.dropped[node] = .comments }
  if let opening = found?.opening {
    study.opening = opening.body
    for node in found?.furniture ?? [] where study.tree.contains(opening.body, node) {
      study.dropped[node] = .comments
    }
  }
  let (count, state) = ThreadState.find(study, metadata, shown: posted.count)
  return Discussion(
    thread: Thread(posted, count: count, state: state), opening: found?.opening)
}

private struct ThreadFinder {
  private let study: PageStudy
  private let addresses: Addresses
  private var markup: CommentMarkup

  struct ParsedComments {
    var posted: [PostedComment] = []
    var opening: Discussion.Opening?
    /// The elements that hold the comments.
    var used: [Int] = []
    /// The furniture in the opening post.
    var furniture: [Int] = []
  }

  /// The comments of one family, before they are parsed.
  struct Candidates {
    var family: Int?
    var nodes: [Int]
    var isForum: Bool
    var isRow: Bool
    /// The parts of each comment that are known from the structure.
    var known: [Int: StructuralParts] = [:]
  }

  init(_ study: PageStudy, _ addresses: Addresses) {
    self.study = study
    self.addresses = addresses
    markup = CommentMarkup(tree: study.tree)
  }

  private var tree: HTMLTree { study.tree }

  mutating func find() -> ParsedComments? {
    for candidates in families() {
      if let found = parse(candidates) { return found }
    }
    guard let repeated = RepeatedPosts(study).find() else { return nil }
    return parse(
      Candidates(
        nodes: repeated.nodes, isForum: repeated.isForum, isRow: repeated.isRow,
        known: repeated.parts))
  }

  mutating func find(named nodes: [Int]) -> ParsedComments? {
    parse(Candidates(nodes: nodes, isForum: false, isRow: false))
  }

  /// Candidate families in the table's order, those with less than a third of the most matches last; at
  /// most 4.
  private func families() -> [Candidates] {
    var found: [Candidates] = []
    for (number, nodes) in markup.comments(in: study).sorted(by: { $0.key < $1.key }) {
      let nodes = withoutInnerBoxes(nodes)
      let family = CommentFamily.all[number]
      guard nodes.count >= family.minimumComments else { continue }
      found.append(
        Candidates(
          family: number, nodes: nodes, isForum: family.isForum, isRow: family.isRow))
    }
    let maximumCount = found.map(\.nodes.count).max() ?? 0
    let likely = found.filter { $0.nodes.count * 3 >= maximumCount }
    return Array((likely + found.filter { $0.nodes.count * 3 < maximumCount }).prefix(4))
  }

  /// The nodes without nested elements of the same comment: `li#li-comment-1` holds `div#comment-1`.
  private func withoutInnerBoxes(_ nodes: [Int]) -> [Int] {
    var numbers: Set<String> = []
    return nodes.filter { node in
      guard let number = markup.number(node) else { return true }
      return numbers.insert(number).inserted
    }
  }

  // MARK: - Reading

  private mutating func parse(_ candidates: Candidates) -> ParsedComments? {
    let nodes = candidates.nodes
    var starts = [Bool](repeating: false, count: tree.count)
    for node in nodes { starts[node] = true }
    var inner = study
    var doneUntil = 0
    markup.removeMatches()
    let ends = nodes.indices.map { end(of: $0, candidates) }
    for (node, end) in zip(nodes, ends) {
      inner.dropped[node] = .comments
      if end > max(node, doneUntil) {
        markup.mark(max(node, doneUntil)..<end, family: candidates.family)
      }
      doneUntil = max(doneUntil, end)
    }
    var reading = CommentReading(
      study: inner, addresses: addresses, markup: markup,
      family: candidates.family.map { CommentFamily.all[$0] }, starts: starts)
    reading.monthFirst = CommentReading.monthFirst(tree, in: (nodes.first ?? 0)..<(ends.last ?? 0))
    var found = ParsedComments()
    var order = CommentTree(markup: markup, starts: starts)
    for (place, node) in nodes.enumerated() where !markup.isPart(.pingback, node) {
      let parts = reading.parts(of: node, upTo: ends[place], known: candidates.known[node])
      guard var comment = reading.comment(parts) else { continue }
      if candidates.isForum, found.opening == nil, found.posted.isEmpty, let text = parts.text {
        found.opening = Discussion.Opening(author: comment.author, time: comment.time, body: text)
        found.furniture = parts.nodes.filter { reading.study.dropped[$0] != nil }
        continue
      }
      if let opening = found.opening, !comment.author.isEmpty, comment.author == opening.author {
        comment.marks.insert(.originalPoster)
      }
      order.insert(&comment, node)
      found.posted.append(comment)
    }
    guard !found.posted.isEmpty || found.opening != nil else { return nil }
    found.used = used(candidates, ends, without: found.opening)
    return found
  }

  /// The end of a comment's nodes: that of its subtree, or in a definition list or table the next one.
  private func end(of place: Int, _ candidates: Candidates) -> Int {
    let node = candidates.nodes[place]
    guard candidates.isRow else { return tree.end(node) }
    let above = tree.parent(node).map { tree.end($0) } ?? tree.count
    let next = place + 1
    return next < candidates.nodes.count ? max(node + 1, min(candidates.nodes[next], above)) : above
  }

  private func used(
    _ candidates: Candidates, _ ends: [Int], without opening: Discussion.Opening?
  ) -> [Int] {
    var used: [Int] = []
    for (node, end) in zip(candidates.nodes, ends) {
      if let opening, node < opening.body, opening.body < end { continue }
      var part = node
      while part < end {
        used.append(part)
        part = tree.end(part)
      }
    }
    return used
  }
}

/// Assigns IDs and parents to comments: by nesting, attribute, depth, or the comment before a list of
/// replies.
private struct CommentTree {
  let markup: CommentMarkup
  let starts: [Bool]
  private var ids: [Int: String] = [:]
  private var unique = UniqueIDs()
  private var commentCount = 0
  /// The latest comment of each depth, in flat lists with explicit depths.
  private var levels: [String] = []
  /// The last comment among a node's children, to which a following list of replies belongs.
  private var lastBelow: [Int: Int] = [:]

  init(markup: CommentMarkup, starts: [Bool]) {
    self.markup = markup
    self.starts = starts
  }

  mutating func insert(_ comment: inout PostedComment, _ node: Int) {
    commentCount += 1
    let id = unique.take(comment.id ?? "c\(commentCount)")
    comment.id = id
    comment.parent =
      containingComment(node) ?? markup.parentID(node).flatMap { unique.contains($0) ? $0 : nil }
    if let level = markup.depth(of: node) {
      let level = min(level, levels.count)
      comment.parent = level > 0 ? levels[level - 1] : nil
      levels.removeSubrange(level...)
      levels.append(id)
    }
    ids[node] = id
    if let parent = markup.tree.parent(node) { lastBelow[parent] = node }
  }

  /// The comment that contains this one, or that precedes the list of replies with this one.
  private func containingComment(_ node: Int) -> String? {
    let tree = markup.tree
    var below = node
    for above in tree.ancestors(node) {
      if starts[above], let id = ids[above] { return id }
      if isReplyList(below), let before = lastBelow[above], before < below { return ids[before] }
      below = above
    }
    return nil
  }

  /// Whether an element is a list of replies that is a sibling of their parent.
  private func isReplyList(_ node: Int) -> Bool {
    let tag = markup.tree.tag(node)
    guard tag == .ul || tag == .ol || tag == .div || tag == .section, !starts[node] else {
      return false
    }
    if tag == .ul || tag == .ol { return true }
    return ["children", "replies", "indented", "nested", "subcomments", "child"].contains {
      markup.tree.hasClassPart($0, node)
    }
  }
}

extension HTMLTree {
  /// Whether the class attribute contains the letters anywhere.
  fileprivate func hasClassPart(_ letters: StaticString, _ node: Node) -> Bool {
    valueContains(letters, .class, node)
  }
}
