import Parsing

/// An adversarial page, named for what it has too much of.
struct HostileShape {
  var name: String
  var format: Page.Format
  var bytes: [UInt8]

  /// All shapes of about `size` bytes each, generated when called.
  static func all(size: Int) -> [() -> HostileShape] {
    let repeats = markup.map { name, piece in
      { HostileShape(name, .html, start + repeated(piece, to: size) + story) }
    }
    let texts = plain.map { name, piece in
      { HostileShape(name, .text, repeated(piece, to: size)) }
    }
    return repeats + special(size) + texts + specialTexts(size)
  }

  private init(_ name: String, _ format: Page.Format, _ bytes: [UInt8]) {
    self.name = name
    self.format = format
    self.bytes = bytes
  }

  private static let sentence =
    "The ferry left the harbour at noon with forty people on board, and came back before night. "
  private static let story = Array("<p>\(sentence)\(sentence)</p>".utf8)
  private static let start = Array("<!doctype html><title>Bench</title><body><article>".utf8)

  private static func repeated(_ piece: String, to size: Int) -> [UInt8] {
    let piece = Array(piece.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + piece.count)
    while bytes.count < size { bytes += piece }
    return bytes
  }

  // MARK: - HTML

  /// Fragments that are repeated, without anything that closes them.
  private static let markup: [(String, String)] = [
    ("open divs", "<div>"), ("open divs with text", "<div>x"), ("open links", "<a href=x>y"),
    ("links", "<a href='https://a.example/b'>word</a> "), ("open lists", "<ul><li>x"),
    ("open tables", "<table><tr><td>x"), ("tables", "<table><tr><td>x</td></tr></table>"),
    ("cells", "<td>x"), ("bold in tables", "<table>x<b>"), ("open bolds", "<b>x"),
    ("misnested", "<a><b><i></a></b>x"), ("open quotes", "<blockquote>x"),
    ("open paragraphs", "<p>x"), ("paragraphs", "<p>\(sentence)</p>"), ("line breaks", "<br>"),
    ("lines and breaks", "x<br>"), ("headings", "<h2>Word</h2>"), ("open headings", "<h3>x"),
    ("images", "<img src=a.jpg>"), ("images with words", "<img src=a.jpg alt='A boat' width=600>"),
    ("sources", "<picture><source srcset='a.jpg 1x, b.jpg 2x'>"),
    ("figures", "<figure><img src=a.jpg><figcaption>A boat. Photo: Desk</figcaption></figure>"),
    ("open figures", "<figure><img src=a.jpg><figcaption>A boat"), ("unknown", "<x-y>z"),
    ("stray ends", "</div></p></b></x>"), ("comments", "<!-- x -->"), ("open comments", "<!-- x "),
    ("sections of data", "<![CDATA[ x "), ("ampersands", "&"), ("entities", "&eacute;&#233;"),
    ("long entities", "&CounterClockwiseContourIntegra"), ("brackets", "<"), ("quotes", "\"'"),
    ("scripts", "<script>x='<p>'</script>"), ("styles", "<style>p{}</style>"),
    ("data scripts", "<script type='application/ld+json'>{\"@type\":\"Article\"}</script>"),
    ("spans", "<span class='a b c'>x</span>"), ("classes", "<p class='comment related ad'>x</p>"),
    ("comments of a thread", "<li class=comment id=comment-1><b class=fn>r</b><p>x</li>"),
    ("nested comments", "<li class=comment><b class=fn>r</b><p>x<ul class=children>"),
    ("posts", "<article class=message data-author=r><time datetime=2024-05-16>t</time><p>x"),
    ("frames", "<iframe src='https://www.youtube.com/embed/x'></iframe>"),
    ("forms", "<form><select><option>x<input>"), ("drawings", "<svg><path d=''/></svg>"),
    ("definitions", "<dl><dt>x<dd>y"), ("notes", "<p id=fn1><sup>1</sup> x</p>"),
    ("credits", "<p>Photo: Desk/Agency</p>"), ("bylines", "<p class=byline>By Night Desk</p>"),
    ("bylines in divs", "<div class=byline>By Night Desk "), ("dates", "<p>12 May 2020</p>"),
    ("dates in divs", "<div>12 May 2020 "), ("days in divs", "<div><p>12 May 2020</p>"),
    ("times", "<time datetime='2024-05-16T09:30:00Z'>May 16, 2024</time>"),
    ("metas", "<meta property='article:tag' content='boats'>"), ("bases", "<base href=/a/>"),
    ("templates", "<template><p>x"), ("hidden", "<div style='display:none'>x</div>"),
    ("code", "<pre><code>x\n"), ("combining marks", "\u{301}"), ("marks on letters", "a\u{301}"),
    ("directions", "\u{202E}a\u{2066}"), ("joiners", "\u{1F469}\u{200D}"), ("nothings", "\0x"),
    ("words", "word "), ("double encoding", "Ã©Ã¼ "), ("tags and spaces", "< p\n\n >"),
  ]

  private static func special(_ size: Int) -> [() -> HostileShape] {
    func page(_ name: String, _ bytes: @autoclosure @escaping () -> [UInt8]) -> () -> HostileShape {
      { HostileShape(name, .html, bytes()) }
    }
    func within(_ open: String, _ piece: String, _ close: String) -> [UInt8] {
      start + Array(open.utf8) + repeated(piece, to: size) + Array(close.utf8) + story
    }
    func data(_ piece: String) -> [UInt8] {
      within(
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"a\":", piece, "</script>")
    }
    return [
      page("one text", within("<p>", "x", "</p>")),
      page("one line of code", within("<pre>", "x", "")),
      page("one attribute", within("<p title='", "x", "'>")),
      page("one class", within("<p class='", "a ", "'>")),
      page("attributes", within("<p", " a=b", ">")),
      page("names of attributes", within("<p ", "a1 ", ">")),
      page("one address", within("<a href='", "../", "'>x</a>")),
      page("one srcset", within("<img srcset='", "a 1x,", "'>")),
      page("one script", within("<script>", "x<", "</script>")),
      page("one style", within("<p style='", "a:b;", "'>")),
      page("deep data", data("[")), page("deep objects", data("{\"a\":")),
      page("wide data", within("<script type='application/ld+json'>[", "1,", "1]</script>")),
      page("one string of data", data("\"" + String(repeating: "\\u0041", count: 1))),
      page(
        "items of a blog",
        within("<script>var items = [", "{\"id\":\"1\",\"body\":\"x\"},", "];</script>")),
      page("one title", within("<title>", "x ", "</title>")),
      page("one heading", within("<h1>", "x ", "</h1>")),
      page(
        "one caption",
        within("<figure><img src=a.jpg><figcaption>", "Photo: ", "</figcaption></figure>")),
      page("one byline", within("<p class=byline>By ", "Night Desk, ", "</p>")),
      page("one list", within("<ul>", "<li>\(sentence)", "</ul>")),
      page("one table", within("<table>", "<tr><td>x<td>y", "</table>")),
      page("one row", within("<table><tr>", "<td colspan=999>x", "</table>")),
      page("UTF-16", [0xFF, 0xFE] + repeated(sentence, to: size / 2).flatMap { [$0, 0] }),
      page("bytes of no encoding", [UInt8](repeating: 0xE9, count: size)),
      page(
        "Shift JIS escapes",
        Array("<meta charset=iso-2022-jp>".utf8) + repeated("\u{1B}$B0l\u{1B}(B", to: size)),
    ]
  }

  // MARK: - Plain text

  private static let plain: [(String, String)] = [
    ("text: one line", "word "), ("text: one word", "x"), ("text: lines", "word\n"),
    ("text: sentences", sentence + "\n"), ("text: blank lines", "\n"),
    ("text: paragraphs", sentence + "\n\n"),
    ("text: credits", "A boat. Photo: Desk/Getty Images\n"),
    ("text: credit lines", "Desk/Getty Images\n"),
    ("text: items", "- word\n"), ("text: deep items", "- - - x\n"), ("text: numbers", "1. word\n"),
    ("text: quotes", "> word\n"), ("text: deep quotes", "> "),
    ("text: mail", "> > word\nOn Monday, r wrote:\n> x\n\n"),
    ("text: headings", "# Word\n\n\(sentence)\n\n"), ("text: underlines", "Word\n====\n"),
    ("text: stars", "*"), ("text: marks", "**_`["), ("text: links", "[a](b)"),
    ("text: open links", "[a]("),
    ("text: pictures", "![a](b.jpg)\n"), ("text: fences", "```\nx\n"), ("text: cells", "| a "),
    ("text: rows", "| a | b |\n"), ("text: rules", "---\n"), ("text: fields", "From: x\n"),
    ("text: dates", "May 16, 2024\n"), ("text: bylines", "By Night Desk\n"),
    ("text: one byline", "By "),
    ("text: comments", "reader\nMay 3, 2024\ntext\n"),
    ("text: headings of threads", "14 Comments\n"),
    ("text: shares", "Share on Facebook\n"), ("text: authors", "About Night Desk\nA text.\n"),
    ("text: references", "[1]: https://a.example/\n"), ("text: notes", "word[^1]\n[^1]: x\n"),
    ("text: combining marks", "\u{301}"), ("text: spaces", " "),
    ("text: no-break spaces", "\u{A0}x"),
    ("text: ideographs", "船が港に戻る。"), ("text: nothings", "\0a\n"), ("text: backslashes", "\\"),
    ("text: addresses", "<https://a.example/> "), ("text: indents", "    code\n"),
    ("text: carriage returns", "a\r"),
  ]

  private static func specialTexts(_ size: Int) -> [() -> HostileShape] {
    [
      {
        HostileShape(
          "text: different lines", .text, (0..<size / 12).flatMap { Array("line \($0)\n".utf8) })
      },
      {
        HostileShape(
          "text: wrapped", .text,
          repeated("The ferry left the harbour at noon with forty people on board and\n", to: size))
      },
      {
        HostileShape(
          "text: UTF-16", .text,
          [0xFE, 0xFF] + repeated(sentence + "\n", to: size / 2).flatMap { [0, $0] })
      },
    ]
  }
}
