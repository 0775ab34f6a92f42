/// Generates web pages, each one different, that resemble pages of news sites.
///
/// The composition is that of public collections of saved pages (fundus, WCXB, trafilatura's): a fifth
/// of the bytes are scripts, a fifth styles, half tags with long classes and addresses, a tenth text;
/// nine tags per kilobyte.
struct PageFiller {
  /// The median size of saved news pages, in bytes.
  static let medianSize = 173_000

  private var out = ""
  private let number: Int

  /// A page of about `size` bytes; `number` makes it different from others.
  static func page(_ number: Int, size: Int = medianSize) -> [UInt8] {
    var filler = PageFiller(number: number)
    filler.head(size)
    filler.masthead(cards: size / 10_000)
    filler.story(size / 5)
    while filler.out.utf8.count < size { filler.furniture() }
    filler.out += "<footer class=\"site-footer\"><p>Bench News</p></footer></body></html>\n"
    return Array(filler.out.utf8)
  }

  private init(number: Int) { self.number = number }

  private mutating func head(_ size: Int) {
    out += """
      <!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
      <title>\(title) | Bench News</title><meta property="og:title" content="\(title)">
      <meta property="og:site_name" content="Bench News"><meta name="author" content="Night desk">
      <link rel="canonical" href="https://bench.example/news/\(number)">
      <script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",\
      "headline":"\(title)","datePublished":"2024-05-16T09:30:00Z","author":{"@type":"Person",\
      "name":"Night desk"}}</script>

      """
    out += "<style>"
    repeated(until: out.utf8.count + size / 5) { index in
      ".story-\(index) > .story__body:not(.is-wide){margin:0 auto;padding:\(index % 9)px 1rem}\n"
    }
    out += "</style>\n<script>"
    repeated(until: out.utf8.count + size / 5) { index in
      "window.bench=window.bench||[];if(bench.length<\(index)){bench.push({slot:\"top-\(index)\"})}\n"
    }
    out += "</script></head>\n<body class=\"single single-post theme-bench\">\n"
  }

  private mutating func repeated(until end: Int, _ piece: (Int) -> String) {
    var index = 0
    while out.utf8.count < end {
      out += piece(index)
      index += 1
    }
  }

  private var title: String { String(Filler.sentence(number, words: 8).dropLast()) }

  private mutating func masthead(cards: Int) {
    out += "<header class=\"site-header\"><nav class=\"main-navigation\"><ul class=\"menu\">\n"
    for item in 0..<cards * 2 {
      out += "<li id=\"menu-item-\(item)\" class=\"menu-item menu-item-type-taxonomy\">"
      out += "<a href=\"https://bench.example/section/\(item)\">Section \(item)</a></li>\n"
    }
    out += "</ul></nav></header>\n"
  }

  private mutating func story(_ size: Int) {
    out += "<main class=\"site-main\"><article class=\"post type-post hentry\">\n"
    out += "<h1 class=\"entry-title\">\(title)</h1><p class=\"byline\">By Night desk</p>\n"
    out += "<div class=\"entry-content\">\n"
    let end = out.utf8.count + size
    var part = 0
    while out.utf8.count < end {
      part += 1
      let text = Filler.sentence(number &+ part, words: 30)
      out += "<p class=\"has-text\">\(text) <a href=\"https://bench.example/tag/\(part)\">"
      out +=
        "\(Filler.sentence(part, words: 3))</a> \(Filler.sentence(number &* part, words: 25))</p>\n"
      if part % 7 == 0 { out += "<h2 class=\"wp-block-heading\">Part \(part)</h2>\n" }
      if part % 9 == 0 { figure(part) }
    }
    out += "</div></article>\n"
    comments()
    out += "</main>\n"
  }

  private mutating func figure(_ part: Int) {
    out += """
      <figure class="wp-block-image size-large"><img class="lazy" width="1024" height="683" \
      src="https://bench.example/photo-\(part)-1024.jpg" alt="The quay" \
      srcset="https://bench.example/photo-\(part)-640.jpg 640w, \
      https://bench.example/photo-\(part)-1024.jpg 1024w"><figcaption>The quay at high water. \
      Photo: Picture desk</figcaption></figure>

      """
  }

  private mutating func comments() {
    out += "<div id=\"comments\" class=\"comments-area\"><ol class=\"comment-list\">\n"
    for comment in 0..<12 {
      out += """
        <li id="comment-\(comment)" class="comment depth-1"><article class="comment-body">\
        <footer class="comment-meta"><b class="fn">reader \(comment)</b> <time \
        datetime="2024-05-16T10:\(10 + comment):00+00:00">16 May</time></footer>\
        <div class="comment-content"><p>\(Filler.sentence(comment, words: 20))</p></div></article></li>

        """
    }
    out += "</ol></div>\n"
  }

  /// A row of teaser cards, of which pages have dozens.
  private mutating func furniture() {
    out += "<aside class=\"related-posts\"><h3 class=\"widget-title\">More</h3>\n"
    for card in 0..<8 {
      let address = "https://bench.example/news/\(number &+ card)"
      out += """
        <div class="card card--teaser"><a class="card__link" href="\(address)"><picture \
        class="card__media"><source srcset="\(address)-320.webp 320w" type="image/webp"><img \
        class="card__image" loading="lazy" src="\(address)-320.jpg" alt=""></picture><span \
        class="card__title">\(Filler.sentence(card, words: 6))</span></a><div \
        class="card__meta"><span class="card__section">Section</span></div></div>

        """
    }
    out += "</aside>\n"
  }
}
