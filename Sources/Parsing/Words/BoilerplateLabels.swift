/// Recognises boilerplate labels on a line of their own: "Advertisement", "Share this", "Read more".
///
/// The lists hold only what many sites of a language or platform have in common, and match only
/// whole lines or the first words of short ones. Structural heuristics are preferred where they can
/// decide.
enum BoilerplateLabels {
  static func kind(of line: String, isHeading: Bool) -> Dropped.Kind? {
    guard line.utf8.count < 200 else { return nil }
    var key = Substring(line.lowercased())
    while let last = key.unicodeScalars.last, isTrailing(last) { key.unicodeScalars.removeLast() }
    if key.utf8.count <= maximumKeyBytes, let kind = kindsByLine[String(key)] { return kind }
    guard let first = key.utf8.first else { return nil }
    for (start, kind) in prefixes[first] ?? [] where key.utf8.starts(with: start.utf8) {
      return kind
    }
    return nil
  }

  /// Whether a scalar can follow a label on its line without being part of it.
  private static func isTrailing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ":", ".", "…", "!", ">", "»", "→", " ": true
    default: false
    }
  }

  private static let maximumKeyBytes = kindsByLine.keys.map(\.utf8.count).max() ?? 0

  private static let kindsByLine: [String: Dropped.Kind] = {
    var table: [String: Dropped.Kind] = [:]
    func add(_ kind: Dropped.Kind, _ words: String) {
      for word in words.split(separator: "|") { table[String(word)] = kind }
    }
    add(
      .ad,
      "advertisement|advertising|ad|ads|sponsored|anzeige|werbung|publicité|publicidad|pubblicità|"
        + "reklama|реклама|advertisement - scroll to continue|story continues below advertisement|"
        + "article continues after advertisement|article continues below advertisement|publicidade|"
        + "advertentie|annons|annonse|reklam|mainos|advertorial|promoted|广告|広告|광고|skip advertisement"
    )
    add(
      .share,
      "share|share this|share this article|share this story|tweet|email|e-mail|print|facebook|twitter|"
        + "whatsapp|linkedin|copy link|link copied|teilen|drucken|partager|compartir|condividi|"
        + "share on facebook|share on twitter|pinterest|reddit|telegram|share this:|like this|"
        + "поделиться|save|bookmark|listen|follow us|pin it|share article|share story|поделиться")
    add(
      .related,
      "related|related articles|related stories|related posts|related content|related topics|read more|"
        + "more|more on this|more on this story|more stories|see also|see more|you may also like|"
        + "you might also like|recommended|recommended for you|most read|most popular|trending|"
        + "mehr zum thema|lesen sie auch|auch interessant|weitere artikel|zum thema|à lire aussi|"
        + "lire aussi|lea también|te puede interesar|leggi anche|leia também|lees ook|les også|"
        + "läs mer|läs också|читайте также|czytaj także|czytaj więcej|vous aimerez aussi|"
        + "verwandte beiträge|weitere informationen|das könnte sie auch interessieren|"
        + "das könnte dich auch interessieren|auch lesen|ver también|más información|czytaj też|zobacz także|related links|"
        + "read next|up next|keep reading|continue reading|what to read next|editors' picks|"
        + "noticias relacionadas|articles liés|sur le même sujet|mehr dazu|meistgelesen|relacionado|"
        + "more from this author|also read|latest news|top stories|recent posts|popular posts|"
        + "関連記事|あわせて読みたい|相关阅读|相关新闻|관련기사")
    add(
      .newsletter,
      "sign up|subscribe|subscribe now|newsletter|sign up for our newsletter|subscribe to our newsletter"
    )
    add(
      .comments,
      "comments|comment|leave a comment|leave a reply|post a comment|view comments|add a comment|"
        + "kommentare|commentaires|comentarios|show comments|no comments|join the conversation|"
        + "0 comments|no comments yet|kommentieren|комментарии")
    add(
      .menu,
      "previous|next|back|back to top|top|home|menu|skip to content|load more|show more|close")
    add(
      .tags, "tags|topics|filed under|schlagworte|schlagwörter|themen|etiquetas|keywords|категории")
    add(
      .other,
      "loading|loading...|"
        + ""
        + "jump to content|log in|sign in|register|"
        + "play|watch|video|photos|image|enlarge|view gallery|expand")
    return table
  }()

  /// The prefixes grouped by their first byte, so that most lines are rejected by one lookup.
  private static let prefixes = Dictionary(grouping: prefixList) { $0.0.utf8.first ?? 0 }

  private static let prefixList: [(String, Dropped.Kind)] = [
    ("read more:", .related), ("read also:", .related), ("also read:", .related),
    ("see also:", .related), ("related:", .related), ("lesen sie auch", .related),
    ("mehr zum thema", .related), ("lire aussi", .related), ("à lire aussi", .related),
    ("lea también", .related), ("leggi anche", .related), ("leia também", .related),
    ("lees ook:", .related), ("read next:", .related), ("watch:", .related), ("more:", .related),
    ("читайте также", .related), ("czytaj też", .related), ("czytaj także", .related),
    ("sign up for", .newsletter), ("subscribe to", .newsletter), ("follow us on", .share),
    ("share this", .share), ("click here to", .other), ("filed under", .tags), ("tags:", .tags),
    ("posted in", .tags), ("copyright ©", .footer), ("© ", .footer),
    ("all rights reserved", .footer),
    ("photo credit", .other), ("this article was originally published", .other),
  ]
}
