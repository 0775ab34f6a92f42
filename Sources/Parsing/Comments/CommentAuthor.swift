import Stories

/// Finding a comment's author: the name as the page gives it, without "says", badges and other
/// additions of themes.
extension CommentReading {
  func author(_ parts: Parts) -> (name: String, node: Int?)? {
    for attribute in [family?.authorAttribute, "data-author"].compactMap({ $0 }) {
      if let value = study.tree.value(named: attribute, of: parts.node),
        let name = Self.clean(value)
      {
        return (name, nil)
      }
    }
    return rankedName(parts.header) ?? rankedName(parts.nodes) ?? heuristicName(parts.header)
      ?? nameBeforeTime(parts.header)
  }

  /// The name in the element of the lowest rank that the markup families know.
  private func rankedName(_ nodes: [Int]) -> (name: String, node: Int?)? {
    let ranked = nodes.compactMap { node in markup.rank(.author, node).map { (rank: $0, node) } }
    var lastRank = -1
    // Up to six ranks are tried, because the element of the lowest can be empty.
    for _ in 0..<6 {
      var best: (rank: Int, node: Int)?
      for (rank, node) in ranked where rank > lastRank && rank < best?.rank ?? .max {
        guard name(in: node) != nil else { continue }
        best = (rank, node)
      }
      guard let found = best else { return nil }
      if let name = name(in: found.node) { return (name, found.node) }
      lastRank = found.rank
    }
    return nil
  }

  /// The name in an element that no family knows: a `cite`, an author class, a link to a profile.
  private func heuristicName(_ nodes: [Int]) -> (name: String, node: Int?)? {
    let tree = study.tree
    for node in nodes where study.letters[node] > 0 && study.letters[node] < 60 {
      guard
        tree.tag(node) == .cite || study.evidence[node].contains(.author)
          || tree.classOrIDContains("author", node) || isProfileLink(node)
      else { continue }
      if let name = name(in: node) { return (name, node) }
    }
    return nil
  }

  /// The name before the date: on one line with it, or in the preceding element.
  private func nameBeforeTime(_ nodes: [Int]) -> (name: String, node: Int?)? {
    var last: (name: String, node: Int)?
    for node in nodes where (2..<80).contains(study.letters[node]) {
      if study.tree.tag(node) == .time { return last.map { ($0.name, $0.node) } }
      let line = study.tree.line(node, limit: 200)
      if parseVisibleDate(line) == nil {
        let isLeaf = study.tree.firstChild(node).map { study.tree.isText($0) } ?? false
        if isLeaf, let name = Self.clean(line), Self.isName(name) { last = (name, node) }
        continue
      }
      if let name = Self.nameBeforeDate(line) { return (name, node) }
      return last.map { ($0.name, $0.node) }
    }
    return nil
  }

  /// The name before a date on one line: `NAME on 3 May 2024`, `NAME - Le 22/01/2020`.
  static func nameBeforeDate(_ line: String) -> String? {
    let bytes = Array(line.utf8)
    for mark in ["|", "·", "•", "–", "—", ",", " - ", " on ", " am ", " le ", " el "] {
      guard let at = bytes.firstOffset(of: mark), at > 1 else { continue }
      let head = String(decoding: bytes.prefix(at), as: UTF8.self)
      if let name = clean(head), isName(name), parseVisibleDate(name) == nil { return name }
    }
    return nil
  }

  static func isName(_ name: String) -> Bool {
    name.utf8.count < 60 && name.split(separator: " ").count <= 5
      && !RepeatedPosts.isTime(Array(name.utf8)[...])
      && name.utf8.contains { $0.isLetter || $0 >= 0x80 }
  }

  func isProfileLink(_ node: Int) -> Bool {
    guard study.tree.tag(node) == .a else { return false }
    if study.tree.hasToken("author", in: .rel, node) { return true }
    let address = study.tree.valueBytes(.href, of: node).prefix(300)
    return Self.profilePaths.contains { address.containsFolded($0) }
  }

  private static let profilePaths: [StaticString] = [
    "/user", "/member", "/profile", "/people/", "/u/", "/author/", "/@", "action=profile", "/id/",
  ]

  /// The name in an element: its first line, or an inline descendant if the line holds more than a name.
  private func name(in node: Int) -> String? {
    let tree = study.tree
    guard tree.tag(node) != .img else { return nil }
    if tree.tag(node) == .meta { return tree.value(.content, of: node).flatMap(Self.clean) }
    let text = tree.text(node, limit: 400)
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    let hasMore = line.utf8.count > 60 || (line.utf8.count > 18 && parseVisibleDate(line) != nil)
    if hasMore {
      for inner in tree.descendants(node).prefix(20)
      where Self.nameTags.contains(tree.tag(inner)) && (2..<60).contains(study.letters[inner]) {
        let part = tree.line(inner, limit: 200)
        if parseVisibleDate(part) == nil, let name = Self.clean(part) { return name }
      }
      return nil
    }
    return Self.clean(line)
  }

  private static let nameTags = HTMLTag.Group(.a, .b, .strong, .cite, .span, .em, .i)

  private static let suffixes = [
    "...", "…", ":", ",", "|", "·", "•", "–", "—", "-", " says", " said", " schreibt", " schrieb",
    " sagt", " sagte", " meint", " dit", " a dit", " a écrit", " dice", " dijo", " ha detto",
    " escreveu", " disse", " diz", " zegt", " schreef", " skriver", " sier", " säger", " siger",
    " pisze", " napisał", " napisał(a)", " говорит", " пишет", " сказал", " diyor ki", " dedi ki",
    " wrote", " writes", " commented", " replied", "より", " permalink", " (author)", " (op)",
    " post author", " author", " verfasser", " auteur",
  ]
  private static let prefixes = [
    "by ", "posted by ", "von ", "par ", "por ", "from ", "written by ", "comment by ", "author: ",
    "name: ",
  ]

  /// The name without the prefixes and suffixes that themes add; `nil` if it is empty or has more than
  /// 120 bytes.
  static func clean(_ text: String) -> String? {
    // An attribute value can contain line breaks.
    var name = String(folding: text)
    var lowered = name.lowercased()
    for prefix in prefixes where lowered.hasPrefix(prefix) && lowered.count > prefix.count {
      name = String(name.dropFirst(prefix.count))
      lowered = name.lowercased()
      break
    }
    var isClean = false
    while !isClean {
      isClean = true
      while name.hasSuffix(" ") { name.removeLast() }
      lowered = name.lowercased()
      for suffix in suffixes
      where lowered.hasSuffix(suffix) && lowered.utf8.count > suffix.utf8.count {
        name = String(name.dropLast(suffix.count))
        isClean = false
        break
      }
    }
    while name.hasPrefix(" ") { name.removeFirst() }
    return name.isEmpty || name.utf8.count > 120 ? nil : name
  }
}
