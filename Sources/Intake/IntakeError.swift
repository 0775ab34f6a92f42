package import Files
package import Parsing
package import Storage

/// Why a page was not imported, with the sentence that the user sees.
package enum IntakeError: Error, Equatable {
  /// The file could not be read.
  case file(FileError)
  /// The file has no bytes.
  case empty(Path)
  /// A folder in which, and below which, there is no page.
  case noPages(Path)
  /// The bytes hold no story.
  case page(Path, PageError)
  /// A story of which no page is kept, so that it cannot be read again.
  case noOriginal(StoryID)
  /// The library could not store it.
  case library(StorageError)
  /// The import was cancelled before its turn came.
  case cancelled

  /// A sentence that names the file, without a full stop.
  package var message: String {
    switch self {
    case .file(let error): error.message
    case .empty(let path): "\(path.shown): the file is empty"
    case .noPages(let path):
      "\(path.shown): there are no pages in this folder (files that end in .html, .htm, .txt or .md)"
    case .page(let path, let error): "\(path.shown): \(Self.reason(error))"
    case .noOriginal(let id): "story \(id): no page of it is kept to be read again"
    case .library(let error): error.message
    case .cancelled: "the import was cancelled"
    }
  }

  /// The sentence without the name of a page in front.
  package var reason: String {
    if case .page(_, let error) = self { return Self.reason(error) }
    return message
  }

  private static func reason(_ error: PageError) -> String {
    switch error {
    case .empty: "the file is empty"
    case .binary(let what): "it is no page but \(what)"
    case .tooLarge(let limit): "it is larger than \(limit >> 20) MB"
    case .noStory(let reason): reason.isEmpty ? "no story was found in it" : reason
    case .feed(let format):
      "it is a feed (\(format)); `courant add` with its address subscribes to it, and "
        + "`courant parse` prints its entries"
    case .feedList: "it is a list of feeds (OPML); `courant opml import` subscribes to them"
    case .noLibrary(let reason):
      "the HTML parser cannot be loaded (\(reason)); install the package libxml2"
    }
  }
}
