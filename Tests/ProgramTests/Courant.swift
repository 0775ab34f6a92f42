import Glibc
import TerminalKit
import TestSupport
import Testing

/// The program, run as a person or a script would, in a home of its own.
final class Courant {
  let home = TemporaryFolder()

  struct Answer {
    var status: Int32
    var output: String
    var errors: String
  }

  var libraryPath: String { home["data/courant/library.sqlite"] }

  private func environment(_ extra: [String: String?]) -> [String: String?] {
    var values: [String: String?] = [
      "HOME": home.path, "XDG_DATA_HOME": home["data"], "XDG_CONFIG_HOME": home["config"],
      "XDG_STATE_HOME": home["state"], "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
      "PATH": "/usr/bin:/bin",
    ]
    values.merge(extra) { _, new in new }
    return values
  }

  /// Writes a file into the home and gives its path.
  func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }

  func file(_ name: String, _ bytes: [UInt8]) -> String {
    makeFolders(folderOf(home[name]))
    _ = writeFile(home[name], bytes)
    return home[name]
  }

  /// Writes the settings file.
  func settings(_ text: String) { _ = file("config/courant/config.yaml", text) }

  /// Writes a program for the shell and gives its path.
  func script(_ name: String, _ lines: String) -> String {
    let path = file("bin/" + name, "#!/bin/sh\n" + lines + "\n")
    chmod(path, 0o755)
    return path
  }

  /// The harbour page with an address of its own.
  func harbourPage(at address: String) -> String {
    file(
      "page.html",
      ProgramTests.harbourPage.replacing(
        "<head>", with: "<head><link rel=\"canonical\" href=\"\(address)\">"))
  }

  /// What another program wrote into a file, once it has, while the session goes on.
  func written(_ path: String, in session: TerminalSession) -> String {
    var words = ""
    for _ in 0..<100 where words.isEmpty {
      session.settle(quiet: 30)
      words = text(path)
    }
    return words
  }

  /// Starts the program on a terminal.
  func sit(
    _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
    environment extra: [String: String?] = [:]
  ) throws -> TerminalSession {
    try TerminalSession(
      "courant", arguments, environment: environment(extra), columns: columns, rows: rows)
  }

  /// Runs the program without a terminal, standard input from a file (or nothing).
  func run(
    _ arguments: [String], input: String = "/dev/null", output: String? = nil,
    environment extra: [String: String?] = [:]
  ) -> Answer {
    let outPath = output ?? home["out.txt"]
    let errorPath = home["errors.txt"]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let program = productsFolder() + "/courant"
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    let settings = environment(extra).compactMap { key, value in value.map { "\(key)=\($0)" } }
    var values = settings.map { strdup($0) } + [nil]
    defer { for word in words + values { free(word) } }
    var process: pid_t = 0
    guard posix_spawn(&process, program, &actions, nil, &words, &values) == 0 else {
      return Answer(status: -1, output: "", errors: "cannot run \(program)")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Answer(
      status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
      output: output == nil ? text(outPath) : "", errors: text(errorPath))
  }

  private func text(_ path: String) -> String {
    String(decoding: readFile(path) ?? [], as: UTF8.self)
  }
}

/// A page of our own with a caption, a thread and enough text to scroll.
let harbourPage: String = {
  var page = """
    <!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
    <title>The tide clock of the old harbour</title></head><body><article>
    <h1>The tide clock of the old harbour</h1>
    <p>By <a rel="author" href="/desk">The night desk</a></p>
    <p>The clock on the harbour wall has one hand and no numbers, and nobody is ever late.</p>
    <figure><img src="https://news.invalid/clock.jpg" alt="A clock">
    <figcaption>The clock at high water. Photo: Picture desk</figcaption></figure>

    """
  for number in 1...30 {
    page += "<p>Paragraph \(number) tells how the wheel number \(number) was mended by hand, and "
    page += "what the people of the quay said when it turned again after the long winter.</p>\n"
  }
  return page + "<p>The very last word is lantern.</p></article></body></html>\n"
}()

// MARK: - A library

extension Courant {
  /// Adds so many pages that differ in their headlines, and says what that printed.
  func addPages(_ count: Int) -> String {
    let pages = (1...count).map { number in
      file(
        "pages/\(number).html",
        ProgramTests.harbourPage.replacing("old harbour</title>", with: "harbour \(number)</title>")
          .replacing("old harbour</h1>", with: "harbour \(number)</h1>"))
    }
    return run(["add"] + pages).output
  }
}

// MARK: - Other programs

extension Courant {
  /// A program that writes its arguments down, and where.
  func recorder() -> (script: String, log: String) {
    let log = home["said.txt"]
    let lines = "for word in \"$@\"; do printf '%s|' \"$word\"; done > '\(log)'"
    return (script("recorder", lines), log)
  }

  /// A session on a page with an address, and what stands in its settings.
  func readHarbour(_ settings: String, _ environment: [String: String] = [:]) throws
    -> TerminalSession
  {
    self.settings(settings)
    let page = harbourPage(at: "https://news.invalid/tide")
    let session = try sit([page], environment: environment)
    #expect(session.wait(for: "The tide clock"))
    return session
  }
}
