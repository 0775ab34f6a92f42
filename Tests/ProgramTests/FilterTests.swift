import TestSupport
import Testing

@Suite struct FilterTests {
  let courant = Courant()

  @Test("Without a terminal a page is printed and nothing is stored")
  func page() {
    let path = courant.file("page.html", harbourPage)
    let answer = courant.run([path])
    #expect(answer.status == 0)
    #expect(answer.output.contains("The tide clock of the old harbour\n"))
    #expect(answer.output.contains("The clock at high water."))
    #expect(!answer.output.contains("\u{1B}"))
    #expect(courant.run([]).output.isEmpty)
  }

  @Test("Standard input is a page too")
  func input() {
    let path = courant.file("page.html", harbourPage)
    let answer = courant.run(["parse", "-", "--json"], input: path)
    #expect(answer.status == 0)
    #expect(answer.output.hasPrefix("{\"id\":\"stdin\","))
    #expect(courant.run(["-"], input: path).output.contains("lantern"))
  }

  @Test("A list of pages is answered in its order, with addresses")
  func list() {
    var lines = ""
    for number in 1...40 {
      // Long pages among short ones, so that answers are ready out of order.
      let text = number.isMultiple(of: 5) ? String(repeating: harbourPage, count: 9) : harbourPage
      let path = courant.file("pages/p\(number).html", text)
      lines += "\(path)\thttps://news.invalid/\(number)\n"
    }
    let answer = courant.run(["parse", "--json", "--list", courant.file("list.tsv", lines)])
    #expect(answer.status == 0)
    let ids = answer.output.split(separator: "\n").map { $0.prefix { $0 != "," } }
    #expect(ids == (1...40).map { "{\"id\":\"p\($0)\"" })
    #expect(answer.output.contains("\"url\":\"https://news.invalid/7\""))
  }

  @Test("A file that cannot be read is a line on standard error, the rest go on, the status is 1")
  func missing() {
    let page = courant.file("page.html", harbourPage)
    let empty = courant.file("empty.html", "")
    let list = courant.file(
      "list", "\(courant.home["none.html"])\n\(page)\r\n\n\(empty)\n\(page)\n")
    let answer = courant.run(["parse", "--json", "--list", "-"], input: list)
    #expect(answer.status == 1)
    #expect(answer.output.split(separator: "\n").count == 2)
    #expect(answer.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{\"id\":\"page\",") })
    let lines = answer.errors.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("courant: ") }, "\(lines)")
  }

  @Test("The address and the encoding of a page can be told")
  func facts() {
    let words =
      " stands in the harbour, and tells the ships the hour of the tide for a century now."
    let start = Array("<p>The <a href='/lamp'>old lamp</a> of Gda".utf8)
    let bytes: [UInt8] = start + [0xF1, 0x73, 0x6B] + Array(words.utf8)
    let path = courant.file("page.html", bytes)
    let options = ["--url", "https://news.invalid/a/b", "--charset", "iso-8859-2"]
    let answer = courant.run(["parse", "--json", path] + options)
    #expect(answer.output.contains("\"url\":\"https://news.invalid/a/b\""))
    #expect(answer.output.contains("\"link\":\"https://news.invalid/lamp\""))
    #expect(answer.output.contains("of Gdańsk stands"))
  }

  @Test("HTML that is printed holds nothing that a browser would run or fetch unasked")
  func safeHTML() {
    let page = courant.file(
      "page.html",
      """
      <h1>A <script>alert(1)</script>lamp</h1><p onclick="go()">The <a href="javascript:go()">old</a> \
      lamp &lt;script&gt; stands in the harbour, <a href='https://a.invalid/"onmouseover="x'>and</a> \
      tells the ships the hour of the tide for a century now.</p><iframe src="https://b.invalid/">\
      </iframe><p><img src="data:text/html,x" onerror="go()" alt="'><script>go()</script>"></p>
      """)
    let html = courant.run(["parse", "--html", page]).output
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    #expect(html.contains("lamp &lt;script&gt; stands"))
    for bad in ["<script", "onclick", "javascript:", " onmouseover", "<iframe", "data:", "onerror"]
    {
      #expect(!html.contains(bad), "\(bad) is in \(html)")
    }
  }

  @Test("Added stories are listed, shown, searched and exported")
  func library() {
    let path = courant.file("page.html", harbourPage)
    #expect(courant.run(["add", path]).output == "1 story added\n")
    #expect(courant.run(["add", path]).output == "0 stories added, 1 known already\n")
    #expect(courant.run(["list"]).output.contains("  n   The tide clock of the old harbour"))
    #expect(courant.run(["list", "starred"]).output.isEmpty)
    #expect(
      courant.run(["list", "--json"]).output.hasPrefix("{\"id\":1,\"title\":\"The tide clock"))
    #expect(courant.run(["search", "lantern"]).output.contains("last word is lantern"))
    #expect(courant.run(["search", "zeppelin"]).output.isEmpty)
    let shown = courant.run(["show", "the tide", "--width", "40"])
    #expect(shown.output.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 40 })
    #expect(courant.run(["export", "1"]).output.hasPrefix("# The tide clock of the old harbour\n"))
    #expect(courant.run(["show", "99"]).errors == "courant: story 99 is not in the library\n")
    #expect(courant.run(["reparse", "1"]).output == "1 read again, 0 changed\n")
    #expect(courant.run(["reparse"]).output == "0 read again, 0 changed\n")
    #expect(courant.run(["reparse", "--all"]).output == "1 read again, 0 changed\n")
  }

  @Test("A page is explained, without a control that it holds")
  func explain() {
    let page = courant.file(
      "page.html", harbourPage.replacing("<p>By", with: "<p class=\"a\u{1B}[2J\">By"))
    let answer = courant.run(["parse", "--explain", page])
    #expect(answer.status == 0 && answer.errors.isEmpty)
    #expect(answer.output.hasPrefix("Result\n  page          page.html\n"))
    #expect(answer.output.contains("in figure > figcaption"))
    #expect(!answer.output.contains("\u{1B}"))
    #expect(courant.run(["parse", "--explain", "--json", page]).status == 2)
    #expect(courant.run(["parse", "--explain", courant.file("e.html", "")]).status == 1)
  }

  @Test("A reader's rules for sites are used, and what is wrong with them is said by name")
  func sites() {
    let page = courant.file(
      "page.html",
      "<p>All words on this page belong to the harbour office, which may change them at any "
        + "hour without telling.</p><div id=note>Closed on Monday.</div>")
    let url = ["--url", "https://quay.example/1"]
    #expect(courant.run(["parse", page] + url).output.contains("harbour office"))
    let sites = courant.file("config/courant/sites.yaml", "quay.example: {body: \"#note\"}\n")
    #expect(courant.run(["parse", page] + url).output.contains("\nClosed on Monday.\n"))
    #expect(courant.run(["add", page] + url).output == "1 story added\n")
    #expect(courant.run(["show", "1"]).output.contains("Closed on Monday."))
    #expect(courant.run(["doctor"]).output.contains("site rules  1 of your own in \(sites)\n"))
    _ = courant.file("config/courant/sites.yaml", "quay.example: {boddy: p}\n")
    let words = "\(sites):1: quay.example.boddy: no rule has this key; did you mean “body”?"
    let answer = courant.run(["parse", page] + url)
    #expect(answer.errors == "courant: \(words)\n")
    #expect(answer.output.contains("harbour office"))
    #expect(courant.run(["reparse", "--all"]).output == "1 read again, 1 changed\n")
    let doctor = courant.run(["doctor"])
    #expect(doctor.status == 1 && doctor.output.contains(words))
  }

  @Test("The doctor finds nothing wrong with a new library")
  func doctor() {
    _ = courant.run(["add", courant.file("page.html", harbourPage)])
    let answer = courant.run(["doctor"])
    #expect(answer.output.contains("nothing is damaged"))
    #expect(answer.output.contains("All is well."), "\(answer.output)")
    #expect(answer.status == 0)
    let poor = courant.run(["doctor"], environment: ["LC_ALL": "C"])
    #expect(poor.status == 1)
    #expect(poor.output.contains("not UTF-8"))
  }
}
