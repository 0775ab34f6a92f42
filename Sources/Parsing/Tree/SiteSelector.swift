/// Chooses elements of a page: the small part of CSS that rules for sites need.
///
///     article             elements with this tag
///     #story              the one with this id
///     .post-body          those with this class
///     [itemprop=author]   those with this value of an attribute; quotes around it are allowed
///     [data-slot]         those that have the attribute
///     div.post[lang=en]   those for which all of it holds
///     .post .ad           those that stand somewhere below another
///
/// Tags and names of attributes may be written in any case; ids, classes and values are compared
/// as they are. There are no lists with commas, no `>`, `+`, `~`, `*` and no `:words`.
package struct SiteSelector: Sendable, Hashable {
  /// As it was written.
  package let text: String
  /// From the outermost element to the one that is meant; never empty.
  let steps: [Step]

  /// What one element must be.
  struct Step: Sendable, Hashable {
    var tag: HTMLTag?
    /// The name of a tag that is not in `HTMLTag`.
    var tagName: String?
    var id: [UInt8]?
    var classes: [[UInt8]] = []
    var attributes: [Attribute] = []
  }

  struct Attribute: Sendable, Hashable {
    var name: String
    var value: [UInt8]?
  }

  /// More steps than this name no place in a page.
  static let mostSteps = 8
  private static let longest = 300

  package init(_ text: String) throws(SiteSelectorError) {
    self.text = text
    guard text.utf8.count <= Self.longest else { throw SiteSelectorError("it is too long") }
    var reader = SiteSelectorReader(text)
    steps = try reader.steps()
    guard steps.count <= Self.mostSteps else {
      throw SiteSelectorError("it has more than \(Self.mostSteps) steps")
    }
  }
}

/// What is wrong with a selector, in words, without a full stop.
package struct SiteSelectorError: Error, Sendable, Hashable {
  package var problem: String
  init(_ problem: String) { self.problem = problem }
}

// MARK: - Reading

private struct SiteSelectorReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func steps() throws(SiteSelectorError) -> [SiteSelector.Step] {
    var steps: [SiteSelector.Step] = []
    while true {
      while let byte = peek, byte.isSpace { index += 1 }
      guard peek != nil else { break }
      steps.append(try step())
    }
    guard !steps.isEmpty else { throw SiteSelectorError("it is empty") }
    return steps
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func step() throws(SiteSelectorError) -> SiteSelector.Step {
    var step = SiteSelector.Step()
    let start = index
    while let byte = peek, !byte.isSpace {
      switch byte {
      case UInt8(ascii: "#"):
        index += 1
        step.id = try name(after: "#")
      case UInt8(ascii: "."):
        index += 1
        step.classes.append(try name(after: "."))
      case UInt8(ascii: "["):
        index += 1
        step.attributes.append(try attribute())
      default:
        guard index == start, Self.isNameByte(byte) else { throw unknown(byte) }
        let written = String(decoding: try name(after: ""), as: UTF8.self).lowercased()
        let known = Array(written.utf8).withUnsafeBufferPointer { NameTable.tags.find($0) }
        step.tag = known.flatMap(HTMLTag.init) ?? .other
        if step.tag == .other { step.tagName = written }
      }
    }
    return step
  }

  private mutating func attribute() throws(SiteSelectorError) -> SiteSelector.Attribute {
    let name = String(decoding: try name(after: "["), as: UTF8.self).lowercased()
    guard peek == UInt8(ascii: "=") else {
      try close()
      return SiteSelector.Attribute(name: name, value: nil)
    }
    index += 1
    var value: [UInt8] = []
    let quote = peek.flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") ? $0 : nil }
    if quote != nil { index += 1 }
    while let byte = peek, byte != quote ?? UInt8(ascii: "]") {
      value.append(byte)
      index += 1
    }
    if quote != nil, peek != nil { index += 1 }
    try close()
    return SiteSelector.Attribute(name: name, value: value)
  }

  private mutating func close() throws(SiteSelectorError) {
    guard peek == UInt8(ascii: "]") else { throw SiteSelectorError("a [ is not closed with ]") }
    index += 1
  }

  private mutating func name(after sign: String) throws(SiteSelectorError) -> [UInt8] {
    let start = index
    while let byte = peek, Self.isNameByte(byte) { index += 1 }
    guard index > start else { throw SiteSelectorError("a name is missing after \(sign)") }
    return Array(bytes[start..<index])
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte >= 0x80
  }

  private func unknown(_ byte: UInt8) -> SiteSelectorError {
    SiteSelectorError(
      "“\(String(decoding: [byte], as: UTF8.self))” is not understood: a selector is made of tag, "
        + "#id, .class and [attribute=value], with spaces between an element and one below it")
  }
}

// MARK: - Matching

extension HTMLTree {
  /// The elements that one of the selectors means, in document order.
  ///
  /// One walk for each selector: as every step only asks for an element somewhere below, the first
  /// element that fits a step is as good as any, and nothing is tried twice.
  func nodes(matching selectors: [SiteSelector]) -> [Node] {
    var found: Set<Node> = []
    for selector in selectors { collect(selector, into: &found) }
    return found.sorted()
  }

  private func collect(_ selector: SiteSelector, into found: inout Set<Node>) {
    let last = selector.steps.count - 1
    // The open elements that fit a step, each with its end and the number of steps fitted there.
    var open: [(end: Node, fitted: Int)] = []
    for node in 0..<count where isElement(node) {
      while let top = open.last, top.end <= node { open.removeLast() }
      let fitted = open.last?.fitted ?? 0
      guard fits(selector.steps[fitted], node) else { continue }
      if fitted == last { found.insert(node) } else { open.append((end(node), fitted + 1)) }
    }
  }

  private func fits(_ step: SiteSelector.Step, _ node: Node) -> Bool {
    if let tag = step.tag, self.tag(node) != tag { return false }
    if let name = step.tagName, self.name(node) != name { return false }
    if let id = step.id, !valueBytes(.id, of: node).trimmedOfSpace.elementsEqual(id) {
      return false
    }
    for name in step.classes
    where !valueBytes(.class, of: node).split(whereSeparator: \.isSpace).contains(where: {
      $0.elementsEqual(name)
    }) { return false }
    return step.attributes.allSatisfy { attribute in
      guard let value = valueBytes(named: attribute.name, of: node) else { return false }
      return attribute.value.map { value.trimmedOfSpace.elementsEqual($0) } ?? true
    }
  }
}
