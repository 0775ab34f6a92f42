import App
import Display
import Files
import Parsing
import Settings
import Storage
import Stories
import TestSupport
import Testing

@testable import courant

/// What the README shows is what the program says; `RECORD_GOLDEN` writes it anew.
@MainActor
@Suite struct ReadmeTests {
  @Test("The keys in the README are those of the command table")
  func keys() throws { try expectSection("keys", keysInMarkdown()) }

  @Test("The usage in the README is what --help prints")
  func usage() throws { try expectSection("usage", "```\n\(Help.text(for: nil))```\n") }

  @Test("The settings in the README are those of the table")
  func settings() throws { try expectSection("settings", settingsInMarkdown()) }

  @Test("The README installs what the build needs, and so does the check of every commit")
  func packages() throws {
    let readme = try text("README.md")
    let manifest = try text("Package.swift")
    let check = try text(".ci/run")
    let command = try #require(readme.split(separator: "install --yes").dropFirst().first)
    let installed = words(command.prefix { $0 != "&" })
    let list = try #require(check.split(separator: "packages=(").dropFirst().first)
    let checked = words(list.prefix { $0 != ")" })
    #expect(installed.sorted() == checked.sorted())
    let providers = manifest.split(separator: ".apt([").dropFirst().flatMap { part in
      words(part.prefix { $0 != "]" })
    }
    #expect(providers.count > 6)
    for package in providers { #expect(installed.contains(package), "\(package)") }
    // What SwiftPM runs on a system without a compiler: git, the linker with libstdc++, libcurl, and
    // pkg-config to find the libraries. uchardet is loaded on first use, so that no systemLibrary
    // target names its headers. ncurses-term has the terminal descriptions of the tests.
    let rest = Set(installed).subtracting(providers)
    #expect(
      rest == ["g++", "git", "libcurl4", "libuchardet-dev", "ncurses-term", "pkg-config"])
  }

  private func text(_ name: String) throws -> String {
    let bytes = TestSupport.readFile(packageFolder() + "/" + name)
    return String(decoding: try #require(bytes), as: UTF8.self)
  }

  private func words(_ text: some StringProtocol) -> [String] {
    text.split(whereSeparator: { " \n\\\",".contains($0) }).map { String($0) }
  }

  @Test("The screen in the README is drawn by the program")
  func screen() throws {
    let folder = TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let reader = try readerAtStory(in: folder["library.sqlite"])
    reader.fit(Size(columns: 120, rows: 28))
    let frame = reader.frame()
    try expectSection("screen", "```\n\(frame.description)```\n")
  }

  @Test("The rules for sites in the README are rules")
  func sites() throws {
    let bytes = TestSupport.readFile(packageFolder() + "/README.md")
    let text = String(decoding: try #require(bytes), as: UTF8.self)
    let start = try #require(text.split(separator: "<!-- sites -->\n```yaml\n").last)
    let yaml = try #require(start.split(separator: "```").first)
    let sites = readSites(Array(yaml.utf8), file: "README.md")
    let rules = sites.rules
    #expect(sites.problems.isEmpty)
    #expect(rules.map(\.host) == ["news.example"])
    #expect(rules.first?.comments.map(\.text) == [".discussion .reply"])
  }

  @Test("The welcome story has all that it teaches about")
  func welcome() throws {
    let story = try welcomeStory()
    #expect(story.title.hasPrefix("Welcome to Courant"))
    #expect(story.figures.count == 1)
    #expect(story.blocks.contains { if case .table = $0 { true } else { false } })
    #expect(story.blocks.contains { if case .quote = $0 { true } else { false } })
    #expect(story.blocks.contains { if case .code = $0 { true } else { false } })
    #expect(story.blocks.contains { if case .list = $0 { true } else { false } })
    #expect(story.thread.comments.count == 5)
    #expect(story.thread.comments.map(\.depth).max() == 2)
  }

  @Test("The welcome story names only keys that there are")
  func welcomeKeys() throws {
    let known = Set(CommandTable.entries.flatMap(\.allKeys))
    var named: [String] = []
    for block in try welcomeStory().blocks {
      guard case .paragraph(let phrases) = block else { continue }
      named += phrases.filter { $0.style.contains(.strong) }.map {
        String($0.text.filter { $0 != " " })
      }
    }
    #expect(named.count > 12)
    // Counts may stand before a key: "5j".
    for key in named {
      let bare = key.drop { $0.isNumber }
      #expect(known.contains(key) || known.contains(String(bare)), "\(key) is no key")
    }
  }

  // MARK: - Making

  private func welcomeStory() throws -> Story {
    let folder = TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = Path(folder["library.sqlite"])
    let id = try addWelcomeStory(to: path).id
    return try #require(try Library(path: path).stories.story(id))
  }

  /// A small library at a fixed hour, its newest story open.
  private func readerAtStory(in path: String) throws -> Reader {
    let library = try Library(path: path)
    let hour: Int64 = 1_715_860_800
    for (index, story) in screenStories.enumerated() {
      var story = story
      let ago = Int64(index * index) * 9000 + 3000
      story.published = Timestamp(seconds: hour - ago)
      let prepared = PreparedStory(story, original: nil, parserVersion: 1)
      _ = try library.stories.add(prepared, now: hour)
    }
    let reader = Reader(library: library, options: ReaderOptions(now: { Timestamp(seconds: hour) }))
    reader.fit(Size(columns: 120, rows: 28))
    _ = reader.press(.enter)
    return reader
  }

  private func expectSection(_ name: String, _ wanted: String) throws {
    let path = packageFolder() + "/README.md"
    let bytes = TestSupport.readFile(path)
    let text = String(decoding: try #require(bytes), as: UTF8.self)
    let start = "<!-- \(name) -->\n"
    let parts = text.split(separator: start, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "README.md has no section \(name)")
    let rest = parts[1].split(
      separator: "<!-- /\(name) -->", maxSplits: 1, omittingEmptySubsequences: false)
    try #require(rest.count == 2, "the section \(name) of README.md has no end")
    guard rest[0] != wanted else { return }
    Issue.record("README.md differs in \(name):\n\(wanted)")
    guard recordsGolden else { return }
    let new = "\(parts[0])\(start)\(wanted)<!-- /\(name) -->\(rest[1])"
    let isWritten = TestSupport.writeFile(path, Array(new.utf8))
    #expect(isWritten)
  }
}
