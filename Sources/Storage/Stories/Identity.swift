internal import Stories

/// The keys that identify a story when it is imported again: address, content and original bytes.
struct Identity: Sendable {
  /// The canonical form of its address; `nil` if there is none, or it is that of a whole site.
  var address: String?
  /// The hash of headline and text; `nil` if the text is too short to identify a story.
  var content: [UInt8]?
  /// The hash of the original bytes.
  var page: [UInt8]?
  /// The hash of all stored content of the page; if it is equal, there is nothing to update.
  var form: [UInt8]

  /// The host of the address without `www.`; empty if there is no address.
  var host: String { address.flatMap { WebAddress("http://" + $0)?.site } ?? "" }

  /// The least words of a text that identifies a story; shorter ones ("Please turn on JavaScript") are
  /// shared by many pages.
  static let minimumWords = 40

  init(address: String?, content: [UInt8]?, page: [UInt8]?, form: [UInt8]) {
    self.address = address
    self.content = content
    self.page = page
    self.form = form
  }

  init(_ form: StoryForm, story: Story, words: Int, page: [UInt8]?) {
    address = story.address.flatMap(Self.sharedForm)
    if words >= Self.minimumWords {
      var hash = Hash()
      hash.add(field: form.title)
      hash.add(field: form.text)
      content = hash.finish()
    }
    self.page = page.map(Hash.of)
    self.form = Self.hash(form)
  }

  private static func hash(_ form: StoryForm) -> [UInt8] {
    var hash = Hash()
    hash.add(field: form.title)
    hash.add(field: form.structure)
    hash.add(field: form.text)
    for figure in form.figures {
      hash.add(field: "\(figure.number) \(figure.kind)")
      hash.add(field: figure.structure)
      hash.add(field: figure.caption)
      for fact in [figure.credit, figure.alt, figure.image] { hash.add(field: fact) }
    }
    for comment in form.comments {
      let time = comment.time.map { "\($0.seconds) \($0.form)" } ?? "-"
      hash.add(field: "\(comment.parent ?? -1) \(comment.marks) \(time)")
      hash.add(field: comment.name)
      hash.add(field: comment.author)
      hash.add(field: comment.structure)
      hash.add(field: comment.text)
    }
    return hash.finish()
  }
}

// MARK: - Addresses

extension Identity {
  /// Query parameters that track visitors and do not select a page.
  private static let tracking: Set<String> = [
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid", "mc_cid",
    "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok", "vero_id", "oly_enc_id", "oly_anon_id",
    "ref_src", "ref_url", "cmpid", "ncid", "smid", "smtyp", "at_medium", "at_campaign",
    "ns_campaign", "ns_mchannel", "ns_source", "guccounter", "twclid", "ttclid", "li_fat_id",
  ]

  /// The canonical form of an address; `nil` if it is that of a site rather than a story, or longer
  /// than 2 kB.
  ///
  /// Ignores http or https, `www.`, the case of the host, a default port, the fragment, tracking
  /// parameters, and a slash at the end. Libraries store this form, so its results must never change:
  /// that is why it does not use `WebAddress`, which may.
  static func sharedForm(_ address: String) -> String? {
    // A hostile address of megabytes must not bloat the index.
    guard address.utf8.count <= 2048 else { return nil }
    var rest = address[...]
    for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
      break
    }
    guard rest.startIndex != address.startIndex else { return nil }
    if let cut = rest.firstIndex(of: "#") { rest = rest[..<cut] }
    let hostEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    var host = rest[..<hostEnd].lowercased()
    for port in [":80", ":443"] where host.hasSuffix(port) { host.removeLast(port.count) }
    if host.hasPrefix("www.") { host.removeFirst(4) }
    let tail = rest[hostEnd...]
    let queryStart = tail.firstIndex(of: "?") ?? tail.endIndex
    var path = tail[..<queryStart]
    while path.hasSuffix("/") { path.removeLast() }
    let query = tail[queryStart...].dropFirst().split(separator: "&").filter { !isTracking($0) }
    guard !host.isEmpty, !(path.isEmpty && query.isEmpty) else { return nil }
    return host + path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }

  private static func isTracking(_ parameter: Substring) -> Bool {
    let name = parameter.prefix { $0 != "=" }.lowercased()
    return name.hasPrefix("utm_") || tracking.contains(name)
  }
}

// MARK: - Words

/// The number of words of a text in UTF-8: runs between white space; two ideographs or kana count as
/// one word.
func wordCount(_ text: [UInt8]) -> Int {
  var words = 0
  var ideographs = 0
  var isInside = false
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte <= 32 {
      isInside = false
    } else if byte >= 0xE3, byte <= 0xE9, index + 2 < text.count {
      // U+3000…U+9FFF in three bytes: kana and ideographs, written without spaces.
      ideographs += 1
      isInside = false
      index += 2
    } else if !isInside {
      isInside = true
      words += 1
    }
    index += 1
  }
  return words + (ideographs + 1) / 2
}
