import Stories

/// The kind of a short line of plain text, decided by its words alone: ad label, share row, author
/// label, comment heading, related heading, byline.
///
/// For text copied from a web page, where no markup is left. Lines of more than 120 bytes or 14 words
/// are never labels.
enum PlainLabel: Equatable {
  case ad, share, related, newsletter, form, menu
  /// "About NAME", with the name; an empty name for "About the author".
  case author(String)
  /// "14 Comments", with the number if there is one.
  case comments(Int?)
  /// "By NAME and NAME".
  case byline([String])
  /// A boilerplate label that HTML pages use too.
  case other(Dropped.Kind)

  init?(_ text: String) {
    guard text.utf8.count <= 120 else { return nil }
    let scan = WordScan(text)
    let words = scan.words.indices.map { scan.strippedWord($0) }
    guard let first = words.first, words.count <= 14 else { return nil }
    if words.count <= 4, Self.isAd(words) {
      self = .ad
    } else if let count = Self.commentCount(words, scan) {
      self = .comments(count)
    } else if Self.isForm(words) {
      self = .form
    } else if Self.isShare(words) {
      self = .share
    } else if let name = Self.aboutName(scan, words) {
      self = .author(name)
    } else if Self.isRelated(words.joined(separator: " ")) {
      self = .related
    } else if words.count <= 8, ["newsletter", "newsletters"].contains(where: words.contains),
      !scan.endsSentence(before: scan.bytes.count) || first == "subscribe" || first == "sign"
    {
      self = .newsletter
    } else if let names = Self.bylineNames(scan, words) {
      self = .byline(names)
    } else if words.count <= 3, Self.menuLabels.contains(words.joined(separator: " ")) {
      self = .menu
    } else if let kind = BoilerplateLabels.kind(of: text, isHeading: false) {
      self = .other(kind)
    } else {
      return nil
    }
  }

  /// The label of a line that heads a thread or its comment form; `nil` for any other line.
  static func threadLabel(_ text: String) -> PlainLabel? {
    guard text.utf8.count <= 120 else { return nil }
    let scan = WordScan(text)
    let words = scan.words.indices.map { scan.strippedWord($0) }
    guard !words.isEmpty, words.count <= 14 else { return nil }
    if let count = commentCount(words, scan) { return .comments(count) }
    return isForm(words) ? .form : nil
  }

  var droppedKind: Dropped.Kind {
    switch self {
    case .ad: .ad
    case .share: .share
    case .related: .related
    case .newsletter: .newsletter
    case .form, .comments: .comments
    case .menu: .menu
    case .author: .author
    case .byline: .byline
    case .other(let kind): kind
    }
  }
}

// MARK: - Words

extension PlainLabel {
  private static let ads: Set<String> = [
    "ad", "ads", "advert", "advertisement", "advertisements", "advertising", "popunder", "popup",
    "pop-up", "sponsored", "sponsor", "iklan", "anzeige", "werbung", "publicité", "publicidad",
    "pubblicità", "reklama", "reklam", "annons", "annonse", "annonce", "mainos", "реклама",
    "advertentie", "publicidade", "광고", "広告", "promoted",
  ]
  private static let adQualifiers: Set<String> = [
    "top", "bottom", "here", "slot", "content", "header", "footer", "sidebar", "below", "above",
    "article", "post", "end", "middle", "banner", "continues", "space", "1", "2", "3", "links",
    "by", "-", "skip", "story", "feedback",
  ]

  private static func isAd(_ words: [String]) -> Bool {
    ads.contains(words[0])
      && words.dropFirst().allSatisfy { adQualifiers.contains($0) || ads.contains($0) }
      || words == ["article", "continues", "below", "advertisement"]
      || words == ["skip", "advertisement"] || words == ["story", "continues", "below"]
  }

  private static let shareVerbs: Set<String> = [
    "share", "tweet", "pin", "email", "e-mail", "print", "whatsapp", "follow", "like", "teilen",
    "drucken", "partager", "compartir", "condividi", "delen", "dela", "partilhar", "compartilhar",
    "bookmark", "copy", "send", "save", "post",
  ]
  private static let networks: Set<String> = [
    "facebook", "twitter", "x", "google", "plus", "google+", "pinterest", "linkedin", "reddit",
    "whatsapp", "telegram", "tumblr", "email", "e-mail", "print", "pocket", "flipboard", "digg",
    "messenger", "bluesky", "threads", "mastodon", "instagram", "youtube", "rss", "viber", "xing",
    "vk", "line", "sms", "kakaotalk", "stumbleupon", "mail", "tiktok", "this", "on", "to", "the",
    "article", "link", "us", "me", "story", "via", "by", "with", "friends", "auf", "sur", "en",
    "and", "share", "tweet", "in", "post", "url", "artikel", "save", "feed",
  ]

  private static let shareNames: Set<String> = [
    "facebook", "twitter", "whatsapp", "linkedin", "pinterest", "reddit", "telegram",
  ]

  private static func isShare(_ words: [String]) -> Bool {
    guard words.count <= 6 else { return false }
    let isShared = shareVerbs.contains(words[0]) && words.dropFirst().allSatisfy(networks.contains)
    return isShared && words != ["like"] && words != ["post"]
      || words.allSatisfy(networks.contains) && words.contains(where: shareNames.contains)
  }

  private static let excludedNames: Set<String> = [
    "us", "this", "the", "me", "our", "a", "an", "how", "what", "uns", "cookies", "it", "that",
  ]

  private static func aboutName(_ scan: WordScan, _ words: [String]) -> String? {
    let line = words.joined(separator: " ")
    if [
      "about the author", "about the authors", "about author", "über den autor", "the author",
      "über die autorin", "à propos de l'auteur", "sobre el autor", "author", "written by",
    ].contains(line) {
      return ""
    }
    guard words.count >= 2, words.count <= 5, ["about", "über"].contains(words[0]),
      !scan.endsSentence(before: scan.bytes.count)
    else { return nil }
    // "About us" and "About this site" are menu entries, "About 40 people" begins a sentence.
    guard !excludedNames.contains(words[1]), scan.bytes[scan.words[1].lowerBound].isDigit == false
    else { return nil }
    return scan.text(scan.words[1].lowerBound..<scan.bytes.count)
  }

  private static let commentNouns: Set<String> = [
    "comment", "comments", "response", "responses", "reply", "replies", "kommentar", "kommentare",
    "commentaire", "commentaires", "comentario", "comentarios", "comentário", "comentários",
    "commento", "commenti", "reactie", "reacties", "kommentarer", "thoughts", "thought",
    "antworten",
    "komentarzy", "komentarze", "комментарии", "komentar", "コメント", "댓글", "评论",
  ]

  private static func commentCount(_ words: [String], _ scan: WordScan) -> Int?? {
    if words.count == 1, commentNouns.contains(words[0]), words[0] != "reply" {
      return .some(nil)
    }
    guard words.count >= 2 else { return nil }
    let isNamed = commentNouns.contains(words[1])
    if isNamed, words.count == 2 || ["on", "to", "zu", "sur", "en", "so", "for"].contains(words[2])
    {
      if ["no", "keine", "aucun", "zero"].contains(words[0]) { return .some(0) }
      if ["one", "ein", "1"].contains(words[0]) { return .some(1) }
      let digits = words[0].filter { $0.isASCII && $0.isNumber }
      if !digits.isEmpty, digits.utf8.count <= 7, words[0].utf8.first?.isDigit == true {
        return .some(Int(digits))
      }
    }
    if words.count == 2, commentNouns.contains(words[0]), words[1].utf8.count <= 7,
      let count = Int(words[1]), words[0] != "reply"
    {
      return .some(count)
    }
    return nil
  }

  private static let formPrompts: Set<String> = [
    "post a comment", "leave a reply", "leave a comment", "add comment", "add a comment",
    "write a comment", "join the conversation", "schreibe einen kommentar",
    "kommentar schreiben", "laisser un commentaire", "deja un comentario", "deja una respuesta",
    "lascia un commento", "deixe um comentário", "leave a reply cancel reply", "submit comment",
    "comments are closed", "kommentare sind geschlossen", "comments closed", "add your comment",
    "kommentar hinterlassen", "geef een reactie", "dodaj komentarz",
  ]

  private static func isForm(_ words: [String]) -> Bool {
    formPrompts.contains(words.prefix(5).joined(separator: " "))
  }

  static func closesThread(_ text: String) -> Bool {
    let text = text.start(60).lowercased()
    return closedThreadNotices.contains { text.begins(with: $0) }
  }

  private static let closedThreadNotices = [
    "comments are closed", "comments closed", "kommentare sind geschlossen",
    "the comments are closed",
  ]

  private static let relatedHeadings: Set<String> = [
    "related", "related posts", "related articles", "related stories", "read more", "read next",
    "you may also like", "you might also like", "recommended", "more from", "most read",
    "most popular", "popular posts", "trending", "mehr zum thema", "lesen sie auch",
    "weiterlesen",
    "auch interessant", "das könnte sie auch interessieren", "à lire aussi", "lire aussi",
    "te puede interesar", "leia também", "leggi anche", "lees ook", "more stories",
    "recent posts",
    "latest news", "meistgelesen", "top stories", "related topics", "recommended for you",
    "more on this story", "further reading", "see also", "more news", "editors picks", "les også",
    "lo más leído", "lo más visto", "ler mais", "más noticias", "mehr aus", "mehr von", "neueste",
  ]

  private static func isRelated(_ line: String) -> Bool {
    relatedHeadings.contains(line)
      || line.utf8.count < 50
        && ["more from ", "mehr aus ", "mehr von "].contains { line.utf8.starts(with: $0.utf8) }
  }

  private static let menuLabels: Set<String> = [
    "home", "menu", "search", "log in", "login", "sign in", "sign up", "subscribe", "contact",
    "contact us", "about us", "privacy policy", "terms of use", "skip to content", "register",
    "skip to main content", "newer post", "older post", "next", "previous", "back to top", "close",
    "accept", "advertise", "impressum", "datenschutz", "startseite", "suche", "abo", "anmelden",
  ]

  private static let bylineOpeners: Set<String> = [
    "by", "von", "par", "por", "di", "door", "av", "autor", "author",
  ]
  private static let conjunctions: Set<String> = ["and", "und", "et", "y", "e", "&", "en", "og"]
  private static let bylineTerminators: Set<String> = [
    "at", "on", "|", "-", "–", "—", "•", "·", "für", "for", "am",
  ]

  /// The names of "By NAME and NAME", "Posted by NAME at TIME".
  private static func bylineNames(_ scan: WordScan, _ words: [String]) -> [String]? {
    var start = 0
    if ["posted", "written", "published", "reported"].contains(words[0]), words.count > 2,
      words[1] == "by"
    {
      start = 2
    } else if bylineOpeners.contains(words[0]), words.count >= 2 {
      start = 1
    } else {
      return nil
    }
    guard start < words.count, !scan.endsSentence(before: scan.bytes.count) || words.count <= 5
    else { return nil }
    var names: [String] = []
    var name: [String] = []
    var isPlain = false
    for word in start..<words.count {
      let isConjunction = conjunctions.contains(scan.lowercasedWord(word))
      let isEnd = bylineTerminators.contains(scan.lowercasedWord(word))
      if isConjunction || isEnd {
        if !name.isEmpty { names.append(name.joined(separator: " ")) }
        name = []
        if isEnd { break }
        continue
      }
      if !scan.isCapitalised(scan.words[word]),
        !CreditWords.nameParticles.contains(scan.lowercasedWord(word))
      {
        if start == 2, name.isEmpty { return [scan.text(scan.words[word])] }
        // "By Staff reporter" has one lower-case word; a sentence that begins with "By" has more.
        if isPlain || name.isEmpty { return nil }
        isPlain = true
      }
      let range = scan.words[word]
      let hasComma = scan.bytes[range.upperBound - 1] == 0x2C
      // "By , 9 May": the template had no name to insert.
      if hasComma, range.count == 1 { break }
      name.append(scan.text(hasComma ? range.lowerBound..<range.upperBound - 1 : range))
      if hasComma {
        names.append(name.joined(separator: " "))
        name = []
      }
    }
    if !name.isEmpty { names.append(name.joined(separator: " ")) }
    return names.isEmpty || names[0].utf8.count > 60 ? nil : names
  }
}

/// Whether a biography is the placeholder text that themes ship with; the first 400 bytes decide.
func isPlaceholderBiography(_ text: String) -> Bool {
  guard text.utf8.count >= 10 else { return false }
  let head = Array(String(decoding: text.utf8.prefix(400), as: UTF8.self).lowercased().utf8)
  return placeholderPhrases.contains { words in
    head.indices.contains { head[$0] == words[0] && head[$0...].starts(with: words) }
  }
}

private let placeholderPhrases: [[UInt8]] = [
  "lorem ipsum", "ut wisi enim", "duis autem", "consectetuer", "consectetur adipi",
  "short biography of the writer", "nulla facilisis", "sed ut perspiciatis", "dolor sit amet",
  "this is a short biography", "hi there! i am", "a wonderful serenity has taken",
  "far far away, behind the word mountains", "template author", "write something about yourself",
  "your author bio", "this author has not", "this author hasn't", "author description here",
].map { Array($0.utf8) }

/// The date in a line of visible text, month first where it is ambiguous; `nil` without a full date.
func parseVisibleDate(_ text: String) -> Timestamp? { DateParser.parse(text, monthFirst: true) }
