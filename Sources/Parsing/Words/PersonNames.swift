/// Extracts the names of people from bylines.
///
/// Labels, job titles, dates and handles beside a name are removed; several names in one text are
/// separated at punctuation and the conjunctions of some ten languages; an academic degree stays with
/// its name ("Ann Lee, MD"). A URL, a sentence or a job title alone gives nothing. At most 20 names.
enum PersonNames {
  /// The names in texts that each hold one or more; texts of 400 bytes or more are ignored.
  static func read(_ written: [String]) -> [String] {
    var names: [String] = []
    for text in written.prefix(30) where text.utf8.count < 400 {
      for name in split(withoutLabel(afterDate(String(folding: text)))) { append(name, to: &names) }
    }
    return names
  }

  /// The names in the text nodes of a byline element, in order.
  ///
  /// After the first name only those count that a conjunction or comma joins to it: later text nodes
  /// are dates, places and buttons.
  static func read(pieces: [String]) -> [String] {
    var names: [String] = []
    var isExpected = true
    for (index, piece) in pieces.enumerated() {
      if index + 1 < pieces.count, isInitials(piece) { continue }
      if isOtherRole(piece) { break }
      let text = withoutLabel(piece)
      let bare = text.trimmed(of: " ,;:&|/•·-–")
      if bare.isEmpty || conjunctions.contains(bare.lowercased()) {
        isExpected = isExpected || !text.isEmpty
        continue
      }
      guard
        isExpected || text.utf8.first.map({ $0 == 0x2C || $0 == 0x26 }) ?? false
          || conjunctions.contains(where: { text.lowercased().hasPrefix($0 + " ") })
      else { break }
      let found = read([text.trimmed(of: " ,;&|/•·-–")])
      for name in found where !names.contains(name) && names.count < 20 { names.append(name) }
      let lowered = text.lowercased()
      isExpected =
        names.isEmpty || text.hasSuffix(",") || text.hasSuffix("&")
        || conjunctions.contains { lowered.hasSuffix(" " + $0) }
    }
    return names
  }

  /// Whether a text is the initials that sites show in place of a missing portrait, such as "AL".
  private static func isInitials(_ piece: String) -> Bool {
    piece.utf8.count <= 3 && piece.utf8.allSatisfy(\.isUpper)
  }

  private static func append(_ name: String, to names: inout [String]) {
    guard names.count < 20 else { return }
    if isDegree(name) {
      // "Ann Lee, MD" is one person.
      if let last = names.last, !last.hasSuffix(name) {
        names[names.count - 1] = last + ", " + name
      }
      return
    }
    let clean = clean(name)
    if !names.isEmpty, isJobTitle(clean) { return }
    if isName(clean), !names.contains(clean) { names.append(clean) }
  }

  // MARK: Labels

  static let cardLabels = [
    "written by", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da",
    "geschreven door", "skrevet av", "skriven av", "автор", "par", "by", "autor", "author",
  ]

  private static let labels: [String] = [
    "written by", "posted by", "published by", "story by", "words by", "text by", "reported by",
    "opinion by", "article by", "submitted by", "by", "about", "author", "authors", "autor",
    "autorin", "autoren", "autora", "auteur", "auteurs", "autore", "von", "par", "por", "di", "af",
    "av", "door", "text", "texto", "texte", "от", "автор", "a cura di", "escrito por",
    "publicado por", "publié par", "écrit par", "scritto da", "pubblicato da", "geschrieben von",
    "erstellt von", "eingestellt von", "veröffentlicht von", "verfasst von", "ein artikel von",
    "ein beitrag von", "ein gastbeitrag von", "geschreven door", "skrevet av", "skriven av", "作者",
    "著者", "文", "記者",
  ].sorted { $0.utf8.count > $1.utf8.count }

  /// Prefixes of credits for roles other than the author's.
  private static let otherRolePrefixes = [
    "researched by", "reviewed by", "medically reviewed", "fact checked", "fact-checked",
    "edited by", "photo",
    "photograph", "illustration", "image", "translated by", "übersetz", "bild:", "fotos", "foto:",
    "source:", "quelle:",
  ]

  private static func isOtherRole(_ piece: String) -> Bool {
    let lowered = piece.prefix(40).lowercased()
    return otherRolePrefixes.contains { lowered.hasPrefix($0) }
  }

  /// The text without up to two labels before it: "By", "Text:", "Von", "作者：".
  static func withoutLabel(_ text: String) -> String {
    var text = text
    for _ in 0..<2 {
      guard let rest = afterLabel(text, labels) else { break }
      text = rest
    }
    return text
  }

  private static func afterLabel(_ text: String, _ labels: [String]) -> String? {
    let lowered = text.lowercased()
    for label in labels where lowered.hasPrefix(label) {
      let rest = text.unicodeScalars.dropFirst(label.unicodeScalars.count)
      guard let next = rest.first else { return "" }
      guard next == " " || next == ":" || next == "：" || next == "\t" else { continue }
      return String(rest).trimmed(of: " :：\t")
    }
    return nil
  }

  static func hasLabel(_ pieces: [String]) -> Bool {
    pieces.first.map { afterLabel($0, labels) != nil } ?? false
  }

  private static let reliableLabels = [
    "by", "von", "par", "por", "written by", "posted by", "author:", "autor:", "autorin:", "di",
    "text:", "von:", "автор:", "door", "af", "av", "erstellt von",
  ]

  private static let reliablePrefixes = reliableLabels.map { $0 + " " }
  private static let reliableFirstBytes = Set(reliableLabels.compactMap(\.utf8.first))

  /// The text after a byline label that rarely begins other lines; `nil` without such a label.
  static func afterReliableLabel(_ text: String) -> String? {
    guard let first = text.utf8.first,
      reliableFirstBytes.contains(first.lowercased) || first >= 0x80
    else { return nil }
    let lowered = text.start(40).lowercased()
    guard reliablePrefixes.contains(where: { lowered.begins(with: $0) }) else { return nil }
    return withoutLabel(text)
  }

  /// The text after "by" where a date precedes it: "Wednesday January 6, 2016 8:30 am by Ann Lee".
  private static func afterDate(_ text: String) -> String {
    guard DateParser.parse(text) != nil else { return text }
    let words = text.split(separator: " ")
    guard
      let by = words.lastIndex(where: { ["by", "von", "par", "por"].contains($0.lowercased()) }),
      by > 0, words[..<by].contains(where: { $0.utf8.first.map(\.isDigit) ?? false })
    else { return text }
    return words[(by + 1)...].joined(separator: " ")
  }

  // MARK: Several names

  private static let conjunctions: Set<String> = [
    "and", "und", "et", "y", "e", "og", "och", "en", "with", "mit", "avec", "con", "и", "ja", "i",
  ]

  private static let separators: [String] = [
    ";", " | ", "|", " / ", "、", "，", " • ", " · ", " – ", " — ", " - ", "\t",
  ]

  /// Splits a text at commas, conjunctions and other separators.
  ///
  /// A conjunction before a lower-case word does not separate people: "staff and news service
  /// reports" is one name.
  private static func split(_ text: String) -> [String] {
    var rest = withoutBrackets(text)
    for mark in separators + [" & "] where rest.holds(mark) {
      rest = rest.split(separator: mark).joined(separator: ",")
    }
    var names: [String] = []
    for part in rest.split(separator: ",") {
      var name: [Substring] = []
      let words = part.split(separator: " ")
      for (index, word) in words.enumerated() {
        let isConjunction =
          conjunctions.contains(word.lowercased()) && index + 1 < words.count && !name.isEmpty
          && (startsName(words[index + 1])) && word.utf8.first.map({ !$0.isUpper }) ?? true
        if isConjunction {
          names.append(name.joined(separator: " "))
          name = []
        } else {
          name.append(word)
        }
      }
      if !name.isEmpty { names.append(name.joined(separator: " ")) }
    }
    return names
  }

  private static func startsName(_ word: Substring) -> Bool {
    word.unicodeScalars.first.map { !$0.properties.isLowercase && $0.properties.isAlphabetic }
      ?? false
  }

  /// The text without bracketed parts: "Ann Lee (London, for the paper)" gives "Ann Lee".
  private static func withoutBrackets(_ text: String) -> String {
    var out = ""
    var depth = 0
    for character in text {
      if character == "(" || character == "[" || character == "（" { depth += 1 }
      if depth == 0 { out.append(character) }
      if character == ")" || character == "]" || character == "）" { depth = max(0, depth - 1) }
    }
    return out
  }

  private static let degrees: Set<String> = [
    "md", "phd", "dvm", "rn", "mph", "do", "dds", "jd", "mba", "msc", "bsc", "rd", "rdn", "cpa",
    "esq", "jr", "sr", "facp", "faclm", "facs", "mbbs", "ma", "ms", "msn", "lcsw", "psyd", "cscs",
  ]

  private static func isDegree(_ name: String) -> Bool {
    let words = name.split(separator: " ")
    return !words.isEmpty && words.count <= 3
      && words.allSatisfy { word in degrees.contains(word.lowercased().filter { $0 != "." }) }
  }
}
