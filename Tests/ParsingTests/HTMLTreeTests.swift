import Testing

@testable import Parsing

/// The tree of a page: what the scanner takes out of it for the library stands in its place again.
@Suite struct HTMLTreeTests {
  /// Elements and texts in document order, each text in quotes as it stands in the tree.
  private func outline(_ page: String) -> String {
    let tree = HTMLTree(Array(page.utf8))
    return (1..<max(1, tree.count)).map { node in
      tree.isText(node)
        ? "\"\(String(decoding: tree.textBytes(node), as: UTF8.self))\"" : tree.name(node)
    }.joined(separator: " ")
  }

  @Test(
    "Text is one node up to the next tag, whatever is left out between",
    arguments: [
      ("<p>one<!-- two --> three</p>", "body p \"one three\""),
      (
        "<p>a &amp; b &lt;c&gt; &eacute;&#8212;&nonsense; &</p>",
        "body p \"a & b <c> é—&nonsense; &\""
      ),
      ("<p>1 < 2</ >3 <</p>", "body p \"1 < 23 <\""),
      ("<p>a\u{1}b\u{C}c\u{FFFF}d\0e&#1;f&#xFFFE;g</p>", "body p \"abcd efg\""),
      ("<p>17</p>18", "body p \"17\" p \"18\""),
      ("<div>1<body class=a>2<html lang=en>3</div>", "body div \"1\" \"23\""),
      ("<p>日本　語￿！</p>", "body p \"日本　語！\""),
    ])
  func text(page: String, expected: String) { #expect(outline(page) == expected) }

  @Test("White space alone is a text of its own, letter by letter")
  func blank() {
    #expect(
      outline("<pre><b>x</b>\n\t \r\n<i>y</i>  </pre>")
        == "body pre b \"x\" \"\n\t \r\n\" i \"y\" \"  \"")
    let many = (0..<3000).map { "<b>x</b>" + String(repeating: " ", count: $0 % 7 + 1) }.joined()
    let tree = HTMLTree(Array("<pre>\(many)</pre>".utf8))
    let blanks = (0..<tree.count).filter { tree.isText($0) && tree.textBytes($0).first == 0x20 }
    #expect(blanks.map { tree.textBytes($0).count } == (0..<3000).map { $0 % 7 + 1 })
  }

  @Test("Scripts and titles are kept as they are, values decoded")
  func rawText() {
    #expect(
      outline("<head><title>A <b> &amp; B</title><script>if (a<b && c) { \"</p>\" }</script>")
        == "title \"A <b> & B\" script \"if (a<b && c) { \"</p>\" }\"")
    #expect(
      outline("<script src=a.js /><b>x</b></script><p>y</p>")
        == "script \"<b>x</b>\" body p \"y\"")
    let tree = HTMLTree(Array("<p id=' a&amp;b ' class=\"x\ty\" data-n=1>t</p>".utf8))
    #expect(tree.value(.id, of: 2) == "a&b")
    #expect(tree.hasClass("y", 2))
    #expect(tree.value(named: "data-n", of: 2) == "1")
  }

  @Test("A script too deep to be kept does not become text")
  func deepScript() {
    let page = String(repeating: "<div>", count: 300) + "a<script>secret()</script>b"
    let tree = HTMLTree(Array(page.utf8))
    #expect(tree.isCutInDepth)
    #expect(tree.text(HTMLTree.root) == "ab")
  }

  @Test("A page cut at any byte gives a tree whose nodes lie in it")
  func cuts() {
    let page = Array(
      "<p class='a b'>é &copy; <b id=x>y</b><!-- z --><script>s</script><textarea>t &lt;</textarea>"
        .utf8)
    for end in 0...page.count {
      let bytes = String(decoding: page[..<end], as: UTF8.self)
      let tree = HTMLTree(Array(bytes.utf8))
      for node in 0..<tree.count where tree.isText(node) {
        #expect(!tree.textBytes(node).isEmpty)
      }
    }
  }
}
