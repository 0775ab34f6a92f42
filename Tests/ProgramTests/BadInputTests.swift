import Glibc
import TestSupport
import Testing

@Suite struct BadInputTests {
  let courant = Courant()

  @Test(
    "A file that is no page is a sentence and status 1, whichever verb reads it",
    arguments: ["parse", "add", "read"])
  func badFiles(verb: String) {
    let cases: [(path: String, words: String)] = [
      (courant.home["missing.html"], "there is no such file"),
      (courant.file("empty.html", ""), "empty"),
      (courant.file("blank.html", " \n\t "), "empty"),
      (courant.file("picture.html", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), "PNG"),
      (courant.home["folder"], ""),
      ("/dev/null", "not a file"),
    ]
    makeFolders(courant.home["folder"])
    for (path, words) in cases {
      let answer = courant.run(verb == "read" ? [path] : [verb, path])
      #expect(answer.status == 1, "\(verb) \(path): \(answer)")
      #expect(answer.errors.hasPrefix("courant: "), "\(verb) \(path)")
      #expect(answer.errors.contains(words), "\(verb) \(path): \(answer.errors)")
      #expect(answer.errors.utf8.count { $0 == 10 } == 1)
    }
  }

  @Test("An unreadable file is named", .enabled(if: getuid() != 0))
  func unreadable() {
    let path = courant.file("secret.html", harbourPage)
    chmod(path, 0)
    let answer = courant.run(["parse", path])
    #expect(answer.status == 1)
    #expect(answer.errors.contains("permission denied"))
  }

  @Test("A file of 100 MB is refused unread")
  func large() {
    let path = courant.file("large.html", harbourPage)
    truncate(path, 100 << 20)
    let answer = courant.run(["parse", path])
    #expect(answer.status == 1)
    #expect(answer.errors.contains("larger than 64 MB"))
  }

  @Test("Deep nesting and a page cut in the middle of a tag give a story")
  func nestedAndCut() {
    let deep = String(repeating: "<div>", count: 100_000)
    let nested = courant.file("nested.html", deep + harbourPage)
    let cut = courant.file("cut.html", String(harbourPage.prefix(3000)) + "<p class=\"x")
    let answer = courant.run(["parse", "--text", cut, nested])
    #expect(answer.output.contains("nobody is ever late"))
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.output.split(separator: "\n").count { $0.contains("nobody is ever late") } == 2)
  }

  @Test("One bad page among good ones stops nothing")
  func others() {
    let good = courant.file("good.html", harbourPage)
    let answer = courant.run(["parse", "--json", good, "/none", good])
    #expect(answer.status == 1)
    #expect(answer.output.split(separator: "\n").count == 2)
    #expect(answer.errors == "courant: /none: there is no such file\n")
  }

  @Test("A folder without pages says so")
  func emptyFolder() {
    makeFolders(courant.home["folder/inner"])
    let answer = courant.run(["add", courant.home["folder"]])
    #expect(answer.status == 1)
    #expect(answer.errors.contains("there are no pages in this folder"))
  }

  @Test("An address that cannot be fetched is refused in words")
  func address() {
    // Port 1 of this machine: nothing is sent anywhere.
    for verb in [["add"], ["add", "--feed"]] {
      let answer = courant.run(verb + ["http://127.0.0.1:1/tide"])
      #expect(answer.status == 1)
      #expect(answer.errors.contains("no connection to 127.0.0.1"))
    }
    let answer = courant.run(["parse", "http://127.0.0.1:1/tide"])
    #expect(answer.status == 1 && answer.errors.contains("`courant add` fetches addresses"))
  }

  // MARK: - Libraries

  @Test(
    "A file that is no library is refused and left as it is",
    arguments: ["This is a letter, not a library. It is long enough to be taken for one.\n", ""])
  func foreignFile(text: String) {
    let content = text.isEmpty ? "SQLite format 3\u{0}" + String(repeating: "x", count: 5000) : text
    let path = courant.file("letter.sqlite", content)
    for verb in ["list", "doctor"] {
      let answer = courant.run([verb, "--library", path])
      #expect(answer.status == 1, "\(verb): \(answer)")
      #expect((answer.errors + answer.output).contains("letter.sqlite"))
    }
    let page = courant.file("page.html", harbourPage)
    #expect(courant.run(["add", page, "--library", path]).status == 1)
    #expect(readFile(path) == Array(content.utf8))
  }

  @Test("A library of a newer Courant is refused by every verb and left as it is")
  func newerLibrary() throws {
    let page = courant.file("page.html", harbourPage)
    #expect(courant.run(["add", page]).status == 0)
    var bytes = try #require(readFile(courant.libraryPath))
    // The version of an SQLite file: four bytes at 60, the highest first (its file format, 1.3).
    bytes[63] = 99
    let newer = courant.file("newer.sqlite", bytes)
    for arguments in [["list"], ["add", page], ["search", "clock"], ["show", "1"], ["reparse"]] {
      let answer = courant.run(arguments + ["--library", newer])
      #expect(answer.status == 1, "\(arguments): \(answer)")
      #expect(answer.errors.contains("newer.sqlite"), "\(arguments): \(answer.errors)")
      #expect(answer.errors.contains("99"), "\(arguments): \(answer.errors)")
    }
    #expect(readFile(newer) == bytes)
  }

  @Test("A library cut short is a sentence, and no more is written to it")
  func brokenLibrary() throws {
    let page = courant.file("page.html", harbourPage)
    #expect(courant.run(["add", page]).status == 0)
    let bytes = try #require(readFile(courant.libraryPath))
    let broken = courant.file("broken.sqlite", Array(bytes.prefix(bytes.count / 3)))
    for arguments in [["add", page], ["doctor"]] {
      let answer = courant.run(arguments + ["--library", broken])
      #expect(answer.status == 1, "\(arguments): \(answer)")
      #expect((answer.errors + answer.output).contains("broken.sqlite"), "\(answer)")
    }
    #expect(readFile(broken) == Array(bytes.prefix(bytes.count / 3)))
  }

  @Test(
    "Full standard output is a sentence, not a crash", .enabled(if: access("/dev/full", W_OK) == 0))
  func fullOutput() {
    let page = courant.file("page.html", harbourPage)
    let answer = courant.run(["parse", page], output: "/dev/full")
    #expect(answer.status == 1)
    #expect(answer.errors.contains("No space left"))
  }

  @Test("Wrong usage is status 2 and names the nearest word")
  func usage() {
    let answer = courant.run(["list", "--unraed"])
    #expect(answer.status == 2)
    #expect(answer.errors == "courant: there is no option --unraed; did you mean --unread?\n")
  }
}
