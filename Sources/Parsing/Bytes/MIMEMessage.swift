/// A message of MIME parts (RFC 2045, 2046 and 2557): a page saved as MHTML, or a mail.
///
/// Contract: finds the part that is the page, and decodes no other. Time is linear in the message: it
/// is read once for each level of nesting, of which there are at most eight, and no more than a
/// thousand parts are looked at. What is cut off at its end is a message all the same.
struct MIMEMessage {
  private let bytes: [UInt8]
  private let head: MIMEFields

  private static let deepest = 8
  private static let mostParts = 1000

  /// `nil` where the bytes do not begin with the head of a message that says what its body is.
  init?(_ bytes: [UInt8]) {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count, bytes[start].isSpace { start += 1 }
    // A mailbox begins each message with a line of its own.
    if bytes[start...].starts(with: "From ".utf8) {
      start = bytes.line(start, end: bytes.count).next
    }
    // Not even the shortest head begins with a tag.
    guard start < bytes.count, bytes[start].isLetter,
      let head = MIMEFields(bytes, in: start..<bytes.count), let kind = head.kind("content-type")
    else { return nil }
    let isPage = kind.hasPrefix("multipart/") || kind == "text/html"
    guard isPage || (kind.hasPrefix("text/") && head["mime-version"] != nil) else { return nil }
    self.bytes = bytes
    self.head = head
  }

  /// A part without parts of its own.
  private struct Leaf {
    var fields: MIMEFields
    var body: Range<Int>
    var isHTML: Bool
  }

  // MARK: - The page

  /// The part that is the page, decoded; `nil` where there is none.
  ///
  /// That is the part which the message names, or else the first of HTML, or else of plain text.
  func page(of file: Page) -> Page? {
    var leaves: [Leaf] = []
    var left = Self.mostParts
    collect(head, head.end..<bytes.count, depth: 0, &left, &leaves)
    let start = head.parameter("start")
    let named = start.flatMap { start in leaves.first { $0.fields["content-id"] == start } }
    guard let leaf = named ?? leaves.first(where: \.isHTML) ?? leaves.first else { return nil }
    let body = MIMEDecoding.decoded(
      bytes[leaf.body], leaf.fields.kind("content-transfer-encoding"))
    let location = [leaf.fields["content-location"], head["snapshot-content-location"]]
      .compactMap { $0 }.first { $0.hasPrefix("http://") || $0.hasPrefix("https://") }
    var page = file
    page.address = file.address ?? location
    page.charset = file.charset ?? leaf.fields.parameter("charset")
    page.bytes = body
    page.format = leaf.isHTML ? .html : .text
    if !leaf.isHTML { addHead(to: &page) }
    return page
  }

  /// The message's subject, for a page that has no title.
  var subject: String? {
    head["subject"].map(MIMEDecoding.field).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Puts who wrote what and when before the text, as they stand at the head of a mail.
  private func addHead(to page: inout Page) {
    var text = ""
    for (name, shown) in [("from", "From"), ("subject", "Subject"), ("date", "Date")] {
      if let value = head[name].map(MIMEDecoding.field) { text += "\(shown): \(value)\n" }
    }
    page.bytes =
      Array((text + "\n").utf8) + Encoding.decode(page.bytes, charset: page.charset).bytes
    page.charset = "utf-8"
  }

  // MARK: - Parts

  private func collect(
    _ fields: MIMEFields, _ body: Range<Int>, depth: Int, _ left: inout Int, _ leaves: inout [Leaf]
  ) {
    left -= 1
    let kind = fields.kind("content-type") ?? "text/plain"
    guard kind.hasPrefix("multipart/") else {
      let isHTML = kind == "text/html" || kind == "application/xhtml+xml"
      guard isHTML || kind == "text/plain",
        fields.kind("content-disposition") != "attachment", !body.isEmpty
      else { return }
      return leaves.append(Leaf(fields: fields, body: body, isHTML: isHTML))
    }
    guard depth < Self.deepest,
      let boundary = fields.parameter("boundary") ?? firstDelimiter(body), !boundary.isEmpty
    else { return }
    for part in parts(of: body, boundary: Array(boundary.utf8), limit: left) {
      guard left > 0, let inner = MIMEFields(bytes, in: part) else { continue }
      collect(inner, inner.end..<part.upperBound, depth: depth + 1, &left, &leaves)
    }
  }

  /// The boundary of a body whose head does not name it: what follows the dashes of its first line
  /// that begins with two.
  private func firstDelimiter(_ body: Range<Int>) -> String? {
    var at = body.lowerBound
    while at < body.upperBound {
      let line = bytes.line(at, end: body.upperBound)
      if bytes[line.range].starts(with: "--".utf8), (3...74).contains(line.range.count) {
        return String(decoding: bytes[line.range].dropFirst(2).trimmedOfSpace, as: UTF8.self)
      }
      at = line.next
    }
    return nil
  }

  /// The parts between the lines of the boundary; the last one may lack its end.
  private func parts(of body: Range<Int>, boundary: [UInt8], limit: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start: Int?
    var at = body.lowerBound
    while at < body.upperBound, parts.count <= limit {
      let line = bytes.line(at, end: body.upperBound)
      if let isLast = delimiter(bytes[line.range], boundary) {
        // The line end before a delimiter belongs to it.
        if let start { parts.append(start..<max(start, withoutLineEnd(at, from: start))) }
        start = isLast ? nil : line.next
        if isLast { break }
      }
      at = line.next
    }
    if let start, start < body.upperBound { parts.append(start..<body.upperBound) }
    return parts
  }

  private func withoutLineEnd(_ end: Int, from start: Int) -> Int {
    guard end > start, bytes[end - 1] == 0x0A else { return end }
    return end - 1 > start && bytes[end - 2] == 0x0D ? end - 2 : end - 1
  }

  /// Whether a line is a delimiter, and then whether it is the last one.
  private func delimiter(_ line: ArraySlice<UInt8>, _ boundary: [UInt8]) -> Bool? {
    guard line.count >= boundary.count + 2, line.starts(with: "--".utf8),
      line.dropFirst(2).starts(with: boundary)
    else { return nil }
    let rest = line.dropFirst(2 + boundary.count)
    if rest.allSatisfy(\.isSpace) { return false }
    return rest.starts(with: "--".utf8) && rest.dropFirst(2).allSatisfy(\.isSpace) ? true : nil
  }
}
