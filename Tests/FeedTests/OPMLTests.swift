import Parsing
import TestSupport
import Testing

/// Lists of feeds: reading, writing, and that nothing is lost between the two.
@Suite struct OPMLTests {
  private let list = """
    <?xml version="1.0" encoding="UTF-8"?>
    <opml version="1.1" xmlns:x="https://x.example/ns">
      <head><title>Mine &amp; ours</title><ownerName>Ann</ownerName><x:keep a="1">yes</x:keep></head>
      <body>
        <outline text="Harbour" x:colour="blue">
          <outline text="Quay" type="rss" xmlUrl="http://quay.example/feed?a=1&amp;b=2" htmlUrl="http://quay.example/" x:order="3"/>
          <outline text="Deeper"><outline title="Only a title" xmlurl="http://two.example/"/></outline>
        </outline>
        <outline text="Loose" type="rss" xmlUrl="http://loose.example/" description="two&#10;lines"><x:note>n</x:note></outline>
        <outline text="Empty folder"/>
        <outline text="Other list" type="include" url="http://evil.example/list.opml"/>
      </body>
    </opml>
    """

  @Test("Feeds are found with their folders")
  func feeds() throws {
    let opml = try #require(OPML(Array(list.utf8)))
    #expect(opml.title == "Mine & ours")
    let found = opml.feeds
    #expect(
      found.map(\.feed.address) == [
        "http://quay.example/feed?a=1&b=2", "http://two.example/", "http://loose.example/",
      ])
    #expect(found.map(\.folders) == [["Harbour"], ["Harbour", "Deeper"], []])
    #expect(found.map(\.feed.title) == ["Quay", "Only a title", "Loose"])
    #expect(found[0].feed.home == "http://quay.example/")
  }

  @Test("What is read, written and read again is the same")
  func lossless() throws {
    let opml = try #require(OPML(Array(list.utf8)))
    #expect(OPML(opml.written) == opml)
    #expect(opml.body.outlines[0]["x:colour"] == "blue")
    #expect(opml.body.outlines[1]["description"] == "two\nlines")
    #expect(opml.body.outlines[1].others.map(\.name) == ["x:note"])
    #expect(opml.head.children.map(\.name) == ["title", "ownerName", "x:keep"])
  }

  @Test(
    "What XML forbids is left out, and the rest is the same after being written",
    arguments: [
      // A name with controls, which would be another one without them.
      ("<opml version\u{1}\u{4}='2'>", "<opml version=\"2\">"),
      ("<opml version='1' version='2' a='3' a='4'>", "<opml version=\"1\" a=\"3\">"),
      ("<opml x\"y='1' 2='3' -='4' é.='5'>", "<opml é.=\"5\">"),
      ("<opml a='&#xFFFE;b&#xFFFF;&#xFFFD;'>", "<opml a=\"b\u{FFFD}\">"),
      ("<opml><head b='1'/><body c='2'><outline/></body>", "<head b=\"1\">|</head>|<body c=\"2\">"),
      ("<opml><body><note>n</note></body>", "<body>|<note>n</note>"),
      ("<opml><body><no\"te>n</no\"te><outline text='t'/></body>", "<body>|<outline text=\"t\"/>"),
      (
        "<opml><body><outline text='a'/></body><body><outline text='b'/></body>",
        "<outline text=\"a\"/>|<outline text=\"b\"/>"
      ),
      ("<opml><head/><outline text='t'/></opml>", "<body>|<outline text=\"t\"/>"),
    ])
  func allowed(text: String, wanted: String) throws {
    let opml = try #require(OPML(Array(text.utf8)))
    let written = String(decoding: opml.written, as: UTF8.self)
    let lines = written.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "|")
    #expect(lines.contains(wanted), "\(written)")
    #expect(OPML(opml.written) == opml)
  }

  @Test("Lists of any depth survive being written", arguments: [1, 119, 120, 127, 128, 500])
  func depth(count: Int) throws {
    for start in ["<opml>", "<opml><body>"] {
      let nested = String(repeating: "<outline text='x'>", count: count)
      let opml = try #require(OPML(Array((start + nested + "<note><b>n</b></note>").utf8)))
      #expect(OPML(opml.written) == opml)
    }
  }

  @Test("A list made here is written in the usual form")
  func written() {
    let feed = Outline(
      feed: "http://a.example/?x=1&y=\"2\"", title: "A <b>", home: "http://a.example/")
    let opml = OPML(
      head: [OPMLElement("title", "T & U")], outlines: [Outline(folder: "F", [feed])])
    let text = String(decoding: opml.written, as: UTF8.self)
    #expect(text.contains("<title>T &amp; U</title>"))
    #expect(text.contains("    <outline text=\"F\" title=\"F\">\n"))
    #expect(text.contains("xmlUrl=\"http://a.example/?x=1&amp;y=&quot;2&quot;\""))
    #expect(OPML(opml.written) == opml)
  }

  @Test("Random lists survive being written")
  func random() {
    var dice = Dice(state: 7)
    for _ in 0..<200 {
      let opml = OPML(
        head: [OPMLElement("title", Self.text(&dice))],
        outlines: (0..<dice.below(4)).map { _ in Self.outline(&dice, depth: 0) })
      #expect(OPML(opml.written) == opml)
    }
  }

  private static func text(_ dice: inout Dice) -> String {
    let signs = ["a", "é", "&", "<", ">", "\"", "'", "\n", "\t", "]]>", "&amp;", "字", "x y"]
    return "t" + (0..<dice.below(6)).map { _ in signs[dice.below(signs.count)] }.joined() + "t"
  }

  private static func outline(_ dice: inout Dice, depth: Int) -> Outline {
    let inner = depth < 4 ? (0..<dice.below(3)).map { _ in outline(&dice, depth: depth + 1) } : []
    let names = ["text", "xmlUrl", "z:own", "Created"]
    return Outline(
      attributes: names.prefix(dice.below(5)).map { OPMLAttribute($0, text(&dice)) },
      outlines: inner)
  }

  @Test("What is no list gives none, and a bomb ends")
  func hostile() {
    #expect(OPML(Array("<rss version='2.0'><channel/></rss>".utf8)) == nil)
    #expect(OPML([]) == nil)
    let deep = "<opml><body>" + String(repeating: "<outline text='x'>", count: 100_000)
    #expect((OPML(Array(deep.utf8))?.body.outlines.count ?? 0) == 1)
  }
}
