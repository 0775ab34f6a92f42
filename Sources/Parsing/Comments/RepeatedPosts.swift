import Stories

/// Finds a discussion by structure: sibling elements of one shape, each with a name, a time and a text.
///
/// Class names are not needed; words such as "comment" or "reply" only lower the threshold. Lists of
/// articles are recognised by their title links and headings, live blogs by the absence of names.
/// For each time, `maximumLevels` ancestors are examined, and at most `maximumShapes` shapes are
/// parsed, so the work is linear in the page.
struct RepeatedPosts {
  let study: PageStudy
  private var tree: HTMLTree { study.tree }

  struct Posts {
    var nodes: [Int]
    var parts: [Int: StructuralParts]
    var isForum: Bool
    var isRow: Bool
  }

  private static let maximumLevels = 24
  private static let maximumShapes = 8
  private static let maximumTimes = 20_000

  init(_ study: PageStudy) { self.study = study }

  func find() -> Posts? {
    let times = findTimes()
    guard times.count >= 2 else { return nil }
    for items in shapes(times).prefix(Self.maximumShapes) {
      for isRow in [false, true] {
        if let found = check(items, times, isRow: isRow) { return found }
      }
    }
    return nil
  }

  // MARK: - Times

  /// The elements that hold a time, in document order.
  private func findTimes() -> [Int] {
    var times: [Int] = []
    for node in 1..<tree.count where times.count < Self.maximumTimes {
      if tree.isText(node) {
        guard study.letters[node] > 1, study.letters[node] < 50,
          let parent = tree.parent(node), times.last != parent,
          Self.isTime(tree.textBytes(node))
        else { continue }
        times.append(parent)
      } else if tree.tag(node) == .time {
        times.append(node)
      }
    }
    return times
  }

  /// Whether a short text is a date, a time of day or a relative time such as "3 h ago".
  static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
    let bytes = text.trimmedOfSpace
    guard bytes.count < 80, let digit = bytes.firstIndex(where: \.isDigit) else { return false }
    let run = bytes[digit...].prefix { $0.isDigit }
    let rest = bytes[run.endIndex...]
    if run.count <= 2 {
      let next = rest.drop { $0.isSpace }
      if rest.first == 0x3A, rest.dropFirst().first?.isDigit ?? false { return bytes.count < 40 }
      let unit = String(decoding: next.prefix { $0.isLetter || $0 >= 0x80 }, as: UTF8.self)
      if bytes.count < 24, units.contains(unit.lowercased()) { return true }
    }
    let hasYear = bytes.split { !$0.isDigit }.contains {
      $0.count == 4 && ($0.starts(with: [0x31, 0x39]) || $0.starts(with: [0x32, 0x30]))
    }
    return hasYear && DateParser.parse(String(decoding: bytes, as: UTF8.self)) != nil
  }

  private static let units: Set<String> = [
    "s", "m", "h", "d", "w", "mo", "y", "yr", "min", "mins", "hr", "hrs", "minute", "minutes",
    "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years", "std",
    "stunde", "stunden", "tag", "tage", "tagen", "woche", "wochen", "monat", "monate", "monaten",
    "jahr", "jahre", "jahren", "jour", "jours", "mois", "an", "ans", "día", "días", "hora", "horas",
    "mes", "meses", "año", "años", "dia", "dias", "ano", "anos", "giorni", "ore", "mesi", "anni",
    "uur", "dagen", "weken", "maanden", "jaar", "dni", "lat", "дней", "часов", "лет", "年前", "天前",
  ]

  // MARK: - Shapes

  /// Lists of sibling elements of one shape that each hold a time, those with the most text first.
  private func shapes(_ times: [Int]) -> [[Int]] {
    struct Position: Hashable {
      var parent: Int
      var shape: UInt64
    }
    var groups: [Position: [(node: Int, time: Int)]] = [:]
    for time in times {
      var node = time
      for above in tree.ancestors(time).prefix(Self.maximumLevels) {
        if Self.postTags.contains(tree.tag(node)) {
          for isWhole in [false, true] {
            let position = Position(parent: above, shape: shape(node, isWhole: isWhole))
            if groups[position]?.last?.node != node {
              groups[position, default: []].append((node, time))
            }
          }
        }
        node = above
      }
    }
    var byShape: [UInt64: [[(node: Int, time: Int)]]] = [:]
    for (position, nodes) in groups { byShape[position.shape, default: []].append(nodes) }
    let lists = byShape.values.compactMap { groups -> [Int]? in
      // Nested elements hold the same time, so each time counts once, for the longest list it is in.
      // A reply that is alone in its list has the shape of its ancestors and a time of its own.
      let longest = groups.sorted { ($1.count, $0[0].node) < ($0.count, $1[0].node) }
      guard longest[0].count > 1 else { return nil }
      var counted: Set<Int> = []
      return longest.joined().filter { counted.insert($0.time).inserted }.map(\.node).sorted()
    }
    func text(_ nodes: [Int]) -> Int {
      var doneUntil = 0
      var sum = 0
      for node in nodes where node >= doneUntil {
        sum += Int(study.letters[node] - study.linkedLetters[node])
        doneUntil = tree.end(node)
      }
      return sum
    }
    return lists.map { ($0, text($0)) }.filter { $0.1 >= 60 }
      .sorted { ($0.1, $0.0.count, $0.0[0]) > ($1.1, $1.0.count, $1.0[0]) }.map(\.0)
  }

  /// Elements that can hold a post.
  private static let postTags = HTMLTag.Group(
    .div, .li, .article, .section, .tr, .tbody, .table, .dl, .dt)

  /// A hash (FNV-1a) of the tag and the class without digits: the whole class or its first token.
  private func shape(_ node: Int, isWhole: Bool) -> UInt64 {
    var hash = 14_695_981_039_346_656_037 ^ UInt64(tree.tag(node).rawValue)
    for byte in tree.valueBytes(.class, of: node).prefix(160).trimmedOfSpace {
      if byte.isSpace, !isWhole { break }
      if !byte.isDigit { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    }
    return hash
  }

  // MARK: - Checking

  private func check(_ items: [Int], _ times: [Int], isRow: Bool) -> Posts? {
    var starts: Set<Int> = []
    for item in items { starts.insert(item) }
    var nodes: [Int] = []
    var parts: [Int: StructuralParts] = [:]
    var names: Set<String> = []
    var titles = 0
    var withHeader = 0
    var dated = 0
    var letters: Int32 = 0
    var nextTime = 0
    for (position, item) in items.enumerated() {
      let end = isRow ? rowEnd(items, position) : tree.end(item)
      while nextTime < times.count, times[nextTime] < item { nextTime += 1 }
      guard nextTime < times.count, times[nextTime] < end else { continue }
      let post = RepeatedPost(
        study: study, node: item, end: end, time: times[nextTime], starts: starts)
      guard let parsed = post.parse() else { continue }
      if parsed.hasTitle { titles += 1 }
      if hasHeader(parsed.parts) { withHeader += 1 }
      if isDated(parsed.parts.time) { dated += 1 }
      names.insert(parsed.parts.author)
      nodes.append(item)
      parts[item] = parsed.parts
      letters += parsed.letters
    }
    let posts = nodes.count
    guard posts >= 2, posts * 10 >= items.count * 7, titles * 3 < posts, names.count >= 2 else {
      return nil
    }
    let isNamed =
      isNamedDiscussion(items[0]) || isNamedDiscussion(parts[nodes[0]]?.time ?? items[0])
    // A relative time alone ("1 year") can be the term of a cookie or a warranty.
    let isRegular = withHeader * 10 >= posts * 7 && dated * 10 >= posts * 7
    guard isNamed || (posts >= 4 && isRegular && letters >= Int32(posts) * 30) else { return nil }
    guard !isNewsList(items[0]), !isInNotice(items[0]) else { return nil }
    return Posts(nodes: nodes, parts: parts, isForum: !hasStory(before: nodes[0]), isRow: isRow)
  }

  /// Whether name and time share an element with little other text, as the header of a post does.
  private func hasHeader(_ parts: StructuralParts) -> Bool {
    let box = tree.ancestors(parts.time).first { tree.contains($0, parts.authorNode) }
    return box.map { study.letters[$0] < Thresholds.maximumLabelLetters } ?? false
  }

  /// Whether the element holds a date or time of day instead of a relative time.
  private func isDated(_ time: Int) -> Bool {
    if tree.has(.datetime, time) { return true }
    let line = Array(tree.line(time, limit: 200).utf8)
    return line.contains(0x3A) || parseVisibleDate(String(decoding: line, as: UTF8.self)) != nil
  }

  /// Whether the list is in a cookie notice or popup.
  private func isInNotice(_ node: Int) -> Bool {
    ([node] + Array(tree.ancestors(node).prefix(8))).contains {
      !study.evidence[$0].isDisjoint(with: [.cookie, .popup])
    }
  }

  private func rowEnd(_ items: [Int], _ position: Int) -> Int {
    let above = tree.parent(items[position]).map { tree.end($0) } ?? tree.count
    return position + 1 < items.count
      ? min(above, max(items[position + 1], items[position] + 1)) : above
  }

  private func isNamedDiscussion(_ node: Int) -> Bool {
    isNamed(
      node, ["comment", "repl", "discuss", "answer", "message", "thread", "forum", "post-body"])
  }

  /// Whether the list is a live blog or news list, whose entries have times too.
  private func isNewsList(_ node: Int) -> Bool {
    isNamed(
      node, ["liveblog", "live-blog", "ticker", "timeline", "teaser", "related", "changelog"])
  }

  private func isNamed(_ node: Int, _ words: [StaticString]) -> Bool {
    ([node] + Array(tree.ancestors(node).prefix(4))).contains { here in
      tree.tag(here) != .body && words.contains { tree.classOrIDContains($0, here) }
    }
  }

  /// Whether a story precedes the first post; if not, the first post is the story.
  ///
  /// Below the headline a few sentences are a story; more are needed above it, where notices are.
  private func hasStory(before first: Int) -> Bool {
    let title = (1..<first).last { tree.tag($0) == .h1 } ?? 0
    var above: Int32 = 0
    var below: Int32 = 0
    for node in 1..<first where tree.isElement(node) {
      guard study.ownLetters[node] >= Thresholds.minimumSentenceLetters,
        study.linkDensity(node) < Thresholds.maximumLinkRatio,
        !HTMLTag.headings.contains(tree.tag(node))
      else { continue }
      if title > 0, node > title {
        below += study.ownLetters[node]
      } else {
        above += study.ownLetters[node]
      }
    }
    if title == 0 { return above >= Thresholds.minimumStoryLetters }
    return below >= Thresholds.minimumStoryLetters / 2
      || above >= Thresholds.minimumStoryLetters * 2
  }
}
