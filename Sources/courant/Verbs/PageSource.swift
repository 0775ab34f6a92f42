import Files
import Intake
import Parsing
import Stories

/// A page that the command line names, and what the command line states about it.
struct PageSource: Sendable {
  var path: Path
  var address: String?
  var charset: String?

  /// The name in answers: the file's name without its ending.
  var id: String { path == standardInput ? "stdin" : path.stem.text }

  /// Reads and parses the page.
  func parse(_ rules: SiteRules) throws(Failure) -> ParsedPage {
    try reading { page throws(PageError) in try parsePage(page, rules: rules) }
  }

  /// What was read: a page, or a feed.
  enum Parsed {
    case page(ParsedPage)
    case feed(ParsedFeed)
  }

  /// Reads and parses a page or a feed, whichever it is.
  func parsePageOrFeed(_ rules: SiteRules) throws(Failure) -> Parsed {
    try reading { page throws(PageError) in
      do throws(PageError) {
        return .page(try parsePage(page, rules: rules))
      } catch {
        guard case .feed = error, let feed = try? parseFeed(page) else { throw error }
        return .feed(feed)
      }
    }
  }

  /// Reads the page and explains how the parser makes a story of it.
  func explain(_ rules: SiteRules) throws(Failure) -> String {
    try reading { page throws(PageError) in try explainPage(page, rules: rules) }
  }

  private func reading<Answer>(
    _ work: (Page) throws(PageError) -> Answer
  ) throws(Failure) -> Answer {
    guard !isWebAddress(path) else { throw Failure(fetchRefusal(path)) }
    let page: Page
    do throws(IntakeError) {
      page = try readPage(path, address: address, charset: charset)
    } catch {
      throw Failure(error.message)
    }
    do throws(PageError) {
      return try work(page)
    } catch {
      throw Failure(
        IntakeError.page(path == standardInput ? "standard input" : path, error).message)
    }
  }
}

/// Whether an argument is an address of the web and not a file.
func isWebAddress(_ path: Path) -> Bool {
  WebAddress.beginsAsWeb(path.text)
}

/// The message for an address where a page is expected.
func fetchRefusal(_ path: Path) -> String {
  "\(path.shown): this reads files and standard input; `courant add` fetches addresses"
}
