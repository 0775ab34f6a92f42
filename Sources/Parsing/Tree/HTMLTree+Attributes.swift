/// What the attributes of an element say. Each question reads the element's own few attributes, in place.
extension HTMLTree {
  private func attribute(_ name: HTMLAttribute, of node: Node) -> Attribute? {
    let record = records[node]
    guard record.tag != .text, record.attributeCount > 0 else { return nil }
    let first = Int(record.first)
    for index in first..<first + Int(record.attributeCount) where attributes[index].name == name {
      return attributes[index]
    }
    return nil
  }

  func has(_ name: HTMLAttribute, _ node: Node) -> Bool { attribute(name, of: node) != nil }

  /// The value as bytes, not trimmed; empty if there is no such attribute.
  func valueBytes(_ name: HTMLAttribute, of node: Node) -> ArraySlice<UInt8> {
    guard let found = attribute(name, of: node) else { return [] }
    return bytes[Int(found.start)..<Int(found.end)]
  }

  /// The value, trimmed of white space; `nil` if it is absent or empty.
  func value(_ name: HTMLAttribute, of node: Node) -> String? {
    nonEmpty(valueBytes(name, of: node))
  }

  /// An attribute by any name, in lower case, such as `data-comment-id`.
  func value(named name: String, of node: Node) -> String? {
    valueBytes(named: name, of: node).flatMap(nonEmpty)
  }

  /// The same as bytes, not trimmed; `nil` if there is no such attribute.
  func valueBytes(named name: String, of node: Node) -> ArraySlice<UInt8>? {
    let record = records[node]
    guard record.tag != .text else { return nil }
    let first = Int(record.first)
    for attribute in attributes[first..<first + Int(record.attributeCount)] {
      let start = Int(attribute.nameStart)
      let range = bytes[start..<start + Int(attribute.nameLength)]
      if range.elementsEqual(name.utf8) {
        return bytes[Int(attribute.start)..<Int(attribute.end)]
      }
    }
    return nil
  }

  private func nonEmpty(_ slice: ArraySlice<UInt8>) -> String? {
    let trimmed = slice.trimmedOfSpace
    return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
  }

  /// The tag's name, also of elements that are not in `HTMLTag`.
  func name(_ node: Node) -> String {
    let record = records[node]
    guard record.tag == .other else { return record.tag.name }
    let start = Int(record.last)
    let end = bytes[start...].prefix(40).firstIndex { !$0.isNameByte } ?? start
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  /// Whether the space-separated list in the attribute holds the token, ASCII case ignored.
  func hasToken(_ token: StaticString, in name: HTMLAttribute, _ node: Node) -> Bool {
    let value = valueBytes(name, of: node)
    guard value.count >= token.utf8CodeUnitCount else { return false }
    return token.withSpan { token in
      var start = value.startIndex
      while start < value.endIndex {
        let end = value[start...].firstIndex { $0.isSpace } ?? value.endIndex
        if end - start == token.count,
          token.indices.allSatisfy({ value[start + $0].lowercased == token[$0] })
        {
          return true
        }
        start = end + 1
      }
      return false
    }
  }

  /// Whether the element has the class; the token is given in lower case.
  func hasClass(_ token: StaticString, _ node: Node) -> Bool {
    hasToken(token, in: .class, node)
  }

  /// Whether the class or the id holds the letters anywhere; they are given in lower case.
  func classOrIDContains(_ letters: StaticString, _ node: Node) -> Bool {
    valueContains(letters, .class, node) || valueContains(letters, .id, node)
  }

  /// Whether the value holds the letters anywhere, ASCII case ignored.
  func valueContains(_ letters: StaticString, _ name: HTMLAttribute, _ node: Node) -> Bool {
    let value = valueBytes(name, of: node).prefix(2048)
    return value.containsFolded(letters)
  }
}
