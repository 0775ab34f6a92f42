package import Stories

/// A page before parsing: its bytes, and what its source states about them.
package struct Page: Sendable {
  /// The syntax of the bytes.
  package enum Format: String, Sendable, Hashable { case html, text }

  /// As they were received, in any encoding; a page of more than 64 MB is refused.
  package var bytes: [UInt8]
  /// The URL of the page, against which relative links are resolved.
  package var address: String?
  /// The charset that the server or the caller states; it has priority over the page's own.
  package var charset: String?
  /// The file name; its extension is a hint whether the page is HTML or text.
  package var name: String?
  /// `nil` to detect it by the name and the bytes.
  package var format: Format?

  package init(
    bytes: [UInt8], address: String? = nil, charset: String? = nil, name: String? = nil,
    format: Format? = nil
  ) {
    self.bytes = bytes
    self.address = address
    self.charset = charset
    self.name = name
    self.format = format
  }
}

/// The result of parsing a page: the story, and a report on what was left out.
package struct ParsedPage: Sendable {
  /// The story; it has blocks or comments.
  package var story: Story
  /// What was left out, and how sure the parser is.
  package var report: Report

  package init(story: Story, report: Report) {
    self.story = story
    self.report = report
  }
}

/// How a story was extracted: what was dropped, the confidence, and what was truncated.
package struct Report: Sendable, Hashable {
  /// The parts that were left out, in the order of the page.
  package var dropped: [Dropped]
  /// 0 (a guess) … 1 (the page marks its story clearly).
  package var confidence: Double
  /// The encoding the bytes were decoded from: "UTF-8".
  package var encoding: String
  /// The syntax that the page was parsed as.
  package var format: Page.Format
  /// Sentences for the user, such as the one about too deep nesting.
  package var notes: [String]

  package init(
    dropped: [Dropped] = [], confidence: Double = 0, encoding: String = "UTF-8",
    format: Page.Format = .html, notes: [String] = []
  ) {
    self.dropped = dropped
    self.confidence = confidence
    self.encoding = encoding
    self.format = format
    self.notes = notes
  }
}

/// A piece of furniture that was left out of the story.
package struct Dropped: Sendable, Hashable {
  /// The reason why it was left out.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case ad, share, menu, related, popup, newsletter, cookie, paywall, author, comments, breadcrumb
    case byline, date, title, hidden, form, footer, tags, other
  }

  /// The reason why it was left out.
  package var kind: Kind
  /// The first 60 characters.
  package var text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

/// Why a page gave no story.
package enum PageError: Error, Sendable, Equatable {
  /// The page is empty or white space only.
  case empty
  /// The bytes are no page; their format in words: "a PNG image".
  case binary(String)
  /// The page has more bytes than `limit`.
  case tooLarge(limit: Int)
  /// The page has no running text; the reason as a sentence.
  case noStory(String)
  /// The bytes are a feed and no page; its format in words: "RSS 2.0".
  case feed(String)
  /// The bytes are a list of feeds (OPML) and no page.
  case feedList
  /// libxml2 could not be loaded; the message of the dynamic linker.
  case noLibrary(String)
}

/// The version of the parser, stored with each story; incremented whenever stories improve, so that
/// `courant reparse` parses stored pages again.
package let parserVersion = 3
