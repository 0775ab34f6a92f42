/// Class-name heuristic: what the words of an element's class and ID suggest about its content.
///
/// Names are tokenised at punctuation and at capitals ("relatedPosts" gives "related" and "posts") and
/// looked up in lower case. Only whole words match, so that "header" is not "ad". The word lists hold
/// words that occur on many unrelated sites.
struct Evidence: OptionSet, Sendable {
  let rawValue: UInt32

  static let ad = Evidence(rawValue: 1 << 0)
  static let share = Evidence(rawValue: 1 << 1)
  static let menu = Evidence(rawValue: 1 << 2)
  static let related = Evidence(rawValue: 1 << 3)
  static let popup = Evidence(rawValue: 1 << 4)
  static let newsletter = Evidence(rawValue: 1 << 5)
  static let cookie = Evidence(rawValue: 1 << 6)
  static let paywall = Evidence(rawValue: 1 << 7)
  static let author = Evidence(rawValue: 1 << 8)
  static let comments = Evidence(rawValue: 1 << 9)
  static let breadcrumb = Evidence(rawValue: 1 << 10)
  static let date = Evidence(rawValue: 1 << 11)
  static let footer = Evidence(rawValue: 1 << 12)
  static let tags = Evidence(rawValue: 1 << 13)
  static let sidebar = Evidence(rawValue: 1 << 14)
  static let hidden = Evidence(rawValue: 1 << 15)
  static let article = Evidence(rawValue: 1 << 16)
  static let body = Evidence(rawValue: 1 << 17)
  static let caption = Evidence(rawValue: 1 << 18)
  static let title = Evidence(rawValue: 1 << 19)
  static let standfirst = Evidence(rawValue: 1 << 20)
  static let bio = Evidence(rawValue: 1 << 21)
  static let quote = Evidence(rawValue: 1 << 22)
  static let meta = Evidence(rawValue: 1 << 23)
  static let credit = Evidence(rawValue: 1 << 24)
  static let gallery = Evidence(rawValue: 1 << 25)
  static let embed = Evidence(rawValue: 1 << 26)
  static let byline = Evidence(rawValue: 1 << 27)
  static let note = Evidence(rawValue: 1 << 28)
  static let disclaimer = Evidence(rawValue: 1 << 29)
  /// A word of the class names for screen-reader-only text; `isScreenReaderOnly` checks the whole name.
  static let screenReader = Evidence(rawValue: 1 << 30)

  /// The hints that each suffice to make an element furniture, unless it holds much of the page's text.
  static let furniture: Evidence = [
    .ad, .share, .menu, .related, .popup, .newsletter, .cookie, .comments, .breadcrumb, .footer,
    .tags, .sidebar, .disclaimer,
  ]

  private static let words: [(Evidence, String)] = [
    (
      .ad,
      "ad ads adv advert adverts advertisement advertisements advertising advertise adsense adslot "
        + "adunit adbox adcontainer adwrapper adblock adsbygoogle dfp gpt sponsor sponsored sponsors "
        + "werbung anzeige anzeigen publicidad publicite reklama iklan taboola outbrain zergnet "
        + "adspot leaderboard affiliate commercial billboard cta banner banners"
    ),
    (
      .share,
      "share sharing sharebar sharethis sharebox sharelinks shareaholic addthis addtoany social "
        + "socials sharedaddy sharebuttons sns teilen partager followus follow sociallinks "
        + "socialshare sharetools whatsapp"
    ),
    (
      .menu,
      "nav navbar navigation menu menubar topbar masthead pagination pager paging skiplink toolbar "
        + "tabbar subnav navi prevnext pagenavi megamenu dropdown postnav"
    ),
    (
      .related,
      "related relatedposts relatedarticles relateds recommended recommendation recommendations "
        + "recommend recirc recirculation popular trending mostread mostpopular teaser teasers promo "
        + "promos readmore moreon upnext suggested suggestions yarpp similar onward onwards seealso "
        + "readalso readnext nextup crosslinks linkbox morestories latestnews recent relacionadas "
        + "relacionados verwandt weiterlesen rec recs cards"
    ),
    (
      .popup,
      "popup popups modal overlay interstitial toast snackbar tooltip flyout popover login signin fallback"
    ),
    (
      .newsletter,
      "newsletter newsletters subscribe subscription signup optin mailchimp mc4wp mailing"
    ),
    (.cookie, "cookie cookies consent gdpr onetrust cookiebar"),
    (
      .paywall,
      "paywall regwall metered piano subscriber wall premium restricted register registration"
    ),
    (.author, "author authors autor autoren auteur writer contributor"),
    (.byline, "byline bylines authorname authornames autorenzeile autorzeile"),
    (
      .comments,
      "comment comments disqus respond commentlist livefyre spotim viafoura kommentare kommentar reactions "
        + "commentaires comentarios discussion fbcomments"
    ),
    (.breadcrumb, "breadcrumb breadcrumbs crumb crumbs"),
    (.date, "date dates timestamp published pubdate datetime dateline datum updated"),
    (.footer, "footer colophon foot"),
    (.tags, "tags taglist keywords topics labels tagcloud tagged"),
    (.sidebar, "sidebar rail sidecolumn rightrail sidebars"),
    (.hidden, "hidden"),
    (.screenReader, "visually visuallyhidden offscreen off sr screenreader reader assistive"),
    (
      .article,
      "article articles post entry story artikel hentry news blogpost single blog"
    ),
    (
      .body,
      "content body text articlebody storybody articletext maincontent main richtext prose "
        + "articlecontent postcontent entrycontent bodytext storytext copy paragraphs"
    ),
    (
      .caption,
      "caption captions figcaption legend bildunterschrift bu infotext bildtext imagecaption "
        + "imgcaption photocaption newscaption captiontext"
    ),
    (.title, "title headline heading headlines"),
    (
      .standfirst,
      "standfirst dek subtitle subheadline lead lede intro summary excerpt abstract subhead chapo "
        + "teasertext vorspann deck leadtext sapo introduction subheading leadin description strapline "
        + "ingress preamble kicker snippet hook"
    ),
    (.bio, "bio biography box about profile card"),
    (.quote, "pullquote pull quote quotes blockquote zitat"),
    (.meta, "meta info byline details metadata infos posted"),
    (
      .credit,
      "credit credits copyright copyrights source photographer photocredit imagecredit attribution"
    ),
    (.gallery, "gallery slideshow carousel slider swiper galerie slides"),
    (.embed, "embed tweet twitter instagram youtube facebook video player iframe tiktok"),
    (.disclaimer, "disclaimer disclaimers"),
    (.note, "correction note footnote footnotes editorsnote disclosure"),
  ]

  private static let table = NameTable(
    words.flatMap { evidence, words in
      words.split(separator: " ").map {
        (String($0), UInt8(evidence.rawValue.trailingZeroBitCount))
      }
    })

  /// No word of the table has more letters.
  private static let longestWord = 24

  /// The hints in the first 512 bytes of a `class` or `id` attribute.
  static func read(_ value: Span<UInt8>) -> Evidence {
    var found: Evidence = []
    var word = InlineArray<24, UInt8>(repeating: 0)
    var length = 0
    func finish() {
      if length >= 2, let bit = table.find(word.span.extracting(0..<length)) {
        found.insert(Evidence(rawValue: 1 << UInt32(bit)))
      }
      length = 0
    }
    var wasLower = false
    for index in 0..<min(value.count, 512) {
      let byte = value[index]
      if !byte.isLetter {
        // Treat "sign-in" and "sign-up" as one word each.
        if length == 4, word[0] == 0x73, word[1] == 0x69, word[2] == 0x67, word[3] == 0x6E {
          continue
        }
        finish()
        wasLower = false
        continue
      }
      if byte.isUpper, wasLower { finish() }
      wasLower = !byte.isUpper
      if length < longestWord { word[length] = byte.lowercased }
      length = min(length + 1, longestWord)
    }
    finish()
    return found
  }
}
