import Stories

/// For each block of the page in its order: kept, dropped and why, or outside the container.
extension Explanation {
  /// Of longer pages only the beginning is listed.
  private static let mostRows = 600

  func blocks(_ text: inout ExplanationText) {
    text.part("Blocks (+ kept, - dropped, · outside the container)")
    if StoryReading.letters(story.blocks) > max(1, stages.reading.letters) * 2 {
      text.row("", "the story is not made of these: see the notes above")
    }
    var rows: [[String]] = []
    var node = 1
    while node < tree.count, rows.count < Self.mostRows {
      if HTMLTag.unseen.contains(tree.tag(node)) {
        node = tree.end(node)
        continue
      }
      if let kind = study.dropped[node] {
        if study.letters[node] > 0 { rows.append(row("-", node, reason(node, kind))) }
        node = tree.end(node)
        continue
      }
      if tree.isElement(node), !tree.tag(node).isInline, study.ownLetters[node] > 0 {
        let isInside = stages.reading.body.map { tree.contains($0, node) } ?? false
        // Labels outside the container are as many as they are dull.
        if isInside || study.ownLetters[node] >= Thresholds.minimumSentenceLetters {
          rows.append(row(isInside ? "+" : "·", node, use(node)))
        }
      }
      node += 1
    }
    let heads = ["", "letters", "links", "element", "why", "words"]
    text.table(heads, rows, numbers: 3)
    if rows.count == Self.mostRows { text.row("", "… and so on") }
  }

  private func row(_ mark: String, _ node: Int, _ why: String) -> [String] {
    [
      mark, String(study.letters[node]), study.linkDensity(node).inHundredths,
      String(tree.label(node).prefix(48)), why, tree.line(node, limit: 200).quoted(48),
    ]
  }

  /// What a block outside the blocks of the story is used for.
  private func use(_ node: Int) -> String {
    let line = tree.line(node, limit: 2000)
    if line == story.standfirst { return "the standfirst" }
    return line == story.title ? "the headline" : ""
  }

  /// The stage that dropped a part, as what, and what spoke for it.
  private func reason(_ node: Int, _ kind: Dropped.Kind) -> String {
    let stage =
      if stages.untouched.dropped[node] != nil {
        kind == .comments ? "thread" : kind == .author ? "author's card" : "figures"
      } else if searched.dropped[node] != nil {
        stages.reading.isFromSiteRule ? "site rule" : "furniture"
      } else {
        "pruned"
      }
    let facts = facts(node, kind, isPruned: stage == "pruned")
    return "\(stage): \(kind.rawValue)"
      + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
  }

  /// What the stages look at, as far as it holds for this part.
  private func facts(_ node: Int, _ kind: Dropped.Kind, isPruned: Bool) -> [String] {
    var facts: [String] = []
    let tag = tree.tag(node)
    if [.nav, .menu, .aside, .form, .button, .dialog, .footer].contains(tag) {
      facts.append("\(tree.name(node)) element")
    }
    if let role = tree.value(.role, of: node) { facts.append("role \(role.prefix(20))") }
    if study.isHidden(node) { facts.append("hidden") }
    let names = study.evidence[node].names
    if !names.isEmpty { facts.append("named " + names.joined(separator: " ")) }
    let line = tree.line(node, limit: 300)
    if isPruned, BoilerplateLabels.kind(of: line, isHeading: HTMLTag.headings.contains(tag)) != nil
    {
      facts.append("its words are a label")
    }
    if kind == .title { facts.append("the title again") }
    if study.linkDensity(node) > Thresholds.maximumLinkRatio { facts.append("mostly links") }
    if facts.isEmpty, !isPruned, kind == .related { facts.append("one of a row of cards") }
    if study.runningLetters[0] > 0, study.runningLetters[node] > 0 {
      facts.append(
        "\(100 * Int(study.runningLetters[node]) / Int(study.runningLetters[0])) % of all running text"
      )
    }
    return facts
  }
}
