package import Stories

/// A page as it came: bytes, and what is known of them from outside.
package struct Page: Sendable {
  /// How the bytes are to be read.
  package enum Format: String, Sendable, Hashable { case html, text }

  package var bytes: [UInt8]
  /// Where the page came from; relative links are resolved against it.
  package var address: String?
  /// The encoding that the server or the caller names; it beats what the page says of itself.
  package var charset: String?
  /// The file's name, whose ending helps to tell HTML from text.
  package var name: String?
  /// `nil` to find out from the name and the bytes.
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

/// What parsing a page gave: the story, and what was left out of it and why.
package struct ParsedPage: Sendable {
  package var story: Story
  package var report: Report

  package init(story: Story, report: Report) {
    self.story = story
    self.report = report
  }
}

/// How a story was found: what was dropped, how sure the parser is, what it had to cut.
package struct Report: Sendable, Hashable {
  package var dropped: [Dropped]
  /// 0 (a guess) … 1 (the page marks its story clearly).
  package var confidence: Double
  /// The name of the encoding the bytes were read in: "UTF-8".
  package var encoding: String
  package var format: Page.Format
  /// Sentences for people, such as the one that tells of too deep nesting.
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
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case ad, share, menu, related, popup, newsletter, cookie, paywall, author, comments, breadcrumb
    case byline, date, title, hidden, form, footer, tags, other
  }

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
  /// Nothing, or nothing but white space.
  case empty
  /// No page at all; what it looks like in words: "a PNG image".
  case binary(String)
  /// More bytes than the parser takes.
  case tooLarge(limit: Int)
  /// A page without a story; why, in words.
  case noStory(String)
  /// libxml2 could not be loaded; why, in the words of the dynamic linker.
  case noLibrary(String)
}

/// Grows whenever the parser gives better stories, so that kept pages are parsed again.
package let parserVersion = 3
