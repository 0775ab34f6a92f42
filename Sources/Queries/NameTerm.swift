internal import Matching
internal import Stories

/// A query term that matches stories by the name of a source, tag, author or site.
package struct NameTerm: Sendable, Hashable {
  package enum Field: String, Sendable, Hashable, CaseIterable { case source, tag, author, site }

  package var field: Field
  package var value: String
  /// Whether the value was quoted and must equal the whole name instead of a part of it.
  package var isExact: Bool

  package init(_ field: Field, _ value: String, isExact: Bool = false) {
    self.field = field
    self.value = value
    self.isExact = isExact
  }

  /// The query text that matches exactly this name: `tag:"ferry"`.
  package var written: String { "\(field.rawValue):\"\(value.filter { !$0.isQuote })\"" }

  /// Whether the term matches a name, ignoring case and diacritics.
  ///
  /// An exact value must equal the whole name; for a site, the host or a parent domain of it. Any other
  /// value matches consecutive words of the name, the last by prefix: `post` in "The Harbour Post".
  package func matches(_ name: String) -> Bool {
    field == .site ? matches(host: name) : matches(words: name)
  }

  private func matches(words name: String) -> Bool {
    if isExact { return folded(name) == folded(value) }
    let wanted = Self.words(value)
    let words = Self.words(name)
    guard let last = wanted.last else { return folded(name).contains(folded(value)) }
    guard wanted.count <= words.count else { return false }
    return (0...(words.count - wanted.count)).contains { start in
      let run = words[start..<(start + wanted.count)]
      return run.dropLast().elementsEqual(wanted.dropLast()) && run.last?.hasPrefix(last) == true
    }
  }

  private func matches(host: String) -> Bool {
    let host = host.lowercased()
    let wanted = Self.host(of: value)
    if host == wanted || host.hasSuffix("." + wanted) { return true }
    guard !isExact else { return false }
    var rest = host[...]
    while true {
      if rest.hasPrefix(wanted) { return true }
      guard let dot = rest.firstIndex(of: ".") else { return false }
      rest = rest[rest.index(after: dot)...]
    }
  }

  /// The host of a value that can be a whole URL.
  private static func host(of value: String) -> String {
    if let address = WebAddress(value), address.isWeb { return address.site }
    return WebAddress("http://" + value)?.site ?? value.lowercased()
  }

  /// The words of a name: runs of letters and digits, folded.
  package static func words(_ name: String) -> [String] {
    folded(name).unicodeScalars.split { !$0.isPartOfWord }.map { String($0) }
  }
}

extension Unicode.Scalar {
  /// Whether the tokenizer of the full-text index (FTS5 `unicode61`) treats the scalar as part of a word.
  package var isPartOfWord: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }
}
