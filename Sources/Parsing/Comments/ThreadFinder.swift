import Stories

/// The thread of a page, and the post that begins it where the page is one of a forum.
struct Discussion {
  var thread: Thread
  var opening: Opening?

  /// The first post of a forum's page: it is the story that the others answer.
  struct Opening {
    var author: String
    var time: Timestamp?
    /// The element that holds its text.
    var body: Int

    /// Gives the story its author and day, where the page's data does not tell them.
    func sign(_ story: inout Story, _ said: Metadata) {
      let isSaid = said.articles.contains { !$0["author"].items.isEmpty }
      if !author.isEmpty, !isSaid || story.byline.isEmpty { story.byline = [author] }
      if let time, said.linkedText("datePublished") == nil || story.published == nil {
        story.published = time
      }
    }
  }
}

/// Finds the discussion of a page: comments with parents, their count, and whether it is open.
///
/// Contract: known families first, then the page's own data, then whatever repeats like comments.
/// One pass finds what begins a comment, a second reads each comment's own part, so the work is
/// linear in the page. Marks what it took in `study.dropped`, so that it does not become the story's
/// text, and an opening post's text as `study.opening`. Works on the page before anything is pruned.
///
/// `named` are the comments where the rule for a site names them, each holding its replies or not.
func findDiscussion(
  _ study: inout PageStudy, _ said: Metadata, _ addresses: Addresses, named: [Int]? = nil
) -> Discussion {
  var finder = ThreadFinder(study, addresses)
  let found = named.map { finder.find(named: $0) } ?? finder.find()
  var posted = found?.posted ?? []
  for other in [bloggerItems(study.tree, addresses), linkedComments(said, addresses)]
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
  let (count, state) = ThreadState.find(study, said, shown: posted.count)
  return Discussion(
    thread: Thread(posted, count: count, state: state), opening: found?.opening)
}

private struct ThreadFinder {
  private let study: PageStudy
  private let addresses: Addresses
  private var markup: CommentMarkup

  struct Found {
    var posted: [PostedComment] = []
    var opening: Discussion.Opening?
    /// Elements that hold the comments, and no reply's own.
    var used: [Int] = []
    /// What of them is no text.
    var furniture: [Int] = []
  }

  /// The comments of one family, before they are read.
  struct Candidates {
    var family: Int?
    var nodes: [Int]
    var isForum: Bool
    var isRow: Bool
    /// The parts of each, where the structure told them.
    var known: [Int: KnownParts] = [:]
  }

  init(_ study: PageStudy, _ addresses: Addresses) {
    self.study = study
    self.addresses = addresses
    markup = CommentMarkup(tree: study.tree)
  }

  private var tree: HTMLTree { study.tree }

  mutating func find() -> Found? {
    for candidates in families() {
      if let found = read(candidates) { return found }
    }
    guard let repeated = RepeatedPosts(study).find() else { return nil }
    return read(
      Candidates(
        nodes: repeated.nodes, isForum: repeated.isForum, isRow: repeated.isRow,
        known: repeated.parts))
  }

  mutating func find(named nodes: [Int]) -> Found? {
    read(Candidates(nodes: nodes, isForum: false, isRow: false))
  }

  /// The families that the page may be of: first the first in the table, unless another has far more.
  private func families() -> [Candidates] {
    var found: [Candidates] = []
    for (number, nodes) in markup.beginnings(study).sorted(by: { $0.key < $1.key }) {
      let nodes = withoutInnerBoxes(nodes)
      let family = CommentFamily.all[number]
      guard nodes.count >= family.least else { continue }
      found.append(
        Candidates(
          family: number, nodes: nodes, isForum: family.isForum, isRow: family.isRow))
    }
    let most = found.map(\.nodes.count).max() ?? 0
    let rich = found.filter { $0.nodes.count * 3 >= most }
    return Array((rich + found.filter { $0.nodes.count * 3 < most }).prefix(4))
  }

  /// `li#li-comment-1` holds `div#comment-1`: one comment, two boxes.
  private func withoutInnerBoxes(_ nodes: [Int]) -> [Int] {
    var numbers: Set<String> = []
    return nodes.filter { node in
      guard let number = markup.number(node) else { return true }
      return numbers.insert(number).inserted
    }
  }

  // MARK: - Reading

  private mutating func read(_ candidates: Candidates) -> Found? {
    let nodes = candidates.nodes
    var starts = [Bool](repeating: false, count: tree.count)
    for node in nodes { starts[node] = true }
    var inner = study
    var doneUntil = 0
    markup.unmark()
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
    var found = Found()
    var order = CommentTree(markup: markup, starts: starts)
    for (place, node) in nodes.enumerated() where !markup.isPart(.pingback, node) {
      let parts = reading.parts(of: node, upTo: ends[place], known: candidates.known[node])
      guard var comment = reading.comment(parts) else { continue }
      if candidates.isForum, found.opening == nil, found.posted.isEmpty, let text = parts.text {
        found.opening = Discussion.Opening(author: comment.author, time: comment.time, body: text)
        found.furniture = parts.own.filter { reading.study.dropped[$0] != nil }
        continue
      }
      if let opening = found.opening, !comment.author.isEmpty, comment.author == opening.author {
        comment.marks.insert(.originalPoster)
      }
      order.place(&comment, node)
      found.posted.append(comment)
    }
    guard !found.posted.isEmpty || found.opening != nil else { return nil }
    found.used = used(candidates, ends, without: found.opening)
    return found
  }

  /// Comments in a definition list or a table are rows: they end where the next one begins.
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

/// Gives each comment an id and its parent: by nesting, by name, by depth, or by what it follows.
private struct CommentTree {
  let markup: CommentMarkup
  let starts: [Bool]
  private var ids: [Int: String] = [:]
  private var unique = UniqueIDs()
  private var placed = 0
  /// Where depth is told by a number, the latest comment of each depth.
  private var levels: [String] = []
  /// The last start below a node's parent: who a list of replies answers.
  private var lastBelow: [Int: Int] = [:]

  init(markup: CommentMarkup, starts: [Bool]) {
    self.markup = markup
    self.starts = starts
  }

  mutating func place(_ comment: inout PostedComment, _ node: Int) {
    placed += 1
    let id = unique.take(comment.id ?? "c\(placed)")
    comment.id = id
    comment.parent =
      above(node) ?? markup.namedParent(node).flatMap { unique.contains($0) ? $0 : nil }
    if let level = markup.level(node) {
      let level = min(level, levels.count)
      comment.parent = level > 0 ? levels[level - 1] : nil
      levels.removeSubrange(level...)
      levels.append(id)
    }
    ids[node] = id
    if let parent = markup.tree.parent(node) { lastBelow[parent] = node }
  }

  /// The comment that holds this one, or that the list with this one follows.
  private func above(_ node: Int) -> String? {
    let tree = markup.tree
    var below = node
    for above in tree.ancestors(node) {
      if starts[above], let id = ids[above] { return id }
      if isReplies(below), let before = lastBelow[above], before < below { return ids[before] }
      below = above
    }
    return nil
  }

  /// Whether an element is a list of replies beside the comment that they answer.
  private func isReplies(_ node: Int) -> Bool {
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
  /// Whether the class holds the letters anywhere.
  fileprivate func hasClassPart(_ letters: StaticString, _ node: Node) -> Bool {
    valueContains(letters, .class, node)
  }
}
