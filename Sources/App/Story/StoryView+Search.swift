internal import Display
internal import Matching
internal import Stories

/// The matches of a search in a story, and which of them is the current one.
struct Hits {
  var matches: [Match] = []
  var current: Int?
  /// What was searched for; empty without a search.
  var typed = ""

  var marks: SearchMarks? { matches.isEmpty ? nil : SearchMarks(matches, current: current) }

  /// "3/17", "0/0"; `nil` without a search.
  var count: String? { typed.isEmpty ? nil : "\((current ?? -1) + 1)/\(matches.count)" }
}

extension StoryView {
  /// Where a search began, so that Esc can return there.
  struct Origin {
    var top: Int
    var focus: Int?
    var folds: Set<Int>
    var hits: Hits
    var anchor: Place
    /// What was moved sideways, and how far.
    var shifts: [Int: Int]
  }

  var origin: Origin {
    Origin(
      top: top, focus: focus, folds: layout.folds, hits: hits, anchor: anchor,
      shifts: layout.shifts)
  }

  mutating func restore(_ origin: Origin) {
    if origin.folds != layout.folds { fold(origin.folds) }
    hits = origin.hits
    show(layout.shifted(origin.shifts))
    scroll(to: origin.top)
    focus(on: origin.focus)
  }

  /// Finds a pattern and shows the first match from where the search began; `false` if the
  /// pattern needed more work than a search may take.
  mutating func find(_ typed: String, from origin: Origin, forward: Bool) -> Bool {
    restore(origin)
    let pattern = Pattern(typed: typed)
    guard !pattern.isEmpty else {
      hits = Hits()
      return true
    }
    let findings = finder().find(pattern)
    hits = Hits(matches: shown(findings.matches), current: nil, typed: typed)
    guard !hits.matches.isEmpty else { return !findings.isTooComplex }
    let start = origin.focus ?? origin.top
    let first = hits.matches.partitioningIndex { row(of: $0) >= (forward ? start : start + 1) }
    let count = hits.matches.count
    show(match: forward ? first % count : (first + count - 1) % count)
    return !findings.isTooComplex
  }

  /// The matches that unfolding can show.
  private func shown(_ matches: [Match]) -> [Match] {
    guard let choice = layout.choice else { return matches }
    return matches.filter { $0.comment.map(choice.isChosen) ?? true }
  }

  /// Repeats the search after the text or the shown comments have changed.
  mutating func findAgain() {
    guard !hits.typed.isEmpty else { return }
    let matches = shown(finder().find(Pattern(typed: hits.typed)).matches)
    let current = matches.partitioningIndex { row(of: $0) >= currentRow }
    hits = Hits(
      matches: matches, current: current < matches.count ? current : nil, typed: hits.typed)
  }

  /// Finds a pattern and shows the first match in a line of the story, or else the first of all.
  mutating func find(_ typed: String, near line: String, from origin: Origin) {
    guard find(typed, from: origin, forward: true), !hits.matches.isEmpty else { return }
    let wanted = folded(line)
    var known: (passage: Int, fits: Bool) = (-1, false)
    let near = hits.matches.firstIndex { match in
      if match.passage != known.passage {
        let passage = folded(text.text(of: match.passage))
        known = (match.passage, passage.contains(wanted) || wanted.contains(passage))
      }
      return known.fits
    }
    if let near, !wanted.isEmpty { show(match: near) }
  }

  /// What going to another match did.
  enum Step { case moved, wrapped, none }

  mutating func step(by count: Int) -> Step {
    let total = hits.matches.count
    guard total > 0 else { return .none }
    let target = (hits.current ?? -1) + count
    show(match: ((target % total) + total) % total)
    return (0..<total).contains(target) ? .moved : .wrapped
  }

  /// Makes a match the current one and shows it, unfolding what hides it.
  private mutating func show(match index: Int) {
    let match = hits.matches[index]
    hits.current = index
    if layout.row(of: match) == nil, let comment = match.comment {
      fold(layout.folds(showing: comment))
    }
    if let row = layout.row(of: match) { reveal(row) }
    show(layout.showing(match))
    viewport.isFocusMarked = false
  }

  /// The row of a match; for one in a folded comment, the row of the fold.
  private func row(of match: Match) -> Int {
    if let row = layout.row(of: match) { return row }
    guard let comment = match.comment, thread.comments.indices.contains(comment) else { return 0 }
    return layout.row(of: Place(.comment(thread.comments[comment].id)))
  }
}
