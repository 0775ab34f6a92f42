import Stories
import TestSupport
import Testing
import Writing

@Suite struct StoryWritingTests {
  @Test("A story in every format", arguments: StoryFormat.allCases)
  func formats(format: StoryFormat) {
    let text = String(decoding: sampleStory.written(as: format), as: UTF8.self)
    let endings: [StoryFormat: String] = [
      .json: "json", .html: "html", .markdown: "md", .text: "txt",
    ]
    expectGolden(text, named: "sample.\(endings[format] ?? "txt")")
  }

  @Test("Comments can be left out", arguments: StoryFormat.allCases)
  func withoutComments(format: StoryFormat) {
    let bytes = sampleStory.written(as: format, withComments: false)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("reader one"))
  }

  @Test("No format lets through what a terminal obeys", arguments: StoryFormat.allCases)
  func controls(format: StoryFormat) {
    let bad = "a\u{1B}[2Jb\u{9B}31mc\u{202E}d\u{7F}e\u{0}f\u{2066}g"
    let story = Story(
      title: bad, byline: [bad], address: "https://a.invalid/\(bad)",
      blocks: [.paragraph([Phrase(bad)]), .code(bad, language: bad)],
      thread: Thread([PostedComment(author: bad, blocks: [.paragraph([Phrase(bad)])])]))
    let text = String(decoding: story.written(as: format), as: UTF8.self)
    for scalar in text.unicodeScalars {
      let value = scalar.value
      #expect(value == 10 || value >= 32 && !(127...159).contains(value), "U+\(value)")
      #expect(!(0x2028...0x202E).contains(value) && !(0x2066...0x2069).contains(value))
    }
  }

  @Test("An unsafe link is only its text")
  func links() {
    for format in [StoryFormat.html, .markdown] {
      let text = String(decoding: sampleStory.written(as: format), as: UTF8.self)
      #expect(text.contains("none"))
      #expect(!text.contains("javascript"))
    }
  }

  @Test("The running text is the standfirst and a line for each block, without callouts")
  func runningText() throws {
    let text = sampleStory.runningText
    let standfirst = try #require(sampleStory.standfirst)
    #expect(text.hasPrefix(standfirst + "\nPlain, strong and a link or none. 1986."))
    #expect(!text.contains("pier"))
    #expect(!text.contains("Set large"))
    let post = Embed(kind: .post, provider: "Tube", address: nil, text: [Phrase("A talk")])
    #expect(Story(title: "", blocks: [.embed(post)]).runningText.isEmpty)
    #expect(sampleStory.headings == ["# Not a mark"])
  }
}
