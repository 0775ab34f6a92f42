internal import Matching

/// A source, tag, author or site asked for by name.
package struct NameTerm: Sendable, Hashable {
  package enum Field: String, Sendable, Hashable, CaseIterable { case source, tag, author, site }

  package var field: Field
  package var value: String
  /// Whether the value was quoted: then it is the whole name and not a part of it.
  package var isExact: Bool

  package init(_ field: Field, _ value: String, isExact: Bool = false) {
    self.field = field
    self.value = value
    self.isExact = isExact
  }

  /// The term as it is typed for exactly this name.
  package var written: String { "\(field.rawValue):\"\(value.filter { !$0.isQuote })\"" }

  /// Whether a name is meant; letter case and accents make no difference.
  ///
  /// An exact value is the whole name (of a site: the host, or what is below it). Another one is
  /// found where words of the name begin as it does: `post` in "The Harbour Post".
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

  /// The host in what may be a whole address.
  private static func host(of value: String) -> String {
    var rest = value.lowercased()[...]
    for start in ["https://", "http://", "www."] where rest.hasPrefix(start) {
      rest = rest.dropFirst(start.count)
    }
    return String(rest.prefix { $0 != "/" })
  }

  /// The words of a name, folded: runs of letters and digits.
  package static func words(_ name: String) -> [String] {
    folded(name).unicodeScalars.split { !$0.isPartOfWord }.map { String($0) }
  }
}

extension Unicode.Scalar {
  /// Whether the full-text index takes the scalar for a part of a word.
  package var isPartOfWord: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }
}
