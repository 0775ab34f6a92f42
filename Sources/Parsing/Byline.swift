import Stories

/// Finds the people who wrote the story.
///
/// Contract: names as the page gives them, without "By", titles of office or "About"; no address, no
/// handle, no site, no date. An empty list where the page names nobody.
extension MetadataChoice {
  func byline(site: String?) -> [String] {
    var linked: [String] = []
    for article in said.articles {
      for author in article["author"].items + article["creator"].items {
        for item in author.isObject ? author["name"].items : author.items {
          if let name = item.text { linked.append(said.decoded(name)) }
        }
      }
      if !linked.isEmpty { break }
    }
    let layers: [() -> [String]] = [
      { linked }, { said.authorsInMeta },
      {
        [
          said.named(
            "sailthru.author", "byl", "dcterms.creator", "citation_author", "twitter:data1.author")
        ].compactMap { $0 }
      },
      visibleAuthors,
    ]
    var organisation: [String] = []
    for layer in layers {
      let names = Self.people(layer())
      let people = names.filter { !isSite($0, site) }
      if !people.isEmpty { return people }
      if organisation.isEmpty { organisation = names }
    }
    return organisation
  }

  private func isSite(_ name: String, _ site: String?) -> Bool {
    let key = Self.key(name)
    if let site, Self.key(site) == key { return true }
    return key == Array("admin".utf8) || key == Array("administrator".utf8)
  }

  /// Names in the page itself: rel=author, microdata, byline classes; the nearest to the top first.
  private func visibleAuthors() -> [String] {
    var marked: [String] = []
    var classed: [String] = []
    for node in 1..<max(1, tree.count) {
      let record = tree.records[node]
      guard record.tag != .text, record.attributeCount > 0, study.letters[node] < 100,
        study.letters[node] > 2 || record.tag == .meta
      else { continue }
      let isMarked =
        tree.hasToken("author", in: .rel, node) || tree.hasToken("author", in: .itemprop, node)
        || tree.hasClass("p-author", node)
      guard isMarked || !study.evidence[node].isDisjoint(with: [.byline, .author]) else { continue }
      if isInside(comments: node) { continue }
      let text = authorText(node)
      guard !text.isEmpty else { continue }
      if isMarked {
        if marked.count < 6, !marked.contains(text) { marked.append(text) }
      } else if classed.count < 12 {
        classed.append(text)
      }
    }
    // A mark that holds no name (a portrait, "Follow") is passed over.
    let names = marked.filter { !Self.people([$0]).isEmpty }
    if !names.isEmpty { return names }
    let good = classed.filter { !Self.people([$0]).isEmpty }
    // A byline with a label is surer than a name in a box.
    if let labelled = good.first(where: { Self.withoutLabel($0) != $0 }) { return [labelled] }
    return good.first.map { [$0] } ?? labelledLine().map { [$0] } ?? []
  }

  /// A short line of the page that begins with "By" and a name, whatever its class.
  private func labelledLine() -> String? {
    for node in 1..<max(1, tree.count) where (5...80).contains(study.own[node]) {
      guard tree.isElement(node), !isInside(comments: node) else { continue }
      let text = tree.line(node, limit: 300)
      for part in text.split(separator: "|") {
        let part = Metadata.folded(Array(part.utf8)[...])
        let lowered = part.lowercased()
        guard Self.sureLabels.contains(where: { lowered.hasPrefix($0) }) else { continue }
        let rest = Self.withoutLabel(part)
        let words = rest.split(separator: " ")
        guard (2...8).contains(words.count),
          words.prefix(2).allSatisfy({ $0.unicodeScalars.first?.properties.isUppercase ?? false })
        else { continue }
        return rest
      }
    }
    return nil
  }

  private static let sureLabels = [
    "by ", "by: ", "von ", "par ", "por ", "written by ", "posted by ", "author: ", "autor: ",
    "di ",
    "text: ", "von: ", "автор: ", "door ", "af ", "av ",
  ]

  private func authorText(_ node: Int) -> String {
    if let named = tree.descendants(node).first(where: { tree.hasToken("name", in: .itemprop, $0) })
    {
      return tree.value(.content, of: named) ?? tree.line(named, limit: 200)
    }
    // Links to the authors' own pages name them, and nothing else.
    let links = tree.descendants(node).filter {
      tree.tag($0) == .a
        && (tree.valueContains("author", .href, $0) || tree.valueContains("/by/", .href, $0)
          || tree.valueContains("/people/", .href, $0) || tree.hasToken("author", in: .rel, $0)
          || tree.valueContains("/autor", .href, $0) || tree.valueContains("/profile", .href, $0)
          || tree.valueContains("/staff", .href, $0))
    }
    let named = links.map { tree.line($0, limit: 200) }.filter { !$0.isEmpty }
    if !named.isEmpty { return named.joined(separator: "; ") }
    let text = tree.text(node, limit: 300)
    // The first line is the name; role and date follow it.
    return text.split(separator: "\n").first.map(String.init) ?? ""
  }

  private func isInside(comments node: Int) -> Bool {
    var next: Int? = node
    while let here = next {
      if study.dropped[here] == .comments || study.dropped[here] == .related { return true }
      if study.evidence[here].contains(.comments), tree.tag(here) != .body { return true }
      next = tree.parent(here)
    }
    return false
  }

  // MARK: Names

  private static let labels = [
    "written by ", "posted by ", "published by ", "story by ", "words by ", "reported by ", "by: ",
    "by ", "about ", "author: ", "authors: ", "autor: ", "autorin: ", "von ", "par ", "por ", "di ",
    "af ", "av ", "door ", "text: ", "texto: ", "auteur : ", "par : ", "von: ", "por: ",
    "opinion by ",
    "от ", "автор: ", "a cura di ", "escrito por ", "publicado por ", "escrito por: ",
  ]

  static func withoutLabel(_ text: String) -> String {
    var text = text
    for _ in 0..<2 {
      let lowered = text.lowercased()
      guard let label = labels.first(where: { lowered.hasPrefix($0) }) else { break }
      text = String(text.unicodeScalars.dropFirst(label.unicodeScalars.count))
    }
    return text
  }

  static func people(_ written: [String]) -> [String] {
    var people: [String] = []
    for text in written.prefix(30) where text.utf8.count < 400 {
      var rest = withoutLabel(Metadata.folded(Array(text.utf8)[...]))
      for separator in [
        " and ", " und ", " et ", " & ", " y ", "; ", " | ", " with ", " / ", " e ", " og ",
        " och ", "、", "，", " en ",
      ] {
        rest = rest.split(separator: separator).joined(separator: ",")
      }
      for part in rest.split(separator: ",") {
        let name = cleanName(String(part))
        guard isName(name), !people.contains(name), people.count < 20 else { continue }
        people.append(name)
      }
    }
    return people
  }

  private static func cleanName(_ part: String) -> String {
    var name = withoutLabel(Metadata.folded(Array(part.utf8)[...]))
    // "(obe)", "@handle" and "Nov 29" follow the name.
    for cut in [0x28, 0x5B, 0x40] as [UInt8] {
      if let at = name.utf8.firstIndex(of: cut), at > name.startIndex { name = String(name[..<at]) }
    }
    var words = name.split(separator: " ")
    if let month = words.firstIndex(where: { isMonth($0) }), month > 0, month + 1 < words.count,
      words[month + 1].utf8.allSatisfy({ $0.isDigit })
    {
      words.removeSubrange(month...)
      name = words.joined(separator: " ")
    }
    for office in offices where name.lowercased().hasSuffix(office) {
      name.unicodeScalars.removeLast(office.unicodeScalars.count)
    }
    while let last = name.unicodeScalars.last, " ,.:;|•·-–".unicodeScalars.contains(last),
      !(last == "." && name.split(separator: " ").last?.utf8.count ?? 0 <= 3)
    {
      name.unicodeScalars.removeLast()
    }
    if name.hasPrefix("@"), name.contains(" ") { name.removeFirst() }
    return Metadata.folded(Array(name.utf8)[...])
  }

  private static func isMonth(_ word: Substring) -> Bool {
    DateReading.months[Array(word.lowercased().utf8.filter { $0 != 0x2E })] != nil
  }

  private static let offices = [
    "staff writer", "senior reporter", "special to the times", "staff reporter", "correspondent",
  ]

  private static let noStarts = [
    "illustration by", "photo", "last updated", "updated", "see ", "full bio", "lesedauer", "view ",
    "read ", "follow", "more ", "image", "the author", "reading time", "show ", "all ", "share",
    "sign ", "subscribe", "photograph", "all posts",
  ]

  private static let noNames: Set<String> = [
    "reporter", "editor", "staff", "staff writer", "senior reporter", "correspondent", "author",
    "senior writer", "contributor", "updated", "published", "guest", "null", "undefined", "unknown",
    "authors", "phd", "md", "jr", "posted", "journalist", "redakteur", "follow", "share",
    "comments",
    "contributing writer", "senior editor", "freelance", "associated press writer",
  ]

  private static func isName(_ name: String) -> Bool {
    guard (2...60).contains(name.utf8.count), !noNames.contains(name.lowercased()),
      !name.utf8.contains(0x2F), !name.hasPrefix("http"), !name.utf8.contains(0x3C),
      name.split(separator: " ").count <= 6
    else { return false }
    let lowered = name.lowercased()
    if noStarts.contains(where: { lowered.hasPrefix($0) }) { return false }
    let digits = name.utf8.count(where: \.isDigit)
    if name.utf8.contains(0x40), name.utf8.contains(0x2E) { return false }
    return digits * 3 < name.utf8.count && DateReading.read(name) == nil
      && name.utf8.contains { $0.isLetter || $0 >= 0x80 }
  }
}
