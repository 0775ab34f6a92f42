/// The standfirst, where it stands between the headline and the body.
///
/// Contract: a block of up to some sentences that the page names so, or that begins as the page's
/// own description does. One walk from the headline to the body; what is dropped is passed.
func findStandfirst(_ reading: StoryReading, _ said: Metadata, title: Int?) -> String? {
  guard let body = reading.body else { return nil }
  let study = reading.study
  let tree = study.tree
  let description = [
    said.named("og:description"), said.named("description"), said.linkedText("description"),
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
      let said = study.evidence[node]
      let isNamed = said.contains(.standfirst) && said.isDisjoint(with: [.caption, .credit])
      if isNamed
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
