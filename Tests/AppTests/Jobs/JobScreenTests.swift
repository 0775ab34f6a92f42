import Display
import Storage
import Testing

@testable import App

/// The screen of one job: live while it runs, with all that came of it afterwards.
@Suite struct JobScreenTests {
  private static let notes = "# One\n\nText.\n\n# Two\n\nText."

  private func desk(_ size: String = "80x24") throws -> Desk {
    let files = FileNames(path: { Array($0.replacing("~", with: "/home/me").utf8) })
    let desk = try Desk(Self.notes, files: files)
    desk.press("@\(size) : \"add ~/pages\" Enter @running:1:40:300 gJ")
    return desk
  }

  @Test(
    "Enter shows what a running job does, brings it up to date, and never cancels it",
    arguments: ["40x12", "80x24", "120x40"])
  func live(size: String) throws {
    let desk = try desk(size)
    desk.press("Enter Enter Enter")
    #expect(desk.effects.isEmpty)
    #expect(desk.lines.first == "  Importing ~/pages", "\(desk.screen)")
    #expect(desk.screen.contains("/home/me/pages") && desk.screen.contains("40 of 300 pages, 13%"))
    let progress = Job.Progress(
      done: 60, total: 300, words: "58 stories added, 2 failed",
      problems: ["a.html: the page is empty", "b.html: the page is empty"])
    _ = desk.reader.receive(.progress(JobID(1), progress))
    #expect(desk.screen.contains("60 of 300 pages, 20%"), "\(desk.screen)")
    #expect(desk.screen.contains("58 stories added, 2 failed"), "\(desk.screen)")
    #expect(desk.screen.contains("b.html: the page is empty"), "\(desk.screen)")
    desk.press("/ \"a.html\" Enter")
    #expect(!desk.screen.contains("b.html"), "\(desk.screen)")
    _ = desk.reader.receive(.ended(JobID(1), .done("290 stories added")))
    #expect(desk.lines.first == "  Imported ~/pages" && desk.screen.contains("290 stories added"))
    desk.press("q")
    #expect(desk.screen.contains("Jobs 1 of 1"), "\(desk.screen)")
  }

  @Test("^C cancels the job that is shown and no other; q goes back to the list of jobs")
  func cancel() throws {
    let desk = try desk()
    desk.press("q : \"add ~/other\" Enter gJ k Enter")
    #expect(desk.status.contains("^C cancels it · q back"), "\(desk.status)")
    desk.press("^C")
    #expect(desk.effects == [.cancel(JobID(1))], "\(desk.effects)")
    #expect(desk.screen.contains("Stopping: 40 of 300 pages, 13%"), "\(desk.screen)")
    desk.press("^C")
    #expect(desk.effects.isEmpty && desk.status.contains("stops as soon as"), "\(desk.status)")
    _ = desk.reader.receive(.ended(JobID(1), .cancelled("41 stories added")))
    #expect(desk.screen.contains("  Cancelled: 41 stories added"), "\(desk.screen)")
    desk.press("q")
    #expect(desk.screen.contains("Jobs 1 of 2"), "\(desk.screen)")
    desk.press("j Enter")
    #expect(desk.screen.contains("Waiting until the jobs before it"), "\(desk.screen)")
  }

  @Test("A job says what it is before it knows how much there is to do")
  func unknownTotal() throws {
    let desk = try desk()
    for (progress, words) in [
      (Job.Progress(done: 0), "  Running"), (Job.Progress(done: 1), "  1 page"),
      (Job.Progress(done: 7), "  7 pages"), (Job.Progress(done: 0, total: 0), "  0 of 0 pages"),
    ] {
      _ = desk.reader.receive(.progress(JobID(1), progress))
      if words == "  Running" { desk.press("Enter") }
      #expect(desk.lines.contains(words), "\(desk.screen)")
    }
  }

  @Test("Many paths are named each, at most twenty of them")
  func manyPaths() throws {
    let desk = try Desk(Self.notes)
    let paths = (1...30).map { Array("/srv/page \($0).html".utf8) }
    _ = desk.reader.receive(.requested(.importPaths(paths)))
    desk.press("@80x40 gJ")
    #expect(desk.screen.contains("1 Importing /srv/page 1.html and 29 more"), "\(desk.screen)")
    desk.press("Enter")
    #expect(desk.lines.contains("  /srv/page 20.html") && desk.lines.contains("  and 10 more"))
  }

  // MARK: - Words around a path

  @Test(
    "A path gives way at its beginning, so that the name of the file is still read",
    arguments: [
      (60, "Importing ~/news/2024/harbour/a-quiet-morning.html"),
      (48, "Importing …/2024/harbour/a-quiet-morning.html"),
      (40, "Importing …/harbour/a-quiet-morning.html"),
      (32, "Importing …/a-quiet-morning.html"), (31, "…/harbour/a-quiet-morning.html"),
      (25, "…/a-quiet-morning.html"), (16, "…/a-qui…ing.html"), (5, "…/…ml"), (1, "…"), (0, ""),
    ])
  func shortened(columns: Int, shown: String) {
    let words = PathWords(before: "Importing ", path: "~/news/2024/harbour/a-quiet-morning.html")
    #expect(words.words(in: columns, isASCII: false) == shown)
  }

  @Test("Whatever the path, its words fit, in ASCII too")
  func fits() {
    let paths = ["", "/", "//", "a", "/a/", "~/天気の手帖/雲の名前.html", "a/b/c/d/e/f/g/h/i/j", "x y/z"]
    for path in paths {
      for columns in 0...40 {
        for isASCII in [false, true] {
          let words = PathWords(before: "Import of ", path: path, after: " and 3 more")
            .words(in: columns, isASCII: isASCII)
          #expect(displayWidth(of: words) <= columns, "\(words) in \(columns)")
        }
      }
    }
  }
}
