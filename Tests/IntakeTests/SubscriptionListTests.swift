import Files
import Parsing
import Storage
import Stories
import TestSupport
import Testing

@testable import Intake

/// Lists of feeds that are imported, and written again.
@Suite struct SubscriptionListTests {
  let folder = TemporaryFolder()
  let library: Library
  var list: SubscriptionList { SubscriptionList(library) }

  init() throws { library = try Library(path: Path(folder["library.sqlite"])) }

  private func opml(_ outlines: String) throws -> OPML {
    let text =
      "<opml version=\"2.0\"><head><title>Mine</title></head><body>\(outlines)</body></opml>"
    return try #require(OPML(Array(text.utf8)))
  }

  static let lists = [
    "",
    "<outline text=\"A\" xmlUrl=\"https://a.example/rss\"/>",
    """
    <outline text="A" title="A, long" type="rss" xmlUrl="https://a.example/rss"
      htmlUrl="https://a.example/" category="/News/Local,sea" language="de" custom="&lt;&quot;&#10;x"/>
    <outline text="Folder" isOpen="true" title="Folder">
      <outline text="B &amp; C" TYPE="atom" XMLURL="https://b.example/feed?x=1&amp;y=2"/>
      <outline text="Inner"><outline text="港" xmlUrl="https://c.example/rss"/></outline>
      <outline text="Again A" xmlUrl="https://a.example/rss" tag="2"/>
    </outline>
    <outline text="D" type="rss" url="https://d.example/rss"/>
    <outline title="Only a title" xmlUrl="https://e.example/rss"/>
    <outline xmlUrl="https://f.example/rss"/>
    <outline text="Empty"/>
    <outline text="A note" type="link" url="https://g.example/"/>
    """,
    "<outline text=\"One\"><outline text=\"Two\"><outline text=\"Three\">"
      + "<outline text=\"A\" xmlUrl=\"https://a.example/rss\"/></outline></outline></outline>",
  ]

  @Test("a list that is imported and exported is the same", arguments: lists)
  func roundTrip(_ text: String) throws {
    let written = try opml(text)
    let report = try list.add(written)
    let exported = try list.list(title: "Mine")
    #expect(exported.body.outlines == written.body.outlines)
    #expect(OPML(exported.written)?.body.outlines == written.body.outlines)
    let addresses = Set(written.feeds.compactMap(\.feed.address))
    #expect(Set(report.new).count == addresses.count && report.known == [])
    // A second time it changes nothing.
    let again = try list.add(exported)
    #expect(again.new == [] && again.known.count == addresses.count && again.folders == 0)
    #expect(try list.list(title: "Mine") == exported)
    #expect(try library.care.check() == [])
  }

  @Test("a list that is added to others joins their folders and leaves their names")
  func joining() throws {
    _ = try list.add(
      opml("<outline text=\"News\"><outline text=\"A\" xmlUrl=\"https://a.example/\"/></outline>"))
    let report = try list.add(
      opml(
        """
        <outline text="News"><outline text="B" xmlUrl="https://b.example/"/></outline>
        <outline text="Other"><outline text="Another name" xmlUrl="https://a.example/"/></outline>
        """))
    #expect(report.new.count == 1 && report.known.count == 1 && report.folders == 1)
    let exported = try list.list()
    #expect(exported.feeds.map(\.folders) == [["News"], ["News"], ["Other"]])
    #expect(try library.subscriptions.all().map(\.counts.name) == ["A", "B"])
  }

  @Test(
    "names and addresses that are others by now are written as they are, and the rest as it was")
  func changed() throws {
    _ = try list.add(
      opml(
        "<outline text=\"Old\" title=\"Old\"><outline text=\"A\" title=\"A\" x=\"1\" "
          + "xmlUrl=\"https://a.example/rss\" htmlUrl=\"https://a.example/\"/></outline>"))
    let id = try #require(try library.subscriptions.all().first?.id)
    try library.subscriptions.rename(id, "New name")
    try library.subscriptions.move(id, to: "https://new.example/rss")
    try library.folders.rename(try #require(try library.folders.folder(named: "Old")), "New")
    let outline = try #require(try list.list().body.outlines.first)
    #expect(outline.attributes == [OPMLAttribute("text", "New"), OPMLAttribute("title", "New")])
    #expect(
      outline.outlines.first?.attributes == [
        OPMLAttribute("text", "New name"), OPMLAttribute("title", "New name"),
        OPMLAttribute("x", "1"), OPMLAttribute("xmlUrl", "https://new.example/rss"),
        OPMLAttribute("htmlUrl", "https://a.example/"),
      ])
    let other = try library.subscriptions.subscribe(
      NewSubscription("https://b.example/rss", feed: FeedFacts(title: "B"))
    ).id
    #expect(
      try list.list().body.outlines.last == Outline(feed: "https://b.example/rss", title: "B"))
    try library.subscriptions.unsubscribe(other)
    #expect(try list.list().body.outlines.count == 1)
  }

  @Test("lists as deep as they are read are imported")
  func deep() throws {
    let depth = OPML.depthLimit + 20
    let text =
      String(repeating: "<outline text=\"f\">", count: depth)
      + "<outline xmlUrl=\"https://a.example/\"/>" + String(repeating: "</outline>", count: depth)
    let written = try opml(text)
    _ = try list.add(written)
    #expect(try list.list().body.outlines == written.body.outlines)
  }

  // MARK: - Entries

  @Test("the entries of a feed are stored, and unchanged ones are not even prepared again")
  func entries() throws {
    func feed(_ count: Int, _ text: String = "Words of the harbour") throws -> Feed {
      let items = (0..<count).map {
        """
        <item><title>Item \($0)</title><link>https://a.example/\($0)</link><guid>\($0)</guid>
        <description>\(text) \($0)</description><comments>https://a.example/c/\($0)</comments>
        <enclosure url="https://a.example/\($0).ogg" type="audio/ogg" length="7"/></item>
        """
      }
      let bytes = Array(
        "<rss version=\"2.0\"><channel><title>Feed</title>\(items.joined())</channel></rss>".utf8)
      return try parseFeed(Page(bytes: bytes)).feed
    }
    let id = try library.subscriptions.subscribe(NewSubscription("https://a.example/rss")).id
    let first = try library.entries.store(feed(3).prepared(), of: id)
    #expect(first.new.count == 3)
    #expect(try library.entries.enclosures(of: first.new[0]).map(\.length) == [7])
    #expect(
      try library.entries.commentLinks(of: first.new[0]).map(\.page) == ["https://a.example/c/2"])
    let listed = try library.entries.listed(of: id)
    let next = try library.entries.store(feed(5).prepared(listed: listed), of: id)
    #expect(next.new.count == 2 && next.same == 3)
    let changed = try feed(5, "Other words").prepared(listed: listed)
    #expect(try library.entries.store(changed, of: id).updated.count == 5)
  }
}
