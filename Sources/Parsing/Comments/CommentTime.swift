import Stories

/// When a comment was written.
///
/// Contract: machine-readable forms before words, the comment's head before its text; only what is
/// written counts, so "three days ago" alone is no time.
extension CommentReading {
  func time(_ parts: Parts) -> Timestamp? {
    if let said = number(of: parts.node) ?? parts.time.flatMap({ time(in: $0) }) { return said }
    var best: (rank: Int, time: Timestamp)?
    for node in parts.head {
      guard let rank = markup.rank(.time, node), rank < best?.rank ?? .max else { continue }
      if let time = time(in: node) { best = (rank, time) }
    }
    return best?.time ?? unmarked(parts.head) ?? shortLine(parts.head)
  }

  private func unmarked(_ nodes: [Int]) -> Timestamp? {
    for node in nodes where study.tree.tag(node) == .time || study.tree.has(.datetime, node) {
      if let time = time(in: node) { return time }
    }
    for node in nodes {
      if let title = study.tree.value(.title, of: node), let time = written(title) { return time }
      if let time = bloggerTime(node) ?? number(of: node) { return time }
    }
    return nil
  }

  private func shortLine(_ nodes: [Int]) -> Timestamp? {
    for node in nodes where (6..<80).contains(study.letters[node]) {
      if let time = written(study.tree.line(node, limit: 200)) { return time }
    }
    return nil
  }

  /// What one element says: machine-readable attributes of it and of what it holds, then its words.
  private func time(in node: Int) -> Timestamp? {
    if let time = attributes(of: node) { return time }
    for below in study.tree.descendants(node).prefix(8) where study.tree.isElement(below) {
      if let time = attributes(of: below) { return time }
    }
    guard study.letters[node] < 160 else { return nil }
    return written(study.tree.line(node, limit: 400))
  }

  private func attributes(of node: Int) -> Timestamp? {
    for name in ["datetime", "content", "date"] {
      if let said = study.tree.value(named: name, of: node), let time = DateParser.parse(said) {
        return time
      }
    }
    return number(of: node) ?? bloggerTime(node)
      ?? study.tree.value(.title, of: node).flatMap { written($0) }
  }

  private func written(_ text: String) -> Timestamp? {
    guard text.utf8.count < 200, text.utf8.contains(where: \.isDigit) else { return nil }
    return DateParser.parse(text, monthFirst: monthFirst)
  }

  /// Seconds or milliseconds since 1970 in an attribute.
  private func number(of node: Int) -> Timestamp? {
    for name in ["data-time", "data-timestamp", "data-unixtime", "ts"] {
      if let said = study.tree.value(named: name, of: node), let time = Self.sinceEpoch(said) {
        return time
      }
    }
    return nil
  }

  /// The moment that so many milliseconds or seconds since 1970 are; `nil` where they are neither.
  static func sinceEpoch(_ digits: String) -> Timestamp? {
    switch Int64(digits) {
    case .some(let value) where (100_000_000_000..<5_000_000_000_000).contains(value):
      Timestamp(seconds: value / 1000)
    case .some(let value) where (100_000_000..<5_000_000_000).contains(value):
      Timestamp(seconds: value)
    default: nil
    }
  }

  /// Blogger's permalinks carry the milliseconds: `?showComment=1433578985419#c…`.
  private func bloggerTime(_ node: Int) -> Timestamp? {
    guard study.tree.tag(node) == .a else { return nil }
    let bytes = Array(study.tree.valueBytes(.href, of: node).prefix(500))
    guard let at = bytes.firstRange(of: "showComment=") else { return nil }
    let digits = bytes[(at + 12)...].prefix { $0.isDigit }.prefix(14)
    return Self.sinceEpoch(String(decoding: digits, as: UTF8.self))
  }
}

extension CommentReading {
  /// Whether days written as 05/06/2024 begin with the month: told by the page's own dates where one
  /// has no other reading, else by its language.
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
