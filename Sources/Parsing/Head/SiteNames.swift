/// The names of a page's site, which are removed from titles and are not authors.
///
/// From every metadata layer and the host. A phrase matches if it equals a name, is the beginning of
/// one, or is contained in the host. Callers ask only about phrases of a few words, so a headline
/// about the site itself is safe.
struct SiteNames {
  private var names: [[UInt8]] = []
  /// The comparison key of the host: "nytimescom".
  private let host: [UInt8]
  /// The comparison key of the registered registeredLabel: "nytimes".
  private let registeredLabel: [UInt8]

  init(_ metadata: Metadata, host: String?) {
    self.host = TitleKey.normalized(host ?? "")
    let parts = (host ?? "").split(separator: ".")
    // In "example.co.uk" the second level belongs to the registry.
    let isSecondLevel = parts.count > 2 && parts[parts.count - 2].utf8.count <= 3
    registeredLabel = TitleKey.normalized(
      String(parts.dropLast(isSecondLevel ? 2 : 1).last ?? "").lowercased())
    for key in ["og:site_name", "application-name", "apple-mobile-web-app-title", "cre"] {
      if let name = metadata.meta[key] { add(name) }
    }
    for object in metadata.linked.articles + metadata.linked.otherWorks {
      if let name = metadata.linked.resolved(object["publisher"])["name"].text { add(name) }
    }
    // The title element without the `og:title` is the site's name.
    if let element = metadata.titleElement, let title = metadata.named("og:title") {
      if element.hasPrefix(title) { addAffix(element.dropFirst(title.count)) }
      if element.hasSuffix(title) { addAffix(element.dropLast(title.count)) }
    }
  }

  private mutating func add(_ name: String) {
    let key = TitleKey.normalized(name)
    if !key.isEmpty, key.count <= 80, !names.contains(key), names.count < 20 { names.append(key) }
  }

  private mutating func addAffix(_ affix: Substring) {
    if !affix.isEmpty, TitleKey.wordCount(String(affix)) <= 6 { add(String(affix)) }
  }

  /// Whether a phrase equals one of the names, the registered registeredLabel or the host.
  func matches(exactly phrase: String) -> Bool {
    let key = TitleKey.normalized(String(phrase.prefix(120)))
    guard !key.isEmpty else { return false }
    return names.contains(key) || key == registeredLabel || (key.count > 3 && key == host)
  }

  /// Whether a phrase of at most 120 bytes is the site's name or a variant of it.
  func matches(_ phrase: String) -> Bool {
    guard phrase.utf8.count <= 120 else { return false }
    let key = TitleKey.normalized(phrase)
    guard !key.isEmpty else { return false }
    if names.contains(key) { return true }
    // "The Standard" of "The Standard Online", "Evening Post Magazine" of "Evening Post".
    if key.count >= 6, names.contains(where: { $0.starts(with: key) && $0.count <= 3 * key.count })
    {
      return true
    }
    if names.contains(where: { $0.count >= 5 && key.starts(with: $0) && key.count <= $0.count + 10 }
    ) {
      return true
    }
    return isHost(key, phrase)
  }

  private func isHost(_ key: [UInt8], _ phrase: String) -> Bool {
    guard host.count >= 4, key.count >= 3 else { return false }
    if key.count > 3, host.starts(with: key) { return true }
    if key == registeredLabel { return true }
    if registeredLabel.count >= 5, key.count <= registeredLabel.count + 10,
      TitleKey.contains(key, registeredLabel)
    {
      return true
    }
    let words = phrase.split(separator: " ").map { TitleKey.normalized(String($0)) }
      .filter { $0.count >= 3 }
    guard !words.isEmpty, words.reduce(0, { $0 + $1.count }) >= 5 else { return false }
    return words.allSatisfy { TitleKey.contains(host, $0) }
  }
}

/// Normalises and compares titles that are spelled or punctuated differently.
enum TitleKey {
  /// The UTF-8 bytes of the letters and digits of the first 600 characters, in lower case.
  static func normalized(_ text: String) -> [UInt8] {
    Array(String(text.prefix(600)).lowercased().utf8).filter { $0.isAlphanumeric || $0 >= 0x80 }
  }

  /// The number of words in the first 2,000 bytes; two ideographs or syllables count as one word.
  static func wordCount(_ text: String) -> Int {
    var words = 0
    var wide = 0
    for word in text.utf8.prefix(2000).split(whereSeparator: \.isSpace) {
      words += 1
      wide += word.count { $0 >= 0xE3 && $0 <= 0xED }
    }
    return max(words, wide / 2)
  }

  /// The UTF-8 offset of the last occurrence of `mark`.
  static func lastIndex(of mark: String, in text: some StringProtocol) -> Int? {
    let (bytes, mark) = (Array(text.utf8), Array(mark.utf8))
    guard let first = mark.first, bytes.count >= mark.count else { return nil }
    for at in stride(from: bytes.count - mark.count, through: 0, by: -1) where bytes[at] == first {
      if bytes[at...].starts(with: mark) { return at }
    }
    return nil
  }

  /// The UTF-8 offset of the first occurrence of `mark`.
  static func firstIndex(of mark: String, in text: some StringProtocol) -> Int? {
    let (bytes, mark) = (Array(text.utf8), Array(mark.utf8))
    guard let first = mark.first, bytes.count >= mark.count else { return nil }
    for at in 0...bytes.count - mark.count where bytes[at] == first {
      if bytes[at...].starts(with: mark) { return at }
    }
    return nil
  }

  static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, text.count >= part.count else { return false }
    for start in 0...text.count - part.count where text[start] == first {
      if text[start...].starts(with: part) { return true }
    }
    return false
  }

  /// The fraction (0…1) of the terms of `one` that occur in `other` too.
  ///
  /// Terms are words of at least three letters and single ideographs.
  static func overlap(_ one: String, _ other: String) -> Double {
    let mine = terms(one)
    guard !mine.isEmpty else { return 0 }
    let theirs = terms(other)
    return Double(mine.intersection(theirs).count) / Double(mine.count)
  }

  private static func terms(_ text: String) -> Set<String> {
    var terms: Set<String> = []
    var word = ""
    for scalar in text.prefix(600).lowercased().unicodeScalars {
      if scalar.value >= 0x2E80 {
        terms.insert(String(scalar))
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word.unicodeScalars.append(scalar)
        continue
      }
      if word.unicodeScalars.count > 2 { terms.insert(word) }
      word = ""
    }
    if word.unicodeScalars.count > 2 { terms.insert(word) }
    return terms
  }
}
