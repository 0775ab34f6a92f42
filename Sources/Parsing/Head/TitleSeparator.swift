/// A separator between a title and the site's name, with how reliably it is one.
struct TitleSeparator {
  enum Trust {
    /// A short phrase after it is the site or section, in metadata and title elements.
    case bar
    /// The same, but only in a title element.
    case dash
    /// Only between ideographs or syllables, as on East Asian sites; elsewhere it joins words.
    case wide
    /// Only a known name of the site after it counts.
    case weak
  }

  let mark: String
  let trust: Trust

  static let all: [TitleSeparator] =
    [" | ", " ｜ ", "｜"].map { TitleSeparator(mark: $0, trust: .bar) }
    + [" - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • "].map {
      TitleSeparator(mark: $0, trust: .dash)
    } + ["_", "-", "–", "ㅣ", "|"].map { TitleSeparator(mark: $0, trust: .wide) }
    + [" / ", " * ", " @ ", " : ", "："].map { TitleSeparator(mark: $0, trust: .weak) }

  /// The parts of the title before and after the last occurrence of the separator.
  func last(in title: some StringProtocol) -> (before: Substring, after: Substring)? {
    cut(Substring(title), TitleKey.lastIndex(of: mark, in: title))
  }

  /// The parts of the title before and after the first occurrence of the separator.
  func first(in title: some StringProtocol) -> (before: Substring, after: Substring)? {
    cut(Substring(title), TitleKey.firstIndex(of: mark, in: title))
  }

  private func cut(
    _ title: Substring, _ offset: Int?
  ) -> (before: Substring, after: Substring)? {
    guard let offset else { return nil }
    let start = title.utf8.index(title.startIndex, offsetBy: offset)
    let end = title.utf8.index(start, offsetBy: mark.utf8.count)
    return validated(title[..<start], title[end...])
  }

  private func validated(
    _ before: Substring, _ after: Substring
  ) -> (before: Substring, after: Substring)? {
    if trust == .wide, mark != "|", mark != "_" {
      guard before.utf8.last ?? 0 >= 0x80, after.utf8.first ?? 0 >= 0x80 else { return nil }
    }
    return (before, after)
  }
}
