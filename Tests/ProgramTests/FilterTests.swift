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
    #expect(courant.run(["reparse", "1"]).output.hasPrefix("1 read again"))
  }

  @Test("The doctor finds a new library sound")
  func doctor() {
    _ = courant.run(["add", courant.file("page.html", harbourPage)])
    let answer = courant.run(["doctor"])
    #expect(answer.output.contains("sound"))
    #expect(answer.output.contains("All is well."), "\(answer.output)")
    #expect(answer.status == 0)
    let poor = courant.run(["doctor"], environment: ["LC_ALL": "C"])
    #expect(poor.status == 1)
    #expect(poor.output.contains("not UTF-8"))
  }
}
