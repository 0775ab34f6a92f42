extension OPML {
  /// The list as XML in UTF-8, with one outline per line.
  package var written: [UInt8] {
    var out = OPMLWriter()
    out.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    let version = version.isEmpty ? [] : [OPMLAttribute("version", version)]
    out.open("opml", version + attributes)
    out.open("head", head.attributes)
    for element in head.children { out.element(element) }
    out.close("head")
    out.open("body", body.attributes)
    out.content(of: body)
    out.close("body")
    out.close("opml")
    return out.bytes
  }
}

/// Writes elements with an indent of two spaces for each level.
private struct OPMLWriter {
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  mutating func line(_ text: String) {
    bytes += Array(repeating: 0x20, count: 2 * depth)
    bytes += Array(text.utf8)
    bytes.append(0x0A)
  }

  mutating func open(_ name: String, _ attributes: [OPMLAttribute]) {
    line(tag(name, attributes) + ">")
    depth += 1
  }

  mutating func close(_ name: String) {
    depth -= 1
    line("</\(name)>")
  }

  mutating func outline(_ outline: Outline) {
    guard !outline.outlines.isEmpty || !outline.others.isEmpty else {
      return line(tag("outline", outline.attributes) + "/>")
    }
    open("outline", outline.attributes)
    content(of: outline)
    close("outline")
  }

  mutating func content(of outline: Outline) {
    for other in outline.others { element(other) }
    for inner in outline.outlines { self.outline(inner) }
  }

  mutating func element(_ element: OPMLElement) {
    let start = tag(element.name, element.attributes)
    guard !element.children.isEmpty else {
      return line(start + ">" + escaped(element.text, inValue: false) + "</\(element.name)>")
    }
    open(element.name, element.attributes)
    if !element.text.isEmpty { line(escaped(element.text, inValue: false)) }
    for child in element.children { self.element(child) }
    close(element.name)
  }

  private func tag(_ name: String, _ attributes: [OPMLAttribute]) -> String {
    attributes.reduce(into: "<" + name) {
      $0 += " \($1.name)=\"\(escaped($1.value, inValue: true))\""
    }
  }

  /// Line ends and tabs in attribute values are written as references, because parsers replace them by
  /// spaces.
  private func escaped(_ text: String, inValue: Bool) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x26: out += Array("&amp;".utf8)
      case 0x3C: out += Array("&lt;".utf8)
      case 0x3E: out += Array("&gt;".utf8)
      case 0x22 where inValue: out += Array("&quot;".utf8)
      case 0x09 where inValue: out += Array("&#9;".utf8)
      case 0x0A where inValue: out += Array("&#10;".utf8)
      case 0x0D: out += Array("&#13;".utf8)
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
