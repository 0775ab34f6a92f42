import Stories

/// Finding the time at which a comment was written.
///
/// Machine-readable attributes precede text. Relative times ("three days ago") are not parsed, since
/// the time at which the page was saved is unknown.
extension CommentReading {
  func time(_ parts: Parts) -> Timestamp? {
    if let value = timeInNumber(of: parts.node) ?? parts.time.flatMap({ time(in: $0) }) {
      return value
    }
    var best: (rank: Int, time: Timestamp)?
    for node in parts.header {
      guard let rank = markup.rank(.time, node), rank < best?.rank ?? .max else { continue }
      if let time = time(in: node) { best = (rank, time) }
    }
    return best?.time ?? timeInAttributes(parts.header) ?? timeInShortLine(parts.header)
  }

  private func timeInAttributes(_ nodes: [Int]) -> Timestamp? {
    for node in nodes where study.tree.tag(node) == .time || study.tree.has(.datetime, node) {
      if let time = time(in: node) { return time }
    }
    for node in nodes {
      if let title = study.tree.value(.title, of: node), let time = parseText(title) { return time }
      if let time = bloggerTime(node) ?? timeInNumber(of: node) { return time }
    }
    return nil
  }

  private func timeInShortLine(_ nodes: [Int]) -> Timestamp? {
    for node in nodes where (6..<80).contains(study.letters[node]) {
      if let time = parseText(study.tree.line(node, limit: 200)) { return time }
    }
    return nil
  }

  /// The time in an element: in its attributes, those of its first descendants, or its text.
  private func time(in node: Int) -> Timestamp? {
    if let time = attributeTime(of: node) { return time }
    for below in study.tree.descendants(node).prefix(8) where study.tree.isElement(below) {
      if let time = attributeTime(of: below) { return time }
    }
    guard study.letters[node] < 160 else { return nil }
    return parseText(study.tree.line(node, limit: 400))
  }

  private func attributeTime(of node: Int) -> Timestamp? {
    for name in ["datetime", "content", "date"] {
      if let value = study.tree.value(named: name, of: node), let time = DateParser.parse(value) {
        return time
      }
    }
    return timeInNumber(of: node) ?? bloggerTime(node)
      ?? study.tree.value(.title, of: node).flatMap { parseText($0) }
  }

  private func parseText(_ text: String) -> Timestamp? {
    guard text.utf8.count < 200, text.utf8.contains(where: \.isDigit) else { return nil }
    return DateParser.parse(text, monthFirst: monthFirst)
  }

  /// The time in an attribute of seconds or milliseconds since 1970.
  private func timeInNumber(of node: Int) -> Timestamp? {
    for name in ["data-time", "data-timestamp", "data-unixtime", "ts"] {
      if let value = study.tree.value(named: name, of: node), let time = Self.epochTime(value) {
        return time
      }
    }
    return nil
  }

  /// The time of a number of milliseconds or seconds since 1970, told apart by size; `nil` if the number
  /// is plausible as neither (1973…2128).
  static func epochTime(_ digits: String) -> Timestamp? {
    switch Int64(digits) {
    case .some(let value) where (100_000_000_000..<5_000_000_000_000).contains(value):
      Timestamp(seconds: value / 1000)
    case .some(let value) where (100_000_000..<5_000_000_000).contains(value):
      Timestamp(seconds: value)
    default: nil
    }
  }

  /// The time in a permalink of Blogger, in milliseconds: `?showComment=1433578985419#c…`.
  private func bloggerTime(_ node: Int) -> Timestamp? {
    guard study.tree.tag(node) == .a else { return nil }
    let bytes = Array(study.tree.valueBytes(.href, of: node).prefix(500))
    guard let at = bytes.firstOffset(of: "showComment=") else { return nil }
    let digits = bytes[(at + 12)...].prefix { $0.isDigit }.prefix(14)
    return Self.epochTime(String(decoding: digits, as: UTF8.self))
  }
}

extension CommentReading {
  /// Whether dates such as 05/06/2024 begin with the month: decided by the first unambiguous date of
  /// the comments, else by the page's language.
  static func monthFirst(_ tree: HTMLTree, in nodes: Range<Int>) -> Bool {
    for node in nodes where tree.isText(node) {
      let bytes = tree.textBytes(node)
      guard (8..<80).contains(bytes.count), bytes.contains(where: { $0 == 0x2F || $0 == 0x2D })
      else { continue }
      let numbers = bytes.split { !$0.isDigit }.prefix(3)
      guard numbers.map(\.count).elementsEqual([2, 2, 4], by: <=),
        numbers.last?.count == 4, let first = numbers[0].decimal, let second = numbers[1].decimal
      else { continue }
      if first > 12 { return false }
      if second > 12 { return true }
    }
    guard let language = tree.value(.lang, of: HTMLTree.root)?.lowercased() else { return true }
    return language == "en" || language.hasPrefix("en-us") || language.hasPrefix("en_us")
  }
}
