import Stories

/// Where title, byline and dates came from: every layer that speaks of them, those believed marked.
extension Explanation {
  func head(_ text: inout ExplanationText) {
    text.part("Head (→ says what was chosen)")
    title(&text)
    byline(&text)
    dates(&text)
    text.row("site", story.site ?? "not named")
    text.row("language", story.language ?? "not named")
    text.row("address", story.address ?? "not named")
    if let standfirst = story.standfirst { text.row("standfirst", standfirst.quoted()) }
  }

  private var metadata: Metadata { stages.metadata }

  private func title(_ text: inout ExplanationText) {
    text.row("title", story.title.isEmpty ? "not found" : story.title.quoted(200))
    let chosen = MetadataChoice.key(story.title)
    var layers = metadata.headlines.map { ("h1", $0.text) }
    if let linked = metadata.linkedText("headline") { layers.append(("JSON-LD", linked)) }
    layers += meta { $0.hasSuffix("title") }
    if let element = metadata.titleElement { layers.append(("title element", element)) }
    for (layer, value) in layers {
      let key = MetadataChoice.key(value)
      let isChosen = !chosen.isEmpty && key.firstOffset(of: story.title) != nil
      text.row(
        "", (key == chosen ? "→ " : isChosen ? "⊃ " : "  ") + "\(layer): \(value.quoted(100))")
    }
  }

  private func byline(_ text: inout ExplanationText) {
    text.row("byline", story.byline.isEmpty ? "not found" : story.byline.joined(separator: ", "))
    var layers = metadata.articles.flatMap { article in
      (article["author"].items + article["creator"].items).compactMap { author in
        (author["name"].text ?? author.text).map { ("JSON-LD", $0) }
      }
    }
    layers += meta { key in ["author", "creator", "byl"].contains { key.contains($0) } }
    for node in writers() { layers.append((tree.path(node), tree.line(node, limit: 200))) }
    for (layer, value) in layers.prefix(12) {
      let isChosen = story.byline.contains { value.contains($0) }
      text.row("", (isChosen ? "→ " : "  ") + "\(layer): \(value.quoted(80))")
    }
  }

  /// Short elements that the page calls an author or a byline.
  private func writers() -> [Int] {
    (1..<max(1, tree.count)).lazy.filter { node in
      tree.isElement(node) && (3..<100).contains(study.letters[node])
        && (!study.evidence[node].isDisjoint(with: [.byline, .author])
          || tree.hasToken("author", in: .rel, node)
          || tree.hasToken("author", in: .itemprop, node))
    }.prefix(6).map { $0 }
  }

  private func dates(_ text: inout ExplanationText) {
    text.row("published", story.published?.iso8601 ?? "not found")
    var layers = ["datePublished", "dateModified", "dateCreated"].compactMap { key in
      metadata.linkedText(key).map { ("JSON-LD \(key)", $0) }
    }
    layers += meta { key in
      ["date", "time", "pub", "modified"].contains { key.contains($0) } && !key.contains("url")
    }
    for node in 1..<max(1, tree.count) where tree.tag(node) == .time {
      let value = tree.value(.datetime, of: node) ?? tree.line(node, limit: 100)
      layers.append((tree.path(node), value))
      if layers.count > 16 { break }
    }
    let chosen = [story.published, story.updated].compactMap { $0 }
    for (layer, value) in layers.prefix(16) {
      let isChosen = DateParser.parse(value).map { chosen.contains($0) } ?? false
      text.row("", (isChosen ? "→ " : "  ") + "\(layer): \(value.quoted(60))")
    }
    text.row("updated", story.updated?.iso8601 ?? "not found")
  }

  /// The meta elements whose name passes, in the order of their names.
  private func meta(_ isWanted: (String) -> Bool) -> [(String, String)] {
    metadata.meta.filter { isWanted($0.key) }.sorted { $0.key < $1.key }.map { ("meta \($0)", $1) }
  }
}
