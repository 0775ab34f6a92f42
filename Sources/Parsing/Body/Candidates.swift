/// Finds the element that holds the story.
///
/// Contract: every block of text votes by its running letters, link lists against; the element whose
/// subtree has the highest sum is the story's container, narrowed while one part holds nearly all
/// of it, and preferred where the page itself names its article body. No list of words of any
/// language is needed. Answers `nil` for a page without running text.
struct Candidate {
  var node: Int
  /// 0…1: how much of the page's running text it holds, and whether the page names it.
  var confidence: Double
}

extension PageStudy {
  func findBody() -> Candidate? {
    if let opening { return Candidate(node: opening, confidence: 0.9) }
    let votes = countVotes()
    guard var best = votes.indices.max(by: { votes[$0] < votes[$1] }), votes[best] > 0 else {
      return nil
    }
    // An equal sum further down is the tighter one.
    var isNamed = false
    let tight = narrow(best, votes)
    if let named = namedBody(votes, of: votes[best], inside: tight) {
      best = named
      isNamed = true
    } else {
      best = tight
    }
    let all = max(1, votes[0])
    let share = min(1, Double(max(0, votes[best])) / Double(all))
    return Candidate(node: best, confidence: min(1, share * 0.6 + (isNamed ? 0.4 : 0.2)))
  }

  func countVotes() -> [Int32] {
    var votes = [Int32](repeating: 0, count: tree.count)
    var skipUntil = 0
    for node in 0..<tree.count where tree.isElement(node) {
      if node < skipUntil { continue }
      if dropped[node] != nil {
        skipUntil = tree.end(node)
        continue
      }
      votes[node] = vote(of: node)
    }
    for node in stride(from: tree.count - 1, to: 0, by: -1) {
      votes[Int(tree.records[node].parent)] += votes[node]
    }
    return votes
  }

  private func vote(of node: Int) -> Int32 {
    guard own[node] > 0 else { return 0 }
    let tag = tree.tag(node)
    if HTMLTag.headings.contains(tag) { return 0 }
    let density = linkDensity(node)
    if density > Thresholds.linkList { return -min(own[node], 100) }
    guard own[node] >= Thresholds.sentence else { return own[node] < 15 ? -2 : 0 }
    let length = Double(own[node]) * (1 - density)
    let weight: Double =
      switch tag {
      case .p, .blockquote, .pre: 1.2
      case .li, .td, .dd: 0.8
      default: 1
      }
    return Int32(min(length * weight, 1_000_000))
  }

  private func narrow(_ start: Int, _ votes: [Int32]) -> Int {
    var node = start
    while true {
      let enough = Int32(Double(votes[node]) * Thresholds.narrowShare)
      guard
        let child = tree.children(node).first(where: {
          votes[$0] >= enough && tree.isElement($0) && !tree.tag($0).isInline
            && tree.tag($0) != .p && !HTMLTag.lists.contains(tree.tag($0))
            && tree.tag($0) != .li && tree.tag($0) != .blockquote
        })
      else { return node }
      node = child
    }
  }

  /// Whether the page names the element an article's body.
  func isNamedBody(_ node: Int) -> Bool {
    evidence[node].contains([.article, .body]) && tree.tag(node) != .body
      || tree.hasToken("articlebody", in: .itemprop, node)
  }

  /// The innermost element that the page itself names its article's body.
  ///
  /// An `article` is one too, where the container that the votes give is wider than it.
  private func namedBody(_ votes: [Int32], of all: Int32, inside tight: Int) -> Int? {
    let least = Int32(Double(all) * Thresholds.namedShare)
    let leastOfArticle = Int32(Double(all) * Thresholds.articleShare)
    var found: Int?
    for node in 1..<tree.count where votes[node] >= leastOfArticle && tree.isElement(node) {
      let isArticle = tree.tag(node) == .article && node > tight && tree.contains(tight, node)
      guard isArticle || votes[node] >= least && isNamedBody(node), !tree.tag(node).isInline
      else { continue }
      if let last = found, tree.contains(last, node),
        Double(votes[node]) < Double(votes[last]) * Thresholds.innerShare
      {
        continue
      }
      found = node
    }
    return found
  }
}
