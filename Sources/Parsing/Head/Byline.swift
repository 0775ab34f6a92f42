import Stories

/// Finds the people who wrote the story.
///
/// Contract: names as the page gives them, without "By", titles of office or "About"; no address, no
/// site, no date; a handle only where no layer has a name. Where only an organisation is named it is
/// the byline, and where nobody is named the list is empty.
extension MetadataChoice {
  func byline(near headline: Int?) -> [String] {
    let layers: [(MetadataChoice) -> [String]] = [
      { $0.linkedAuthors($0.said.articles) }, { $0.authorsInMeta },
      { $0.linkedAuthors($0.said.linked.works) }, { $0.visibleAuthors(near: headline) },
    ]
    var organisation: [String] = []
    var handles: [String] = []
    for layer in layers {
      let names = PersonNames.read(layer(self))
      let people = names.filter { !site.contain($0) && !PersonNames.isAccount($0) }
      // An agency in lower case beside people is one of the writers.
      if people.contains(where: { !PersonNames.isHandle($0) }) { return people }
      if handles.isEmpty { handles = people }
      if organisation.isEmpty { organisation = names.filter { !PersonNames.isAccount($0) } }
    }
    return handles.isEmpty ? organisation : handles
  }

  private func linkedAuthors(_ objects: [JSONValue]) -> [String] {
    for object in objects {
      let names = said.linked.makers(of: object)
      if !names.isEmpty { return names.map(Metadata.decoded) }
    }
    return []
  }

  private var authorsInMeta: [String] {
    if !said.authorsInMeta.isEmpty { return said.authorsInMeta }
    // Yoast's cards: "Written by" and a name in label and data.
    for number in 1...2 {
      guard let label = said.meta["twitter:label\(number)"]?.lowercased(),
        let name = said.meta["twitter:data\(number)"],
        !name.utf8.contains(where: \.isDigit)
      else { continue }
      if PersonNames.cardLabels.contains(where: { label.hasPrefix($0) }) { return [name] }
    }
    return []
  }
}
