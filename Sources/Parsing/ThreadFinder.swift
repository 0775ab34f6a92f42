import Stories

/// Finds the thread of a page: its comments with parents, their count, and whether it is open.
///
/// Contract: one pass finds what begins a comment, a second reads each comment's own part, so the
/// work is linear in the page. Marks the comments it took in `study.dropped`, so that their text
/// does not become the story's. Works on the page as it came, before anything is pruned.
///
/// `named` are the comments where the rule for a site names them, each holding its replies or not.
func findThread(
  _ study: inout PageStudy, _ addresses: Addresses, named: [Int]? = nil
) -> Thread {
  var finder = ThreadFinder(study, addresses, named: named)
  let thread = finder.find()
  for node in finder.used { study.dropped[node] = .comments }
  return thread
}

private struct ThreadFinder {
  private let study: PageStudy
  private let addresses: Addresses
  private let markup: CommentMarkup
  private var starts: [Bool]
  private(set) var used: [Int] = []
  private let named: [Int]?

  init(_ study: PageStudy, _ addresses: Addresses, named: [Int]?) {
    self.named = named
    self.study = study
    self.addresses = addresses
    markup = CommentMarkup(tree: study.tree)
    starts = Array(repeating: false, count: study.tree.count)
  }

  private var tree: HTMLTree { study.tree }

  mutating func find() -> Thread {
    var nodes = named ?? commentNodes()
    if named == nil, let first = nodes.first, markup.isPost(first) { nodes.removeFirst() }
    for node in nodes { starts[node] = true }
    let reading = CommentReading(
      study: marked(nodes), addresses: addresses, markup: markup, starts: starts)
    var posted: [PostedComment] = []
    var ids: [Int: String] = [:]
    var seen: Set<String> = []
    // Where depth is told by indent, the latest comment of each depth.
    var levels: [String] = []
    for (place, node) in nodes.enumerated() where !markup.isPingback(node) {
      guard var comment = reading.read(node, upTo: end(of: node, place, nodes)) else { continue }
      var id = comment.id ?? "c\(posted.count + 1)"
      while !seen.insert(id).inserted { id += "'" }
      comment.id = id
      comment.parent = parent(of: node, ids)
      if let level = markup.indent(node) {
        let level = min(level, levels.count)
        comment.parent = level > 0 ? levels[level - 1] : nil
        levels.removeSubrange(level...)
        levels.append(id)
      }
      ids[node] = id
      posted.append(comment)
    }
    used = nodes
    let (count, state) = said(posted.count)
    return Thread(posted, count: count, state: state)
  }

  /// The nodes that hold a comment, without those that are only a comment's inner box.
  private func commentNodes() -> [Int] {
    var nodes: [Int] = []
    var numbers: Set<String> = []
    for node in 1..<max(1, tree.count) where markup.isComment(node) {
      if study.evidence[node].contains(.sidebar) { continue }
      // `li#li-comment-1` holds `div#comment-1`: one comment, two boxes.
      if let number = markup.number(node), !numbers.insert(number).inserted { continue }
      nodes.append(node)
    }
    return nodes
  }

  /// The study with the replies and the furniture of all comments left out, marked in one pass.
  private func marked(_ nodes: [Int]) -> PageStudy {
    var inner = study
    var end = 0
    for node in nodes {
      inner.dropped[node] = .comments
      let last = tree.tag(node) == .dt ? tree.parent(node).map { tree.end($0) } : tree.end(node)
      for below in max(node + 1, end)..<max(node + 1, end, last ?? 0)
      where markup.isFurniture(below) {
        inner.dropped[below] = .comments
      }
      end = max(end, last ?? 0)
    }
    return inner
  }

  /// Comments in a definition list or a table are rows: they end where the next one begins.
  private func end(of node: Int, _ place: Int, _ nodes: [Int]) -> Int {
    guard tree.tag(node) == .dt else { return tree.end(node) }
    let above = tree.parent(node).map { tree.end($0) } ?? tree.count
    return place + 1 < nodes.count ? min(nodes[place + 1], above) : above
  }

  private func parent(of node: Int, _ ids: [Int: String]) -> String? {
    for above in tree.ancestors(node) where starts[above] {
      if let id = ids[above] { return id }
    }
    return nil
  }

  // MARK: - Count and state

  private func said(_ shown: Int) -> (Int?, Thread.State) {
    var count: Int?
    var state = Thread.State.unknown
    for node in 1..<max(1, tree.count) where tree.isElement(node) {
      if let service = service(node), shown == 0 { state = .elsewhere(service) }
      if tree.tag(node) == .form, tree.classOrIDContains("comment", node), state == .unknown {
        state = .open
      }
      guard study.letters[node] > 3, study.letters[node] < 90,
        HTMLTag.headings.contains(tree.tag(node)) || tree.classOrIDContains("comment", node)
      else { continue }
      switch PlainLabel(tree.line(node, limit: 200)) {
      case .comments(let said?) where count == nil && said >= shown: count = said
      case .form where PlainLabel.closesThread(tree.line(node, limit: 200)): state = .closed
      case .form where state == .unknown: state = .open
      default: break
      }
    }
    return (count ?? (shown > 0 ? shown : nil), state)
  }

  /// The service that keeps the thread elsewhere.
  private func service(_ node: Int) -> String? {
    guard tree.has(.id, node) || tree.has(.class, node) else { return nil }
    if tree.hasToken("disqus_thread", in: .id, node) { return "Disqus" }
    if tree.hasClass("fb-comments", node) { return "Facebook" }
    if tree.classOrIDContains("coral_talk", node) || tree.classOrIDContains("coral-thread", node) {
      return "Coral"
    }
    if tree.classOrIDContains("spot-im", node) || tree.classOrIDContains("openweb", node) {
      return "OpenWeb"
    }
    if tree.hasClass("giscus", node) { return "giscus" }
    return nil
  }
}
