import Stories

/// Finds the story's authors.
///
/// Names are as the page writes them, without "By", job titles, URLs, dates or the site's name. The
/// layers are JSON-LD, `meta` elements, other JSON-LD objects, and visible bylines; the first with a
/// person's name wins. An account name or an organisation is the byline only if no layer names a
/// person; the list is empty if nobody is named.
extension MetadataChoice {
  func byline(near headline: Int?) -> [String] {
    let layers: [(MetadataChoice) -> [String]] = [
      { $0.linkedAuthors($0.metadata.articles) }, { $0.authorsInMeta },
      { $0.linkedAuthors($0.metadata.linked.otherWorks) }, { $0.visibleAuthors(near: headline) },
    ]
    var organisation: [String] = []
    var handles: [String] = []
    for layer in layers {
      let names = PersonNames.read(layer(self))
      let people = names.filter { !site.matches($0) && !PersonNames.isDefaultAccount($0) }
      // One real name is enough: a lower-case entry beside it is an agency that co-wrote the story.
      if people.contains(where: { !PersonNames.isHandle($0) }) { return people }
      if handles.isEmpty { handles = people }
      if organisation.isEmpty { organisation = names.filter { !PersonNames.isDefaultAccount($0) } }
    }
    return handles.isEmpty ? organisation : handles
  }

  private func linkedAuthors(_ objects: [JSONValue]) -> [String] {
    for object in objects {
      let names = metadata.linked.authors(of: object)
      if !names.isEmpty { return names.map(Metadata.decoded) }
    }
    return []
  }

  private var authorsInMeta: [String] {
    if !metadata.authorsInMeta.isEmpty { return metadata.authorsInMeta }
    // Yoast SEO's Twitter cards: "Written by" in a label, the name in its data.
    for number in 1...2 {
      guard let label = metadata.meta["twitter:label\(number)"]?.lowercased(),
        let name = metadata.meta["twitter:data\(number)"],
        !name.utf8.contains(where: \.isDigit)
      else { continue }
      if PersonNames.cardLabels.contains(where: { label.hasPrefix($0) }) { return [name] }
    }
    return []
  }
}
