import Files
import Glibc
import Parsing

/// One page that the command line names, and what is known of it from outside.
struct PageSource: Sendable {
  var path: Path
  var address: String?
  var charset: String?
  /// Where the story comes from, for pages that do not say it.
  var source: String?

  /// The name in answers: the file's name without its ending.
  var id: String { path == "-" ? "stdin" : path.stem.text }

  var shown: String { path == "-" ? "standard input" : path.shown }

  /// Reads and parses the page.
  func parse() throws(Failure) -> ParsedPage { try parse(try read()) }

  /// The page's bytes and what is known of them; `-` is standard input.
  func read() throws(Failure) -> Page {
    do throws(FileError) {
      let isInput = path == "-"
      let bytes =
        isInput
        ? try readBytes(from: 0, name: "standard input") : try readFile(path, followLinks: true)
      return Page(
        bytes: bytes, address: address, charset: charset, name: isInput ? nil : path.name.text)
    } catch {
      throw Failure(error.message)
    }
  }

  func parse(_ page: Page) throws(Failure) -> ParsedPage {
    do throws(PageError) {
      return try parsePage(page)
    } catch {
      throw Failure("\(shown): \(error.words)")
    }
  }
}

extension PageError {
  /// The error in words, without the file's name.
  var words: String {
    switch self {
    case .empty: "the page is empty"
    case .binary(let kind): "this is \(kind), not a page"
    case .tooLarge(let limit): "the page is larger than \(limit >> 20) MB"
    case .noStory(let reason): "no story here: \(reason)"
    }
  }
}

/// Whether an argument is an address of the web and not a file.
func isWebAddress(_ path: Path) -> Bool {
  let start = String(decoding: path.bytes.prefix(8), as: UTF8.self).lowercased()
  return start.hasPrefix("http://") || start.hasPrefix("https://")
}

/// What is said of an address where a page is wanted.
func fetchRefusal(_ path: Path) -> String {
  "\(path.shown): this version does not fetch pages; save the page and name its file"
}
