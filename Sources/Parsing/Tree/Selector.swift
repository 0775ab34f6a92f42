/// Chooses elements of a page: the small part of CSS that rules for sites and the table of comment
/// markup need.
///
///     article             elements with this tag
///     #story              the one with this id
///     #comment-%          those whose id is these letters and then digits alone
///     .post-body          those with this class
///     [itemprop=author]   those with this value of an attribute; quotes around it are allowed
///     [itemtype*=Review]  those whose value holds this; `^=` those whose value begins with it
///     [data-slot]         those that have the attribute
///     div.post[lang=en]   those for which all of it holds
///     .post .ad           those that stand somewhere below another
///
/// Tags and names of attributes may be written in any case; ids, classes and values are compared as
/// they are, space around them left out. There are no lists with commas, no `>`, `+`, `~`, `*` and no
/// `:words`.
///
/// A few selectors are searched by `HTMLTree.nodes(matching:)` in one walk each; hundreds are asked of
/// every node at once by `SelectorIndex`.
package struct Selector: Sendable, Hashable {
  /// As it was written.
  package let text: String
  /// The tests of each element, from the outermost to the one that is meant; never empty.
  ///
  /// Of one element's tests the most selective stands first.
  let steps: [[Test]]
  /// Whether ASCII case of ids, classes and values does not count; they are then written in lower case.
  let ignoresCase: Bool

  enum Test: Sendable, Hashable {
    case tag(HTMLTag)
    /// An element that `HTMLTag` does not list.
    case tagName(String)
    case hasClass([UInt8])
    case id([UInt8])
    case numberedID([UInt8])
    case has(String)
    case equals(String, [UInt8])
    case begins(String, [UInt8])
    case contains(String, [UInt8])
  }

  /// More steps than this name no place in a page.
  static let mostSteps = 8
  /// Bytes.
  private static let longest = 300

  /// Reads a selector; the error says in words what is wrong with it.
  package init(_ text: String) throws(SelectorError) {
    try self.init(text, ignoresCase: false)
  }

  init(_ text: String, ignoresCase: Bool) throws(SelectorError) {
    guard text.utf8.count <= Self.longest else { throw SelectorError("it is too long") }
    var reader = SelectorReader(text)
    let steps = try reader.steps()
    guard steps.count <= Self.mostSteps else {
      throw SelectorError("it has more than \(Self.mostSteps) steps")
    }
    self.text = text
    self.steps = steps.map { $0.sorted { $0.order < $1.order } }
    self.ignoresCase = ignoresCase
  }

  /// The selectors of a list with commas that is part of the program, for markup in any case.
  ///
  /// One that cannot be read is left out; a test holds that there is none.
  static func list(_ text: String) -> [Selector] {
    text.split(separator: ",").compactMap { try? Selector(String($0), ignoresCase: true) }
  }
}

extension Selector.Test {
  /// What few elements have comes first.
  fileprivate var order: Int {
    switch self {
    case .hasClass: 0
    case .id, .numberedID: 1
    case .equals, .begins, .contains, .has: 2
    case .tag, .tagName: 3
    }
  }
}

// MARK: - One element

extension Selector {
  /// How many levels up an outer step is looked for by `matches`; more would make deep pages quadratic.
  static let reach = 12

  /// Whether the node is meant, with each outer step at most `reach` levels above the one inside it.
  ///
  /// The first `known` tests of the node itself are taken as held already.
  func matches(_ node: HTMLTree.Node, _ tree: HTMLTree, after known: Int = 0) -> Bool {
    guard let own = steps.last, holds(own.dropFirst(known), node, tree) else { return false }
    var node = node
    for step in steps.dropLast().reversed() {
      let above = tree.ancestors(node).prefix(Self.reach).first { holds(step[...], $0, tree) }
      guard let above else { return false }
      node = above
    }
    return true
  }

  fileprivate func holds(
    _ tests: ArraySlice<Test>, _ node: HTMLTree.Node, _ tree: HTMLTree
  ) -> Bool {
    tests.allSatisfy { holds($0, node, tree) }
  }

  func holds(_ test: Test, _ node: HTMLTree.Node, _ tree: HTMLTree) -> Bool {
    switch test {
    case .tag(let tag): return tree.tag(node) == tag
    case .tagName(let name): return tree.tag(node) == .other && tree.name(node) == name
    case .hasClass(let name):
      return tree.hasToken(in: .class, node) { equals($0, name) }
    case .id(let name): return equalsTrimmed(tree.valueBytes(.id, of: node), name)
    case .numberedID(let name):
      let value = tree.valueBytes(.id, of: node)
      return value.count > name.count && equals(value.prefix(name.count), name)
        && value.dropFirst(name.count).allSatisfy(\.isDigit)
    case .has(let name): return tree.valueBytes(named: name, of: node) != nil
    case .equals(let name, let wanted):
      return tree.valueBytes(named: name, of: node).map { equalsTrimmed($0, wanted) } ?? false
    case .begins(let name, let wanted):
      guard let value = tree.valueBytes(named: name, of: node) else { return false }
      return equals(value.prefix(wanted.count), wanted)
    case .contains(let name, let wanted):
      guard let value = tree.valueBytes(named: name, of: node)?.prefix(2048) else { return false }
      return ignoresCase ? value.containsFolded(wanted) : value.contains(wanted)
    }
  }

  private func equalsTrimmed(_ value: ArraySlice<UInt8>, _ wanted: [UInt8]) -> Bool {
    value.count >= wanted.count
      && equals(value.count == wanted.count ? value : value.trimmedOfSpace, wanted)
  }

  private func equals(_ value: ArraySlice<UInt8>, _ wanted: [UInt8]) -> Bool {
    ignoresCase ? value.equalsFolded(wanted) : value.elementsEqual(wanted)
  }
}

extension HTMLTree {
  /// Whether the test holds for one of the first tokens of a space-separated value.
  fileprivate func hasToken(
    in name: HTMLAttribute, _ node: Node, _ test: (ArraySlice<UInt8>) -> Bool
  ) -> Bool {
    // Longer lists of classes are those of no page that people wrote.
    let value = valueBytes(name, of: node).prefix(4096)
    var start = value.startIndex
    while start < value.endIndex {
      let end = value[start...].firstIndex { $0.isSpace } ?? value.endIndex
      if end > start, test(value[start..<end]) { return true }
      start = end + 1
    }
    return false
  }
}

// MARK: - A whole page

extension HTMLTree {
  /// The elements that one of the selectors means, in document order.
  ///
  /// One walk for each selector: as every step only asks for an element somewhere below, the first
  /// element that fits a step is as good as any, and nothing is tried twice.
  func nodes(matching selectors: [Selector]) -> [Node] {
    var found: Set<Node> = []
    for selector in selectors { collect(selector, into: &found) }
    return found.sorted()
  }

  private func collect(_ selector: Selector, into found: inout Set<Node>) {
    let last = selector.steps.count - 1
    // The open elements that fit a step, each with its end and the number of steps fitted there.
    var open: [(end: Node, fitted: Int)] = []
    for node in 0..<count where isElement(node) {
      while let top = open.last, top.end <= node { open.removeLast() }
      let fitted = open.last?.fitted ?? 0
      guard selector.holds(selector.steps[fitted][...], node, self) else { continue }
      if fitted == last { found.insert(node) } else { open.append((end(node), fitted + 1)) }
    }
  }
}
