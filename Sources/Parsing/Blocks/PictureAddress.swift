extension Pictures {
  /// The absolute URL of the largest version of a picture.
  ///
  /// In order: `srcset` and its lazy-loading variants, sources lazyLoaded by scripts, `src`; each for the
  /// picture, then the `source` elements beside it, then its `noscript` fallback. `data:` URLs are
  /// ignored.
  func address(of picture: Int, _ tree: HTMLTree, _ addresses: Addresses) -> String? {
    var nodes = [picture]
    if let parent = tree.parent(picture), tree.tag(parent) == .picture {
      nodes += tree.children(parent).filter { tree.tag($0) == .source }.prefix(12)
    }
    if let twin = fallbacks[picture] { nodes.append(twin) }
    var sources = SourceURLs()
    for node in nodes { sources.collect(node, tree) }
    return sources.byPreference.lazy.compactMap { addresses.absolute($0) }.first {
      !$0.hasPrefix("#")
    }
  }

  /// The URLs in the attributes of a picture's elements, by kind.
  private struct SourceURLs {
    var srcset: [(address: String, size: Double)] = []
    var lazyLoaded: [String] = []
    var plain: [String] = []

    mutating func collect(_ node: Int, _ tree: HTMLTree) {
      for (name, value) in tree.attributes(of: node) where value.count <= 16_000 {
        let isDataAttribute = name.starts(with: "data-".utf8)
        guard isDataAttribute || name.elementsEqual("srcset".utf8) else { continue }
        if name.suffix(3).elementsEqual("set".utf8) {
          srcset += srcsetCandidates(value)
        } else if name.contains("src") || name.elementsEqual("data-original".utf8) {
          lazyLoaded.append(String(decoding: value, as: UTF8.self))
        }
      }
      if let source = tree.value(.src, of: node) { plain.append(source) }
    }

    /// The URLs in order of preference: the largest of `srcset` first, among equals the earlier one.
    var byPreference: [String] {
      let best = srcset.enumerated().max {
        ($0.element.size, -$0.offset) < ($1.element.size, -$1.offset)
      }
      return (best.map { [$0.element.address] } ?? []) + lazyLoaded + plain
    }
  }

  /// Parses a `srcset` such as `a.jpg 320w, b.jpg 2x` (HTML Standard, "parsing a srcset attribute").
  ///
  /// A URL ends at white space, so it can contain commas. At most 40 candidates; the size is the width
  /// or density as written.
  private static func srcsetCandidates(_ list: ArraySlice<UInt8>) -> [(
    address: String, size: Double
  )] {
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
  /// The attributes of an element as names and values.
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
  fileprivate func contains(_ letters: StaticString) -> Bool {
    containsFolded(letters)
  }
}
