import Parsing
import Stories
import TestSupport
import Testing

/// Where small feeds are that other readers fail on, if they are.
private let folder = packageFolder() + "/../shared/cases/feeds/"
private let hasCases = readFile(folder + "cyrillic.xml") != nil

/// Feeds on which other readers fail, with the right answer, where they are beside the package.
@Suite(.enabled(if: hasCases)) struct CaseTests {
  private func feed(_ name: String, charset: String? = nil, at address: String? = nil) throws
    -> Feed
  {
    let bytes = try #require(readFile(folder + name + ".xml"))
    return try parseFeed(Page(bytes: bytes, address: address, charset: charset)).feed
  }

  private func stories(_ feed: Feed) -> [Story] { feed.entries.map { $0.story(in: feed) } }

  @Test("A declared charset of no known name", arguments: [nil, "utf-8", "windows-1251"])
  func charset(_ header: String?) throws {
    let story = try #require(stories(try feed("cyrillic", charset: header)).first)
    #expect(story.title == "Ночной паром снова ходит")
  }

  @Test("Unknown entities and controls lose no story")
  func entities() throws {
    let feed = try feed("entity-soup")
    #expect(
      stories(feed).map(\.title) == [
        "Tide tables — a guide for late risers", "Control characters in a line",
        "Nothing wrong here",
      ])
    #expect(feed.entries[0].link == "http://quay.example/tides?a=1&b=2")
    #expect(stories(feed)[0].byline == ["Ann Reed & Jo Marsh"])
    #expect(feed.entries[2].link != nil)
  }

  @Test("Dates ahead and missing dates are told as they are")
  func dates() throws {
    let entries = try feed("future-date").entries
    #expect(entries.count == 5)
    #expect(entries[0].published?.iso8601 == "2099-12-31T12:00:00Z")
    #expect(entries[3].published == nil && entries[4].published == nil)
  }

  @Test("Bases within bases")
  func bases() throws {
    let feed = try feed("nested-base", at: "http://feeds.quay.example/x/log.atom")
    #expect(feed.home == "http://quay.example/")
    #expect(
      feed.entries.map(\.link) == [
        "http://quay.example/log/2026/03/Buoys", "http://other.example/ropes",
      ])
    #expect(feed.entries[0].enclosures.map(\.address) == ["http://quay.example/sound/buoys.ogg"])
    let first = stories(feed)[0]
    #expect(first.figures.first?.image == "http://quay.example/log/2026/03/Buoys/one.jpg")
    guard case .paragraph(let phrases) = first.blocks.first else {
      Issue.record("The text is missing.")
      return
    }
    #expect(
      phrases.compactMap(\.link) == [
        "http://quay.example/log/2026/03/Buoys/map.png",
        "http://quay.example/log/2026/03/Buoys/?all",
      ])
  }

  @Test("Stories of one title stay apart, and one without is called by its text")
  func titles() throws {
    let titles = stories(try feed("same-title")).map(\.title)
    let text = "Nothing but sun, all day long, and a light breeze."
    #expect(titles == ["Weather", "Weather", "Weather", "Weather", text])
  }

  @Test("A teaser is known as one, and its thread is found")
  func teaser() throws {
    let feed = try feed("teaser-and-talk")
    let entry = try #require(feed.entries.first)
    let story = entry.story(in: feed)
    #expect(story.isCut && story.address == "http://quay.example/slipway")
    #expect(story.thread.count == 14)
    #expect(entry.discussion.feed == "http://quay.example/slipway/feed/")
    #expect(story.figures.map(\.caption.text) == ["The slipway at low tide."])
    #expect(story.figures.map(\.credit) == ["Jo Marsh"])
    guard case .paragraph(let phrases) = story.blocks.last else {
      Issue.record("The text is missing.")
      return
    }
    #expect(phrases.text.hasSuffix("The papers say something else …"))
  }
}
