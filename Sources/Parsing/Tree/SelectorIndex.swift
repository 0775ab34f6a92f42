/// Many selectors, asked of a node in one step: only those that share a word with it are tried.
///
/// Contract: answers the numbers given to `init`, in no order that means anything; the work for a
/// node is linear in the length of its class, id and attribute names, as long as few selectors
/// share a word.
struct SelectorIndex: Sendable {
  private let selectors: [Selector]
  private let numbers: [Int]
  /// Open addressing: the hash of a word and the first selector with it.
  private var slots: [(hash: UInt32, first: Int32)]
  private var next: [Int32]
  private var byElement: [[Int32]]
  /// Whether some selector names the attribute, by its number; all those of `other` may be named.
  private var isNamed: [Bool]
  private let mask: Int

  /// Longer lists of classes are those of no page that people wrote.
  private static let limit = 1024

  init(_ list: [(Selector, Int)]) {
    selectors = list.map(\.0)
    numbers = list.map(\.1)
    var size = 64
    while size < list.count * 4 { size *= 2 }
    mask = size - 1
    slots = Array(repeating: (0, -1), count: size)
    next = Array(repeating: -1, count: list.count)
    byElement = Array(repeating: [], count: HTMLTag.allCases.count)
    isNamed = HTMLAttribute.allCases.map { $0 == .other }
    for (place, selector) in selectors.enumerated() {
      switch selector.steps.last?.first {
      case .hasClass(let name): add(place, name, seed: 1)
      case .id(let name), .numberedID(let name): add(place, name, seed: 2)
      case .has(let name), .equals(let name, _), .begins(let name, _), .contains(let name, _):
        add(place, Array(name.utf8), seed: 3)
        if let known = HTMLAttribute.allCases.firstIndex(where: { $0.name == name }) {
          isNamed[known] = true
        }
      case .tag(let tag): byElement[Int(tag.rawValue)].append(Int32(place))
      case .tagName: byElement[Int(HTMLTag.other.rawValue)].append(Int32(place))
      case nil: break
      }
    }
  }

  private mutating func add(_ place: Int, _ word: [UInt8], seed: UInt32) {
    let hash = Self.hash(word[...], seed)
    let slot = find(hash)
    next[place] = slots[slot].first
    slots[slot] = (hash, Int32(place))
  }

  private func find(_ hash: UInt32) -> Int {
    var slot = Int(hash) & mask
    while slots[slot].first >= 0, slots[slot].hash != hash { slot = (slot + 1) & mask }
    return slot
  }

  /// FNV-1a over lowered bytes.
  private static func hash(_ word: ArraySlice<UInt8>, _ seed: UInt32) -> UInt32 {
    var hash: UInt32 = 2_166_136_261 &+ seed
    for byte in word { hash = (hash ^ UInt32(byte.lowercased)) &* 16_777_619 }
    return hash ^ (hash >> 15)
  }

  /// Calls `body` with the number of each selector that the node matches.
  func each(_ node: Int, _ tree: HTMLTree, _ body: (Int) -> Void) {
    let record = tree.records[node]
    guard record.tag != .text else { return }
    for place in byElement[Int(record.tag.rawValue)] where selectors[Int(place)].matches(node, tree)
    {
      body(numbers[Int(place)])
    }
    let first = Int(record.first)
    for index in first..<first + Int(record.attributeCount) {
      let attribute = tree.attributes[index]
      let value = tree.bytes[Int(attribute.start)..<Int(attribute.end)].prefix(Self.limit)
      switch attribute.name {
      case .class:
        var start = value.startIndex
        while start < value.endIndex {
          let end = value[start...].firstIndex { $0.isSpace } ?? value.endIndex
          if end > start { look(value[start..<end], 1, node, tree, body) }
          start = end + 1
        }
      case .id:
        look(value, 2, node, tree, body)
        let stem = value.prefix { !$0.isDigit }
        if stem.count < value.count { look(stem, 2, node, tree, body) }
      default: break
      }
      guard isNamed[Int(attribute.name.rawValue)] else { continue }
      let start = Int(attribute.nameStart)
      look(tree.bytes[start..<start + Int(attribute.nameLength)], 3, node, tree, body)
    }
  }

  private func look(
    _ word: ArraySlice<UInt8>, _ seed: UInt32, _ node: Int, _ tree: HTMLTree, _ body: (Int) -> Void
  ) {
    var place = Int(slots[find(Self.hash(word, seed))].first)
    while place >= 0 {
      let selector = selectors[place]
      if selector.firstHolds(word, node, tree), selector.matches(node, tree, after: 1) {
        body(numbers[place])
      }
      place = Int(next[place])
    }
  }
}

extension Selector {
  /// Whether the first test holds, of which `word` is the name.
  fileprivate func firstHolds(_ word: ArraySlice<UInt8>, _ node: Int, _ tree: HTMLTree) -> Bool {
    switch steps.last?.first {
    // The class has been read already; to look for it again would be quadratic in long lists.
    case .hasClass(let name): ignoresCase ? word.equalsFolded(name) : word.elementsEqual(name)
    case let test?: holds(test, node, tree)
    case nil: false
    }
  }
}
