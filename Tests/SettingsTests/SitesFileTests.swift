import Files
import Parsing
import Settings
import TestSupport
import Testing

@Suite struct SitesFileTests {
  let folder = TemporaryFolder()

  private func read(_ text: String) -> Sites {
    readSites(Array(text.utf8), file: "sites.yaml")
  }

  @Test("Hosts have rules, a value is one selector or a list of them")
  func rules() throws {
    let sites = read(
      """
      # My own.
      news.example:
        body: .story-text
        drop: [.promo, "#newsletter"]
        byline:
          - div.writer
          - "[itemprop=author]"
        comments: .reply
        always: true
      Blog.Example: {body: article}
      """)
    let rules = sites.rules
    #expect(sites.problems.isEmpty)
    #expect(rules.map(\.host) == ["news.example", "blog.example"])
    #expect(rules[0].body == [try Selector(".story-text")])
    #expect(rules[0].drop.map(\.text) == [".promo", "#newsletter"])
    #expect(rules[0].byline.map(\.text) == ["div.writer", "[itemprop=author]"])
    #expect(rules[0].comments.map(\.text) == [".reply"])
    #expect(rules[0].isFirst && !rules[1].isFirst)
  }

  @Test(
    "What is wrong is named with its line, its key and the nearest name",
    arguments: [
      (
        "a.example:\n  bdoy: .x",
        "sites.yaml:2: a.example.bdoy: no rule has this key; did you mean “body”?"
      ),
      (
        "a.example:\n  drop:\n    - .x\n    - a > b",
        "sites.yaml:4: a.example.drop: “a > b” is no selector: “>” is not"
      ),
      (
        "a.example:\n  body: #story",
        "sites.yaml:2: a.example.body: nothing stands here; put a selector"
      ),
      (
        "a.example:\n  body: [itemprop=x]",
        "sites.yaml:2: a.example.body: “itemprop=x” is no selector"
      ),
      (
        "a.example:\n  body: [p]\n  always: maybe",
        "sites.yaml:3: a.example.always: true or false"
      ),
      (
        "https://a.example/:\n  body: p",
        "sites.yaml:1: https://a.example/: this is no host; write it as"
      ),
      ("a.example: .story", "sites.yaml:1: a.example: keys and values are wanted here: body"),
      ("- a.example", "sites.yaml:1: a map from hosts to rules"),
      ("a.example:\n  body: {p: q}", "sites.yaml:2: a.example.body: a selector is wanted here"),
      (
        "a.example:\n  body: p\na.example:\n  body: q",
        "sites.yaml:3: a.example: it stands here twice"
      ),
      ("a.example:\n\tbody: p", "sites.yaml:2: not YAML here"),
    ])
  func mistakes(text: String, words: String) {
    let sites = read(text)
    #expect(sites.problems.first?.message.hasPrefix(words) ?? false, "\(sites)")
  }

  @Test("One mistake costs the rule it stands in and no more, and all are told")
  func severalMistakes() {
    let sites = read(
      """
      a.example: {bdoy: p}
      b.example: {body: p}
      c.example: {body: "p >"}
      b.example: {body: q}
      """)
    #expect(sites.rules.map(\.host) == ["b.example"])
    #expect(sites.problems.map(\.line) == [1, 3, 4])
    #expect(read("").problems.isEmpty && read("# None yet.\n").problems.isEmpty)
  }

  @Test("More selectors than any rule needs are refused")
  func tooMany() {
    let list = Array(repeating: "p", count: 17).joined(separator: ", ")
    #expect(read("a.example:\n  drop: [\(list)]").problems.count == 1)
  }

  @Test("No file is no rules; a folder of that name, or a file too large, is an error")
  func files() {
    let path = Path(folder["sites.yaml"])
    #expect(loadSites(path) == Sites())
    folder.write("a.example: {body: p}", to: "sites.yaml")
    #expect(loadSites(path).rules.count == 1)
    folder.write(String(repeating: "#", count: (1 << 20) + 1), to: "sites.yaml")
    #expect(loadSites(path).problems.count == 1)
    #expect(loadSites(Path(folder.makeFolder("folder"))).problems.count == 1)
  }
}
