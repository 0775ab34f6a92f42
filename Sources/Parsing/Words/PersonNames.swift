/// Reads names of people from bylines.
///
/// Contract: labels, offices, dates and handles beside a name are cut off; several names in one text
/// are told apart in some ten languages; a degree stays with its name ("Ann Lee, MD"). What is no
/// name — an address, a sentence, an office alone — gives nothing.
enum PersonNames {
  /// The names in texts that each give one or more.
  static func read(_ written: [String]) -> [String] {
    var names: [String] = []
    for text in written.prefix(30) where text.utf8.count < 400 {
      for name in split(withoutLabel(afterDate(folded(text)))) { add(name, to: &names) }
    }
    return names
  }

  /// The names in an element's runs of text: after the first only those that "and" or a comma joins.
  static func read(pieces: [String]) -> [String] {
    var names: [String] = []
    var isExpected = true
    for (index, piece) in pieces.enumerated() {
      if index + 1 < pieces.count, isInitials(piece) { continue }
      if isOtherWork(piece) { break }
      let text = withoutLabel(piece)
      let bare = text.trimmed(of: " ,;:&|/•·-–")
      if bare.isEmpty || joints.contains(bare.lowercased()) {
        isExpected = isExpected || !text.isEmpty
        continue
      }
      guard
        isExpected || text.utf8.first.map({ $0 == 0x2C || $0 == 0x26 }) ?? false
          || joints.contains(where: { text.lowercased().hasPrefix($0 + " ") })
      else { break }
      let found = read([text.trimmed(of: " ,;&|/•·-–")])
      for name in found where !names.contains(name) && names.count < 20 { names.append(name) }
      let lowered = text.lowercased()
      isExpected =
        names.isEmpty || text.hasSuffix(",") || text.hasSuffix("&")
        || joints.contains { lowered.hasSuffix(" " + $0) }
    }
    return names
  }

  /// "AL" in the place of a portrait.
  private static func isInitials(_ piece: String) -> Bool {
    piece.utf8.count <= 3 && piece.utf8.allSatisfy(\.isUpper)
  }

  private static func add(_ name: String, to names: inout [String]) {
    guard names.count < 20 else { return }
    if isDegree(name) {
      // "Ann Lee, MD" is one person.
      if let last = names.last, !last.hasSuffix(name) {
        names[names.count - 1] = last + ", " + name
      }
      return
    }
    let clean = clean(name)
    if !names.isEmpty, isOffice(clean) { return }
    if isName(clean), !names.contains(clean) { names.append(clean) }
  }

  private static func folded(_ text: String) -> String { Metadata.folded(Array(text.utf8)[...]) }

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

  /// Labels of people who did something else than write the story.
  private static let otherWorks = [
    "researched by", "reviewed by", "medically reviewed", "fact checked", "fact-checked",
    "edited by", "photo",
    "photograph", "illustration", "image", "translated by", "übersetz", "bild:", "fotos", "foto:",
    "source:", "quelle:",
  ]

  private static func isOtherWork(_ piece: String) -> Bool {
    let lowered = piece.prefix(40).lowercased()
    return otherWorks.contains { lowered.hasPrefix($0) }
  }

  /// The text without labels before it: "By", "Text:", "Von", "作者：".
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

  private static let sureLabels = [
    "by", "von", "par", "por", "written by", "posted by", "author:", "autor:", "autorin:", "di",
    "text:", "von:", "автор:", "door", "af", "av", "erstellt von",
  ]

  private static let sureStarts = sureLabels.map { $0 + " " }
  private static let sureInitials = Set(sureLabels.compactMap(\.utf8.first))

  /// What follows a label that hardly begins any other line.
  static func afterSureLabel(_ text: String) -> String? {
    guard let first = text.utf8.first, sureInitials.contains(first.lowercased) || first >= 0x80
    else { return nil }
    let lowered = text.start(40).lowercased()
    guard sureStarts.contains(where: { lowered.begins(with: $0) }) else { return nil }
    return withoutLabel(text)
  }

  /// What follows "by" after a date: "Wednesday January 6, 2016 8:30 am by Ann Lee".
  private static func afterDate(_ text: String) -> String {
    guard DateReading.read(text) != nil else { return text }
    let words = text.split(separator: " ")
    guard
      let by = words.lastIndex(where: { ["by", "von", "par", "por"].contains($0.lowercased()) }),
      by > 0, words[..<by].contains(where: { $0.utf8.first.map(\.isDigit) ?? false })
    else { return text }
    return words[(by + 1)...].joined(separator: " ")
  }

  // MARK: Several names

  private static let joints: Set<String> = [
    "and", "und", "et", "y", "e", "og", "och", "en", "with", "mit", "avec", "con", "и", "ja", "i",
  ]

  private static let breaks: [String] = [
    ";", " | ", "|", " / ", "、", "，", " • ", " · ", " – ", " — ", " - ", "\t",
  ]

  /// Cuts at commas, "and" and bars.
  ///
  /// An "and" between words in lower case joins no people: "staff and
  /// news service reports" is one name.
  private static func split(_ text: String) -> [String] {
    var rest = withoutBrackets(text)
    for mark in breaks + [" & "] where rest.holds(mark) {
      rest = rest.split(separator: mark).joined(separator: ",")
    }
    var names: [String] = []
    for part in rest.split(separator: ",") {
      var name: [Substring] = []
      let words = part.split(separator: " ")
      for (index, word) in words.enumerated() {
        let isJoint =
          joints.contains(word.lowercased()) && index + 1 < words.count && !name.isEmpty
          && (startsName(words[index + 1])) && word.utf8.first.map({ !$0.isUpper }) ?? true
        if isJoint {
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

  /// "Ann Lee (London, for the paper)" is "Ann Lee".
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
