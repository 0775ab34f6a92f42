import Parsing
import Stories
import TestSupport
import Testing

/// Damage and size: what is kept of feeds that end early, are spoilt, or do not end.
@Suite struct FeedBoundTests {
  private let names = ["rss.xml", "atom.xml", "rdf.xml", "feed.json", "damaged.xml"]

  private func bytes(_ name: String) throws -> [UInt8] {
    try #require(readFile(folderOf(#filePath) + "/Golden/" + name))
  }

  @Test(
    "A prefix of a feed gives a prefix of its entries",
    arguments: ["rss.xml", "atom.xml", "rdf.xml", "feed.json"])
  func prefixes(_ name: String) throws {
    let whole = try bytes(name)
    let feed = try parseFeed(Page(bytes: whole))
    #expect(!feed.isCut)
    // What is written behind the entries of JSON belongs to the feed, not to them.
    for end in stride(from: 40, to: whole.count - 12, by: 7) {
      guard let cut = try? parseFeed(Page(bytes: Array(whole[..<end]))) else { continue }
      #expect(cut.isCut, "\(name) cut at \(end)")
      let ids = feed.feed.entries.prefix(cut.feed.entries.count).map(\.title?.value)
      #expect(cut.feed.entries.map(\.title?.value) == ids, "\(name) cut at \(end)")
    }
  }

  @Test("Random damage never crashes, and gives the same twice")
  func damage() throws {
    var dice = Dice(state: 12)
    for name in names {
      let whole = try bytes(name)
      for _ in 0..<150 {
        var spoilt = whole
        for _ in 0..<dice.below(12) + 1 {
          let place = dice.below(spoilt.count)
          switch dice.below(4) {
          case 0: spoilt[place] = UInt8(dice.below(256))
          case 1: spoilt.remove(at: place)
          case 2: spoilt.insert(contentsOf: "<>&\"'/".utf8.prefix(dice.below(6)), at: place)
          default:
            let end = min(spoilt.count, place + dice.below(60))
            spoilt.insert(contentsOf: Array(spoilt[place..<end]), at: dice.below(spoilt.count))
          }
        }
        guard let one = try? parseFeed(Page(bytes: spoilt)) else { continue }
        let other = try parseFeed(Page(bytes: spoilt))
        #expect(one.dump == other.dump)
        #expect(one.total >= one.feed.entries.count)
      }
    }
  }

  @Test("Of many entries the newest are kept, in their order, and the rest counted")
  func newest() throws {
    let items = (0..<5000).map { number in
      let day = 1 + (number * 7) % 28
      return "<item><guid>\(number)</guid><pubDate>\(day) Mar 2026 10:00 GMT</pubDate></item>"
    }
    let text = "<rss version='2.0'><channel>\(items.joined())</channel></rss>"
    let parsed = try parseFeed(Page(bytes: Array(text.utf8)))
    #expect(parsed.total == 5000)
    #expect(parsed.feed.entries.count == entryLimit)
    #expect(!parsed.isCut)
    let places = parsed.feed.entries.compactMap { $0.id.flatMap { Int($0) } }
    #expect(places == places.sorted())
    let oldest = try #require(parsed.feed.entries.compactMap(\.published).min())
    let dropped = Set(0..<5000).subtracting(places).map { 1 + ($0 * 7) % 28 }
    #expect((dropped.max() ?? 0) <= oldest.calendar.day)
  }

  @Test("Entities are not expanded, whatever a document declares")
  func entities() throws {
    let bomb = (1...30).map { "<!ENTITY e\($0) \"&e\($0 - 1);&e\($0 - 1);\">" }.joined()
    let text =
      "<!DOCTYPE rss [<!ENTITY e0 \"lol\">\(bomb)]><rss version='2.0'><channel>"
      + "<title>&e30;</title><item><title>kept</title></item></channel></rss>"
    let feed = try parseFeed(Page(bytes: Array(text.utf8))).feed
    #expect(feed.title?.value == "&e30;")
    #expect(feed.entries.map { $0.title?.value } == ["kept"])
  }

  @Test(
    "Names and languages are one line",
    arguments: [
      #"{"version":"https://jsonfeed.org/version/1","language":"a\nb","items":"#
        + #"[{"id":"1","authors":[{"name":"a\nb"}],"tags":["a\nb"]}]}"#,
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='a\nb'><author><name>a\nb</name></author>"
        + "<entry><id>1</id><category term='a\nb'/></entry></feed>",
    ])
  func lines(_ text: String) throws {
    let feed = try parseFeed(Page(bytes: Array(text.utf8))).feed
    let story = try #require(feed.entries.first).story(in: feed)
    #expect(story.language == "a b")
    #expect(story.byline == ["a b"])
    #expect(story.tags == ["a b"])
  }

  @Test("Long names, ids and addresses are bounded")
  func lengths() throws {
    let long = String(repeating: "x", count: 20_000)
    let text =
      "<rss version='2.0'><channel><item><title>\(long)</title><guid>\(long)</guid>"
      + "<link>http://a.example/\(long)</link></item></channel></rss>"
    let entry = try #require(try parseFeed(Page(bytes: Array(text.utf8))).feed.entries.first)
    #expect(entry.title?.value.utf8.count == 4096)
    #expect(entry.id?.utf8.count == 2048)
    #expect(entry.link == nil)
  }
}
