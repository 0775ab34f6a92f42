extension Pictures {
  /// The address of the largest version of a picture that the page names; absolute.
  ///
  /// Asked in this order: the lists of sizes (`srcset`, and what scripts load as such), the sources
  /// that a script loads, the plain source; first of the picture, then of the `source` elements
  /// beside it, then of its `noscript` twin. Data in place of an address is none.
  func address(of picture: Int, _ tree: HTMLTree, _ addresses: Addresses) -> String? {
    var places = [picture]
    if let parent = tree.parent(picture), tree.tag(parent) == .picture {
      places += tree.children(parent).filter { tree.tag($0) == .source }.prefix(12)
    }
    if let twin = twins[picture] { places.append(twin) }
    var written = Written()
    for place in places { written.read(place, tree) }
    return written.all.lazy.compactMap { addresses.absolute($0) }.first { !$0.hasPrefix("#") }
  }

  /// The addresses that elements of one picture name, by kind.
  private struct Written {
    var sized: [(address: String, size: Double)] = []
    var loaded: [String] = []
    var plain: [String] = []

    mutating func read(_ node: Int, _ tree: HTMLTree) {
      for (name, value) in tree.attributes(of: node) where value.count <= 16_000 {
        let isScripts = name.starts(with: "data-".utf8)
        guard isScripts || name.elementsEqual("srcset".utf8) else { continue }
        if name.suffix(3).elementsEqual("set".utf8) {
          sized += candidates(value)
        } else if name.containsWord("src") || name.elementsEqual("data-original".utf8) {
          loaded.append(String(decoding: value, as: UTF8.self))
        }
      }
      if let source = tree.value(.src, of: node) { plain.append(source) }
    }

    /// The largest first; of two of one size the one named first.
    var all: [String] {
      let best = sized.enumerated().max {
        ($0.element.size, -$0.offset) < ($1.element.size, -$1.offset)
      }
      return (best.map { [$0.element.address] } ?? []) + loaded + plain
    }
  }

  /// The parts of a list such as `a.jpg 320w, b.jpg 2x`, by the rule of the HTML standard: an
  /// address ends at white space, so that it may hold commas.
  private static func candidates(_ list: ArraySlice<UInt8>) -> [(address: String, size: Double)] {
    var found: [(address: String, size: Double)] = []
    var rest = list
    while found.count < 40 {
      rest = rest.drop { $0.isSpace || $0 == 0x2C }
      guard !rest.isEmpty else { break }
      var address = rest.prefix { !$0.isSpace }
      rest = rest.dropFirst(address.count)
      var size = 1.0
      if address.last == 0x2C {
        while address.last == 0x2C { address = address.dropLast() }
      } else {
        let descriptor = rest.prefix { $0 != 0x2C }
        rest = rest.dropFirst(descriptor.count)
        let written = descriptor.trimmedOfSpace
        size = Double(String(decoding: written.dropLast(), as: UTF8.self)) ?? 1
      }
      guard !address.isEmpty, !address.starts(with: "data:".utf8) else { continue }
      found.append((String(decoding: address, as: UTF8.self), size))
    }
    return found
  }
}

extension HTMLTree {
  /// All attributes of an element, name and value.
  func attributes(of node: Node) -> [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
    let record = records[node]
    guard record.tag != .text else { return [] }
    let first = Int(record.first)
    return attributes[first..<first + Int(record.attributeCount)].map {
      let start = Int($0.nameStart)
      return (bytes[start..<start + Int($0.nameLength)], bytes[Int($0.start)..<Int($0.end)])
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func containsWord(_ letters: StaticString) -> Bool {
    letters.withUTF8Buffer { containsFolded($0) }
  }
}
