package import Files
package import Parsing
internal import Storage
package import Threads

/// The path that means standard input.
package let standardInput: Path = "-"

/// Reads a page from a file, or from standard input for `-`.
///
/// Links, devices, pipes, sockets, folders, empty files and files of more than 64 MB are refused, each
/// with a reason in words. Nothing but standard input is waited for.
package func readPage(
  _ path: Path, address: String? = nil, charset: String? = nil
) throws(IntakeError) -> Page {
  let isInput = path == standardInput
  let bytes: [UInt8]
  do throws(FileError) {
    bytes =
      isInput ? try readBytes(from: 0, name: "standard input") : try readFile(path)
  } catch {
    throw .file(error)
  }
  guard !bytes.isEmpty else { throw .empty(isInput ? "standard input" : path) }
  return Page(
    bytes: bytes, address: address, charset: charset, name: isInput ? nil : path.name.text)
}

/// The files that the paths name: folders stand for the pages in them, anything else for itself.
///
/// What cannot be read is reported beside them, and is no reason to leave out the rest. A walk through
/// a large folder ends early once it is cancelled.
package func pageFiles(
  _ paths: [Path], _ cancellation: Cancellation = Cancellation()
) -> (files: [Path], problems: [IntakeError]) {
  var files: [Path] = []
  var problems: [IntakeError] = []
  for path in paths {
    guard path != standardInput, case .folder = try? fileKind(path) else {
      files.append(path)
      continue
    }
    let walker = FileWalker(under: path) { cancellation.isCancelled }
    problems += walker.problems.map(IntakeError.file)
    if walker.pages.isEmpty, walker.problems.isEmpty { problems.append(.noPages(path)) }
    files += walker.pages
  }
  return (files, problems)
}

extension Page {
  /// The page as the library stores it.
  var original: Original {
    Original(
      bytes: bytes, address: address, name: name, charset: charset, format: format?.rawValue)
  }

  /// The page that the library stored.
  init(_ original: Original) {
    self.init(
      bytes: original.bytes, address: original.address, charset: original.charset,
      name: original.name, format: original.format.flatMap(Page.Format.init(rawValue:)))
  }
}
