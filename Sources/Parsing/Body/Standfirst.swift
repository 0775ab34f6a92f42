/// The standfirst between headline and body, or `nil`.
///
/// A block of 30 to 700 letters with a standfirst class, or that begins like the page's description.
/// One walk from the headline to the body that skips dropped subtrees and figures.
func findStandfirst(_ reading: StoryReading, _ metadata: Metadata, title: Int?) -> String? {
  guard let body = reading.body else { return nil }
  let study = reading.study
  let tree = study.tree
  let description = [
    metadata.named("og:description"), metadata.named("description"),
    metadata.linkedText("description"),
  ]
  .compactMap { $0 }.map { MetadataChoice.key($0).prefix(60) }.filter { $0.count > 30 }
  let start = title.map { tree.end($0) } ?? 1
  guard start < body else { return nil }
  var node = start
  while node < body {
    if study.dropped[node] != nil || tree.tag(node) == .figure || study.figures[node] != nil
      || study.figures.isPart(node)
    {
      node = tree.end(node)
      continue
    }
    let tag = tree.tag(node)
    let figure = study.figures.first(in: node, tree)
    let isCaption = figure.map { study.letters[$0.root] * 2 > study.letters[node] } ?? false
    if tag != .text, !isCaption, tree.end(node) <= body, (30...700).contains(study.letters[node]),
      study.linkDensity(node) < 0.3, !HTMLTag.unseen.contains(tag)
    {
      let text = tree.line(node, limit: 2000)
      let key = MetadataChoice.key(text)
      let hints = study.evidence[node]
      let isMarked = hints.contains(.standfirst) && hints.isDisjoint(with: [.caption, .credit])
      if isMarked
        || description.contains(where: {
          key.starts(with: $0) || $0.starts(with: key.prefix(60)) && key.count > 40
        })
      {
        return text
      }
    }
    node += 1
  }
  return nil
}
