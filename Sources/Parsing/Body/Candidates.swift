/// The content container: the element that holds the story.
///
/// Candidate scoring: every block scores by its running letters, link lists negatively; the element
/// whose subtree has the highest sum is the container, narrowed while one child holds nearly all of
/// it. An element that the page marks as the article's body is preferred. No word list of any language
/// is needed.
struct Candidate {
  var node: Int
  /// 0…1, from the ratio of the page's score that it holds and whether the page marks it.
  var confidence: Double
}

extension PageStudy {
  func findBody() -> Candidate? {
    if let opening { return Candidate(node: opening, confidence: 0.9) }
    let scores = scoreCandidates()
    guard var best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] > 0 else {
      return nil
    }
    // A descendant with the same sum excludes more of the page.
    var isMarked = false
    let narrowed = narrowContainer(best, scores)
    if let named = markedBody(scores, of: scores[best], inside: narrowed) {
      best = named
      isMarked = true
    } else {
      best = narrowed
    }
    let all = max(1, scores[0])
    let ratio = min(1, Double(max(0, scores[best])) / Double(all))
    return Candidate(node: best, confidence: min(1, ratio * 0.6 + (isMarked ? 0.4 : 0.2)))
  }

  func scoreCandidates() -> [Int32] {
    var scores = [Int32](repeating: 0, count: tree.count)
    var skipUntil = 0
    for node in 0..<tree.count where tree.isElement(node) {
      if node < skipUntil { continue }
      if dropped[node] != nil {
        skipUntil = tree.end(node)
        continue
      }
      scores[node] = score(of: node)
    }
    for node in stride(from: tree.count - 1, to: 0, by: -1) {
      scores[Int(tree.records[node].parent)] += scores[node]
    }
    return scores
  }

  private func score(of node: Int) -> Int32 {
    guard ownLetters[node] > 0 else { return 0 }
    let tag = tree.tag(node)
    if HTMLTag.headings.contains(tag) { return 0 }
    let density = linkDensity(node)
    if density > Thresholds.maximumLinkRatio { return -min(ownLetters[node], 100) }
    guard ownLetters[node] >= Thresholds.minimumSentenceLetters else {
      return ownLetters[node] < 15 ? -2 : 0
    }
    let length = Double(ownLetters[node]) * (1 - density)
    let weight: Double =
      switch tag {
      case .p, .blockquote, .pre: 1.2
      case .li, .td, .dd: 0.8
      default: 1
      }
    return Int32(min(length * weight, 1_000_000))
  }

  private func narrowContainer(_ start: Int, _ scores: [Int32]) -> Int {
    var node = start
    while true {
      let minimumScore = Int32(Double(scores[node]) * Thresholds.minimumNarrowingRatio)
      guard
        let child = tree.children(node).first(where: {
          scores[$0] >= minimumScore && tree.isElement($0) && !tree.tag($0).isInline
            && tree.tag($0) != .p && !HTMLTag.lists.contains(tree.tag($0))
            && tree.tag($0) != .li && tree.tag($0) != .blockquote
        })
      else { return node }
      node = child
    }
  }

  /// Whether class names or microdata mark the element as an article's body.
  func isNamedBody(_ node: Int) -> Bool {
    evidence[node].contains([.article, .body]) && tree.tag(node) != .body
      || tree.hasToken("articlebody", in: .itemprop, node)
  }

  /// The innermost element that the page marks as the article's body.
  ///
  /// An `article` inside the container that the scores give counts too.
  private func markedBody(_ scores: [Int32], of all: Int32, inside narrowed: Int) -> Int? {
    let minimumScore = Int32(Double(all) * Thresholds.minimumMarkedBodyRatio)
    let minimumArticleScore = Int32(Double(all) * Thresholds.minimumArticleRatio)
    var found: Int?
    for node in 1..<tree.count where scores[node] >= minimumArticleScore && tree.isElement(node) {
      let isArticle = tree.tag(node) == .article && node > narrowed && tree.contains(narrowed, node)
      guard isArticle || scores[node] >= minimumScore && isNamedBody(node), !tree.tag(node).isInline
      else { continue }
      if let last = found, tree.contains(last, node),
        Double(scores[node]) < Double(scores[last]) * Thresholds.minimumInnerBodyRatio
      {
        continue
      }
      found = node
    }
    return found
  }
}
