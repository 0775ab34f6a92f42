import App
import Display
import Files
import Glibc
import Intake
import Settings
import Stories
import Storage
import Terminal

/// The program while a reader sits before it: keys and news go to the reader, effects and frames
/// come back.
///
/// Everything here runs on the first thread, which sleeps in `Console.wait`. What takes long runs
/// on a thread of its own and tells of itself through the inbox.
@MainActor
final class Session {
  private let console: Console
  private let library: Library
  private let reader: Reader
  private let inbox: Inbox<News>
  private var theme: Theme
  private let themes: ThemeShelf
  private let importer: Importer
  private var seen: Int64 = 0

  init(
    console: Console, library: Library, inbox: Inbox<News>, themes: ThemeShelf,
    importer: Importer
  ) {
    self.console = console
    self.library = library
    self.inbox = inbox
    theme = themes.first
    self.themes = themes
    self.importer = importer
    let options = ReaderOptions(
      themes: themes.names, theme: themes.firstName, isASCII: console.isASCII,
      now: { Timestamp(seconds: Int64(time(nil))) })
    reader = Reader(library: library, options: options)
    seen = (try? library.changeMark()) ?? 0
  }

  /// Runs until the reader leaves or the terminal goes; the place is kept either way.
  func run() {
    takeNews()
    while !reader.isFinished {
      console.draw(reader.frame(in: console.size), theme: theme)
      console.title = reader.title
      let wake = console.wait(for: inbox)
      if wake.contains(.ended) { break }
      lookForChanges()
      takeNews()
      // All keys that have come are taken before the next frame: fingers never wait for drawing.
      while !reader.isFinished, let key = console.nextKey() { perform(reader.press(key)) }
    }
    reader.leave()
    console.close()
    console.endAsAsked()
  }

  private func takeNews() {
    for news in inbox.take() { perform(reader.receive(news)) }
  }

  /// Another Courant may have changed the library; asking costs microseconds, so no clock asks.
  private func lookForChanges() {
    guard let mark = try? library.changeMark(), mark != seen else { return }
    seen = mark
    perform(reader.receive(.libraryChanged))
  }

  // MARK: - Effects

  private func perform(_ effects: [Effect]) {
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .openLink(let address): open(address)
    case .copy(let text): copy(text)
    case .suspend: console.suspend()
    case .redraw: console.redraw()
    case .useTheme(let name): use(name)
    case .add(let paths):
      ImportJob(importer: importer, paths: paths.map { Path($0) }).start(inbox)
    }
  }

  private func tell(_ news: News) { perform(reader.receive(news)) }

  private func use(_ name: String) {
    do throws(SettingsError) {
      theme = try themes.theme(name)
      console.redraw()
    } catch {
      tell(.failed(error.message))
    }
  }

  private func open(_ address: String) {
    guard let browser = Browser.find() else {
      return tell(.failed("No browser found: set BROWSER to the one you use"))
    }
    guard Browser.isSafe(address) else {
      return tell(.failed("This address is not opened: only http and https are"))
    }
    if browser.isForTerminal {
      let status = console.handOver { browser.run(address) }
      if status != 0 { tell(.failed("\(browser.name) ended with status \(status)")) }
    } else if !browser.start(address, failed: { [inbox] in inbox.post(.failed($0)) }) {
      tell(.failed("\(browser.name) cannot be started"))
    }
  }

  private func copy(_ text: String) {
    let isCopied = getenv("TMUX") != nil ? copyToTmux(text) : console.copy(text)
    if !isCopied { tell(.failed("The terminal takes no text for its clipboard")) }
  }
}
