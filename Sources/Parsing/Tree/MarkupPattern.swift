/// A pattern of elements in the markup of a program: `li.comment`, `article[data-author]`.
///
/// Hundreds of them are asked of each page at once, by `MarkupIndex`; a reader's rule for one site is a
/// `Selector`, which is stricter and explains what is wrong with it.
///
/// Contract: `name` is the element; `.name` a class; `#name` the id and `#name%` an id of these
/// letters and then digits alone; `[name]`, `[name=value]`, `[name^=start]` and `[name*=part]` an
/// attribute; a space stands between an element and one above it, at most `reach` levels up.
/// Written in lower case; ASCII case of the page is ignored. A pattern is part of the program,
/// never of a page.
struct MarkupPattern: Sendable {
  enum Test: Sendable {
    case element(HTMLTag)
    /// An element that `HTMLTag` does not list.
    case named([UInt8])
    case hasClass([UInt8])
    case id([UInt8])
    case numberedID([UInt8])
    case has(String)
    case equals(String, [UInt8])
    case begins(String, [UInt8])
    case contains(String, [UInt8])
  }

  /// The node's own tests, the one that says most first.
  let tests: [Test]
  /// The same for elements above, the nearest first.
  let above: [[Test]]

  /// How far up an element above is looked for; more would make deep pages quadratic.
  static let reach = 12

  init(_ text: some StringProtocol) {
    var parts = text.split(separator: " ").map { Self.tests(Array($0.utf8)) }
    tests = parts.popLast() ?? []
    above = parts.reversed()
  }

  private static func tests(_ part: [UInt8]) -> [Test] {
    var found: [Test] = []
    var at = 0
    func word() -> [UInt8] {
      let start = at
      while at < part.count, !Array(".#[]%".utf8).contains(part[at]) { at += 1 }
      return Array(part[start..<at])
    }
    while at < part.count {
      let mark = part[at]
      switch mark {
      case 0x2E:
        at += 1
        found.append(.hasClass(word()))
      case 0x23:
        at += 1
        let name = word()
        let isNumbered = at < part.count && part[at] == 0x25
        if isNumbered { at += 1 }
        found.append(isNumbered ? .numberedID(name) : .id(name))
      case 0x5B:
        let end = part[at...].firstIndex(of: 0x5D) ?? part.count
        found.append(attribute(Array(part[at + 1..<end])))
        at = end + 1
      default: found.append(element(word()))
      }
    }
    return found.sorted { $0.order < $1.order }
  }

  private static func element(_ name: [UInt8]) -> Test {
    HTMLTag.allCases.first { $0.name.utf8.elementsEqual(name) }.map { .element($0) } ?? .named(name)
  }

  private static func attribute(_ text: [UInt8]) -> Test {
    guard let sign = text.firstIndex(of: 0x3D) else {
      return .has(String(decoding: text, as: UTF8.self))
    }
    let value = Array(text[(sign + 1)...])
    let isPlain = text[sign - 1].isAlphanumeric
    let name = String(decoding: text[..<(isPlain ? sign : sign - 1)], as: UTF8.self)
    switch text[sign - 1] {
    case 0x5E: return .begins(name, value)
    case 0x2A: return .contains(name, value)
    default: return .equals(name, value)
    }
  }
}

extension MarkupPattern.Test {
  fileprivate var order: Int {
    switch self {
    case .hasClass: 0
    case .id, .numberedID: 1
    case .equals, .begins, .contains, .has: 2
    case .element, .named: 3
    }
  }
}

// MARK: - Matching

extension MarkupPattern {
  /// Whether the node fits; `known` tests are taken as held already.
  func matches(_ node: Int, _ tree: HTMLTree, after known: Int = 0) -> Bool {
    guard tests.dropFirst(known).allSatisfy({ $0.holds(node, tree) }) else { return false }
    var node = node
    for tests in above {
      guard
        let found = tree.ancestors(node).prefix(Self.reach).first(where: { above in
          tests.allSatisfy { $0.holds(above, tree) }
        })
      else { return false }
      node = found
    }
    return true
  }
}

extension MarkupPattern.Test {
  func holds(_ node: Int, _ tree: HTMLTree) -> Bool {
    switch self {
    case .element(let tag): return tree.tag(node) == tag
    case .named(let name):
      return tree.tag(node) == .other && tree.name(node).lowercased().utf8.elementsEqual(name)
    case .hasClass(let name): return tree.tokens(of: node, .class) { $0.equalsFolded(name) }
    case .id(let name): return tree.valueBytes(.id, of: node).equalsFolded(name)
    case .numberedID(let name):
      let value = tree.valueBytes(.id, of: node)
      return value.count > name.count && value.prefix(name.count).equalsFolded(name)
        && value.dropFirst(name.count).allSatisfy(\.isDigit)
    case .has(let name): return tree.valueBytes(named: name, of: node) != nil
    case .equals(let name, let wanted):
      return tree.valueBytes(named: name, of: node)?.equalsFolded(wanted) ?? false
    case .begins(let name, let wanted):
      return tree.valueBytes(named: name, of: node)?.prefix(wanted.count).equalsFolded(wanted)
        ?? false
    case .contains(let name, let wanted):
      guard let value = tree.valueBytes(named: name, of: node)?.prefix(2048) else { return false }
      return wanted.withUnsafeBufferPointer { value.containsFolded($0) }
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes are those of `lower`, ASCII case ignored.
  func equalsFolded(_ lower: [UInt8]) -> Bool {
    count == lower.count && zip(self, lower).allSatisfy { $0.lowercased == $1 }
  }
}

extension HTMLTree {
  /// Whether the test holds for one of the first tokens of a space-separated value.
  fileprivate func tokens(
    of node: Node, _ name: HTMLAttribute, _ test: (ArraySlice<UInt8>) -> Bool
  ) -> Bool {
    let value = valueBytes(name, of: node).prefix(1024)
    var start = value.startIndex
    while start < value.endIndex {
      let end = value[start...].firstIndex { $0.isSpace } ?? value.endIndex
      if end > start, test(value[start..<end]) { return true }
      start = end + 1
    }
    return false
  }
}
