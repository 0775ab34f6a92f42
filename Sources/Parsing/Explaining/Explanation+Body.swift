import Stories

/// The candidates for the body with their scores, which rule chose among them, and how often the page
/// was read.
extension Explanation {
  func body(_ text: inout ExplanationText) {
    text.part("Readings (each next one takes less for furniture)")
    readings(&text)
    text.part("Body")
    guard let body = stages.reading.body else {
      return text.row("container", "none: no block of the page has a sentence that is no link")
    }
    text.row("container", tree.path(body))
    text.row("chosen", rule(body))
    text.row("confidence", stages.reading.confidence.inHundredths)
    candidates(body, &text)
  }

  private func readings(_ text: inout ExplanationText) {
    var rows: [[String]] = []
    var usual = stages.untouched
    usual.markFurniture(.usual)
    let chosen = stages.reading
    _ = StoryReading.best(
      usual, untouched: stages.untouched, title: story.title, stages.addresses
    ) { tried in
      let isChosen = !chosen.isFromSiteRule && tried.study.leniency == chosen.study.leniency
      rows.append([
        String(tried.letters), String(tried.blocks.count), tried.confidence.inHundredths,
        words(tried.study.leniency), isChosen ? "← chosen" : "",
      ])
    }
    if chosen.isFromSiteRule {
      rows.append([
        String(chosen.letters), String(chosen.blocks.count), chosen.confidence.inHundredths,
        "rule for \(stages.named?.rule.host ?? "the site")", "← chosen",
      ])
    }
    text.table(["letters", "blocks", "confidence", "reading", ""], rows, numbers: 3)
    if rows.count == 1 { text.row("", "more lenient ones were not tried: there was text enough") }
  }

  private func words(_ leniency: Leniency) -> String {
    switch leniency {
    case .usual: "as usual"
    case .names: "names of classes and rows of cards mark nothing"
    case .hidden: "hidden parts may hold the story"
    case .posts: "so may what is named comments"
    }
  }

  private func rule(_ body: Int) -> String {
    if stages.reading.isFromSiteRule { return "the rule for the site names it" }
    if searched.isNamedBody(body) { return "the page names it the body of an article" }
    let scores = searched.scoreCandidates()
    let best = scores.indices.max { scores[$0] < scores[$1] } ?? body
    if best == body { return "it has the highest score" }
    guard tree.contains(best, body) else { return "it has the highest score of what was left" }
    return "it has nearly the whole score of \(tree.label(best)), which has the highest"
  }

  /// The container, what it is in, and the best of what is beside and inside it.
  private func candidates(_ body: Int, _ text: inout ExplanationText) {
    let scores = searched.scoreCandidates()
    var best: [Int] = []
    for node in 1..<tree.count
    where tree.isElement(node) && scores[node] > 0
      && searched.ownLetters[node] != searched.letters[node]
    {
      guard best.count < 12 || scores[node] > scores[best[11]] else { continue }
      let place = best.firstIndex { scores[$0] < scores[node] } ?? best.count
      best.insert(node, at: place)
      if best.count > 12 { best.removeLast() }
    }
    if !best.contains(body) { best.append(body) }
    let rows = best.map { node in
      [
        String(scores[node]), String(searched.letters[node]), String(searched.runningLetters[node]),
        searched.linkDensity(node).inHundredths, tree.path(node),
        node == body ? "← the container" : "",
      ]
    }
    text.table(["score", "letters", "running", "links", "candidate", ""], rows, numbers: 4)
  }
}
