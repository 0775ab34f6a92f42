/// Deciding what is a person's name, and cleaning one of job titles, dates and handles.
extension PersonNames {
  /// A name without the label before it and the handle, date and job title after it.
  static func clean(_ part: String) -> String {
    var name = withoutLabel(String(folding: part))
    if let at = name.utf8.firstIndex(of: 0x40), at > name.startIndex {
      let rest = name[name.utf8.index(after: at)...]
      // An e-mail address has no space before the "@"; a handle has.
      if name[..<at].utf8.last == 0x20 || !rest.utf8.contains(0x2E) { name = String(name[..<at]) }
    }
    var words = name.split(separator: " ")
    // "Ann Lee Stand: 05. Februar": a colon begins another field.
    if let label = words.firstIndex(where: { $0.hasSuffix(":") }) { words.removeSubrange(label...) }
    // "Ann Lee 21. April 2020", "Ann Lee • 8h".
    if let figure = words.firstIndex(where: { $0.utf8.first.map(\.isDigit) ?? false }) {
      words.removeSubrange(figure...)
      while let last = words.last, isMonth(last, short: true) { words.removeLast() }
    }
    while words.count > 1, let last = words.last, isTrailingNoise(last) { words.removeLast() }
    name = words.joined(separator: " ")
    let lowered = name.lowercased()
    if let title = jobTitleSuffixes.first(where: { lowered.hasSuffix(" " + $0) }) {
      name.unicodeScalars.removeLast(title.unicodeScalars.count)
    }
    while let last = name.unicodeScalars.last, " ,.:;|•·-–".unicodeScalars.contains(last),
      !(last == "." && name.split(separator: " ").last?.utf8.count ?? 0 <= 3)
    {
      name.unicodeScalars.removeLast()
    }
    if name.hasPrefix("@"), name.contains(" ") { name.removeFirst() }
    return String(folding: name)
  }

  /// Whether the last word belongs to text that followed the name: a month, "on", "Stand:".
  private static func isTrailingNoise(_ word: Substring) -> Bool {
    if word.hasSuffix(":") || word == "•" || word == "|" { return true }
    return trailingNoise.contains(word.lowercased()) || isMonth(word)
  }

  private static let trailingNoise: Set<String> = [
    "on", "at", "for", "in", "from", "am", "le", "el", "il", "um", "via", "updated", "posted",
    "published", "vom", "den", "op", "den", "発表在", "發表在", "gmbh.",
  ]

  private static func isMonth(_ word: Substring, short: Bool = false) -> Bool {
    // Abbreviated months are given names too ("Jan"), so they count only beside a number.
    let letters = Array(word.lowercased().utf8.filter { $0 != 0x2E })
    return short && MonthNames.numbers[letters] != nil
      || letters.count > 3 && MonthNames.numbers[letters] != nil && letters != Array("april".utf8)
  }

  private static let jobTitleSuffixes = [
    "staff writer", "senior reporter", "special to the times", "staff reporter", "correspondent",
    "senior writer", "contributing writer", "기자", "記者", "记者",
  ]

  private static let excludedPrefixes = [
    "illustration by", "photo", "last updated", "updated", "see ", "full bio", "lesedauer", "view ",
    "read ", "follow", "more ", "image", "the author", "reading time", "show ", "all ", "share",
    "sign ", "subscribe", "photograph", "all posts", "reviewed by", "edited by", "datum", "quelle",
    "source", "über ", "autorenseite", "zur autorenseite", "published", "posted on",
  ]

  private static let excludedNames: Set<String> = [
    "reporter", "editor", "staff", "staff writer", "senior reporter", "correspondent", "author",
    "senior writer", "contributor", "updated", "published", "guest", "null", "undefined", "unknown",
    "authors", "phd", "md", "jr", "posted", "journalist", "redakteur", "follow", "share",
    "comments", "contributing writer", "senior editor", "freelance", "associated press writer",
    "by", "von", "par", "por", "written by", "bio", "autor", "autorin", "print", "editors",
    "twitter", "facebook", "instagram", "linkedin", "youtube", "email", "e-mail", "rss", "website",
    "whatsapp", "post author", "veröffentlicht", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
    "samstag", "sonntag", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
    "about the author", "the authors", "about", "writer", "more", "weiter", "none", "anonymous",
  ]

  static func isName(_ name: String) -> Bool {
    let lowered = name.lowercased()
    guard (2...60).contains(name.utf8.count), !excludedNames.contains(lowered),
      !name.utf8.contains(where: { $0 == 0x2F || $0 == 0x3C || $0 == 0x3A }),
      !lowered.hasPrefix("http"), !lowered.hasPrefix("www."),
      name.split(separator: " ").count <= 6,
      !name.unicodeScalars.contains(where: { "→»›…".unicodeScalars.contains($0) })
    else { return false }
    if excludedPrefixes.contains(where: { lowered.hasPrefix($0) }) { return false }
    if name.utf8.contains(0x40), name.utf8.contains(0x2E) { return false }
    if isTemplateVariable(name) || name.utf8.first.map(\.isDigit) ?? true { return false }
    if name.split(separator: " ").allSatisfy({ isMonth($0) || $0.utf8.allSatisfy(\.isDigit) }) {
      return false
    }
    let digits = name.utf8.count(where: \.isDigit)
    return digits * 3 < name.utf8.count && DateParser.parse(name) == nil
      && name.utf8.contains { $0.isLetter || $0 >= 0x80 }
  }

  /// Whether a text beside a name is a job title, such as "Games Editor".
  static func isJobTitle(_ name: String) -> Bool {
    let words = name.lowercased().split(separator: " ")
    return words.last.map { jobTitleNouns.contains(String($0)) } ?? false
  }

  private static let jobTitleNouns: Set<String> = [
    "editor", "reporter", "writer", "correspondent", "journalist", "columnist", "contributor",
    "fellow", "analyst", "director", "manager", "redakteur", "redakteurin", "korrespondent",
    "korrespondentin", "chefredakteur", "chefredakteurin", "journaliste", "rédacteur", "rédactrice",
    "redactor", "redactora", "producer", "intern", "freelancer",
  ]

  /// Whether the name is an unexpanded template variable, such as "page.extra.author".
  private static func isTemplateVariable(_ name: String) -> Bool {
    !name.contains(" ") && name.utf8.count(where: { $0 == 0x2E }) >= 2
      && name.split(separator: ".").allSatisfy { $0.utf8.count > 2 && $0 == $0.lowercased() }
  }

  /// Whether the name is that of a default administrator account, which identifies no person.
  static func isDefaultAccount(_ name: String) -> Bool {
    ["admin", "administrator", "wordpressadmin", "webmaster", "root"].contains(name.lowercased())
  }

  /// Whether the name is an account name: one ASCII word in lower case or with a digit, "_" or "@".
  static func isHandle(_ name: String) -> Bool {
    guard !name.contains(" "), name.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
    return name == name.lowercased()
      || name.utf8.contains { $0.isDigit || $0 == 0x5F || $0 == 0x40 }
  }
}

extension StringProtocol {
  /// A copy without leading and trailing scalars from `characters`.
  func trimmed(of characters: String) -> String {
    let set = characters.unicodeScalars
    var text = Substring(self).unicodeScalars
    while let first = text.first, set.contains(first) { text.removeFirst() }
    while let last = text.last, set.contains(last) { text.removeLast() }
    return String(Substring(text))
  }
}
