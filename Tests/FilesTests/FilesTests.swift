import Files
import Testing

@Suite struct PathTests {
  @Test(
    "a path gives its parts",
    arguments: [
      ("news/page.HTML", "page.HTML", "news", "html", "page"), ("/a", "a", "/", "", "a"),
      ("a/b/", "b", "a", "", "b"), (".hidden", ".hidden", ".", "", ".hidden"),
      ("x.tar.gz", "x.tar.gz", ".", "gz", "x.tar"), ("/", "/", "/", "", "/"),
    ])
  func parts(_ text: String, name: String, folder: String, ending: String, stem: String) {
    let path = Path(text)
    #expect(path.name == Path(name) && path.folder == Path(folder))
    #expect(path.ending == ending && path.stem == Path(stem))
  }

  @Test("what a terminal would obey is not shown")
  func shown() {
    let path = Path(bytes: Array("a\u{1B}[31m\n\u{202E}b".utf8) + [0xFF])
    #expect(path.shown == "a?[31m??b\u{FFFD}")
  }
}
