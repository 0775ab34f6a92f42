import Parsing
import Stories
import Writing

/// A feed as `courant parse` prints it.
struct FeedOutput {
  var id: String
  var parsed: ParsedFeed

  private var feed: Feed { parsed.feed }

  // MARK: - JSON

  /// One object in one line: the feed, and its entries in order.
  var json: [UInt8] {
    var out = JSONWriter()
    out.object { out in
      out.field("kind", "feed")
      out.field("id", id)
      out.field("format", feed.format.words)
      out.field("title", feed.title?.line())
      out.field("subtitle", feed.subtitle?.line())
      out.field("home", feed.home)
      out.field("address", feed.address)
      out.field("language", feed.language)
      out.field("updated", feed.updated?.iso8601)
      out.field("authors", feed.authors.compactMap(\.words))
      out.field("hub", feed.hub)
      out.field("ttl", feed.ttl)
      out.key("entries")
      out.array(feed.entries) { $0.entry($1, feed) }
      out.field("total", parsed.total)
      out.field("cut", parsed.isCut)
      out.field("encoding", parsed.encoding)
      out.field("notes", parsed.notes)
    }
    out.endLine()
    return out.bytes
  }

  // MARK: - Text

  /// The feed's name and what it is, then its stories in the given form.
  func text(as format: StoryFormat) -> [UInt8] {
    let count = parsed.total == 1 ? "1 entry" : "\(parsed.total) entries"
    let title = feed.title?.line() ?? feed.home.map { WebAddress.shown($0) } ?? id
    let facts = [feed.format.words, feed.home.map { WebAddress.shown($0) }, count]
    let head = [(format == .markdown ? "# " : "") + title]
    let lines = head + [facts.compactMap { $0 }.joined(separator: " · ")] + parsed.notes
    var bytes = SafeScalars.clean(lines.joined(separator: "\n") + "\n", for: .file)
    for entry in feed.entries {
      bytes.append(0x0A)
      bytes += entry.story(in: feed).written(as: format)
    }
    return bytes
  }
}

extension JSONWriter {
  fileprivate mutating func entry(_ entry: FeedEntry, _ feed: Feed) {
    let story = entry.story(in: feed)
    object { out in
      out.field("id", entry.id)
      out.field("title", story.title)
      out.field("link", entry.link)
      out.field("published", entry.published?.iso8601)
      out.field("updated", entry.updated?.iso8601)
      out.field("authors", story.byline)
      out.field("language", story.language)
      out.field("tags", story.tags)
      out.field("summary", entry.summary?.line())
      out.field("text", story.runningText)
      // The story is complete elsewhere: this is a teaser.
      out.field("cut", story.isCut)
      out.key("captions")
      out.array(story.figures) { $0.caption($1) }
      out.key("enclosures")
      out.array(entry.enclosures) { $0.enclosure($1) }
      out.key("comments")
      out.object {
        $0.field("url", entry.discussion.page)
        $0.field("feed", entry.discussion.feed)
        $0.field("count", entry.discussion.count)
        $0.field("reply_to", entry.discussion.replyTo)
      }
      out.field("source", entry.source?.title?.line())
    }
  }

  private mutating func caption(_ figure: Figure) {
    object {
      $0.field("text", figure.caption.text)
      $0.field("credit", figure.credit)
      $0.field("alt", figure.alt)
      $0.field("image", figure.image)
    }
  }

  private mutating func enclosure(_ enclosure: FeedEnclosure) {
    object {
      $0.field("url", enclosure.address)
      $0.field("type", enclosure.type)
      $0.field("length", enclosure.length)
      $0.field("title", enclosure.title)
      $0.field("duration", enclosure.duration)
    }
  }
}
