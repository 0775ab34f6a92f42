import Stories
import TestSupport
import Testing

@testable import Parsing

@Suite("Plain text pages")
struct PlainTextTests {
  private static let seed = packageFolder() + "/../shared/seed/page.txt"

  @Test(
    "A copied page gives the story it shows",
    arguments: [
      "copied-blog.txt", "ideographs.txt", "mail.txt", "mail-reply.txt", "markdown.md",
      "markdown-blocks.md", "news.txt", "whole-page.txt",
    ])
  func golden(name: String) throws {
    let folder = folderOf(#filePath) + "/Text/"
    let bytes = try #require(readFile(folder + name))
    let page = parsePlainText(bytes)
    let dropped = page.report.dropped.map { "dropped \($0.kind.rawValue) \($0.text)\n" }.joined()
    expectGolden(page.story.dump + dropped, named: name + ".dump", folder: "Text")
  }

  @Test("The seed text gives the expected story", .enabled(if: readFile(seed) != nil))
  func seedPage() throws {
    let page = parsePlainText(try #require(readFile(Self.seed)))
    let story = page.story
    #expect(story.title.hasPrefix("Xi Jinping extends") && story.title.hasSuffix("unity."))
    #expect(story.byline == ["somrat"])
    #expect(story.published == nil)
    let kinds = story.blocks.map { block in
      switch block {
      case .figure: "f"
      case .heading: "h"
      case .paragraph: "p"
      default: "?"
      }
    }
    #expect(kinds.joined() == "fppppppfhppppp")
    let figures = story.figures
    #expect(figures.first?.credit == "Gavriil Grigorov/Pool/Sputnik/Reuters/File")
    #expect(figures.first?.caption.text.hasSuffix("his arrival in Beijing.") == true)
    #expect(figures.last?.credit == "Zhou Chengfeng/VCG/Getty Images")
    #expect(figures.last?.caption.text.hasSuffix("in Beijing on Wednesday.") == true)
    #expect(story.blocks.contains(.heading(level: 2, [Phrase("Discussions in Beijing")])))
    #expect(story.authorCard == AuthorCard(name: "somrat", isPlaceholder: true))
    #expect(story.thread.count == 0 && story.thread.state == .open)
    #expect(story.thread.comments.isEmpty)
    #expect(
      page.report.dropped.map { String($0.text.prefix(12)) } == [
        "Popunder", "ads top", "Share on Goo", "About somrat", "Ut wisi enim", "0 Comments:",
        "Post a Comme",
      ])
  }

  @Test(
    "A byline that names nobody is none",
    arguments: [
      "The ferry comes back\nBy , 9 May 2024\n\n", "From: \"\nSubject: The ferry comes back\n\n",
    ])
  func namelessByline(head: String) {
    let text = head + "The old ferry came back to the harbour on Thursday with forty on board.\n"
    #expect(parsePlainText(Array(text.utf8)).story.byline.isEmpty)
  }

  @Test("No heading is without a word")
  func emptyHeading() {
    let text =
      "# The ferry\n\nThe old ferry came back with forty people on board.\n\n[^]\n\n"
      + "[^1]: It sails again.\n\nThe town was glad of it, and came to the quay to see it.\n"
    let blocks = parsePlainText(Array(text.utf8)).story.blocks
    #expect(blocks.count > 1)
    for block in blocks {
      if case .heading(_, let phrases) = block { #expect(!phrases.text.isEmpty) }
    }
  }

  @Test("Text of every hostile shape is read in linear time", .timeLimit(.minutes(2)))
  func hostile() {
    let shapes = [
      String(repeating: "*", count: 100_000), String(repeating: "[a](", count: 20_000),
      "# a\n- b\n" + String(repeating: "**_`[", count: 10_000),
      String(repeating: "a\n", count: 30_000), String(repeating: "> ", count: 30_000),
      "5 Comments\n" + String(repeating: "reader\nMay 3, 2024\ntext\n", count: 5_000),
      String(repeating: "By ", count: 20_000), String(repeating: "1/1/2020 ", count: 10_000),
      String(repeating: "\u{301}", count: 30_000), "", "\n\n", "---\n---",
    ]
    for shape in shapes {
      let story = parsePlainText(Array(shape.utf8)).story
      #expect(story.title.utf8.count <= shape.utf8.count)
    }
  }
}
