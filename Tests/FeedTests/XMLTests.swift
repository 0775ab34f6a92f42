import Testing

@testable import Parsing

/// The reading of damaged XML.
@Suite struct XMLTests {
  private func read(_ text: String) -> XMLElement? {
    var tree = XMLTree(Array(text.utf8))
    while tree.nextEntry() != nil {}
    return tree.root
  }

  @Test(
    "Text comes out as it was meant",
    arguments: [
      ("a &amp; b &lt; c", "a & b < c"), ("a & b", "a & b"), ("a < b <3", "a < b <3"),
      ("&nbsp;&eacute;&unknown;", "\u{A0}é&unknown;"), ("&#233;&#xE9;&#XE9;", "ééé"),
      ("it&#146;s &#x85;", "it’s …"), ("x&#1;\u{1}y\u{7F}", "xy"), ("a\r\nb\rc", "a\nb\nc"),
      ("?a=1&copy=2", "?a=1&copy=2"), ("<![CDATA[a <b> &amp;]]>", "a <b> &amp;"),
      ("a<!-- b --><?php c ?>d", "ad"), ("\u{92}", "’"),
    ])
  func text(_ markup: String, _ text: String) { #expect(read("<a>\(markup)</a>")?.text == text) }

  @Test(
    "Attributes are read in every spelling",
    arguments: ["b=\"x y\"", "b='x y'", "B = 'x y'", "c b='x y'/", "c=d b=\"x y\""])
  func attributes(_ written: String) {
    #expect(read("<a \(written)>")?.attribute("b") == "x y")
  }

  @Test("Tags that do not match lose nothing beside them")
  func nesting() {
    let root = read("<a><b>1<c>2</b></d><e>3</e></a>")
    #expect(root?.children.map(\.name) == ["b", "e"])
    #expect(root?.text == "123")
  }

  @Test("A document type declaration is passed over, with all that it declares")
  func declaration() {
    let text =
      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y '>'>]><a>&x;&y;</a>"
    #expect(read(text)?.text == "&x;&y;")
  }

  @Test("Markup of XHTML is written as HTML")
  func markup() {
    let root = read(
      "<a xmlns:h='http://www.w3.org/1999/xhtml'><h:p t='\"1\"'>x &amp; <h:br/><h:i/></h:p></a>")
    #expect(root?.markup == "<p t=\"&quot;1&quot;\">x &amp; <br><i></i></p>")
  }

  @Test("Deep and wide documents are cut")
  func bounds() {
    var tree = XMLTree(Array(String(repeating: "<a>", count: 5000).utf8))
    #expect(tree.nextEntry() == nil)
    #expect(tree.limitsMet.contains(.depth) && tree.isCut)
    let wide = (0..<1000).map { " a\($0)='1'" }.joined()
    #expect(read("<a\(wide)>x</a>")?.attributes.count == XMLScan.attributeLimit)
  }
}
