import Glibc

/// Finds the pages below a folder.
///
/// Files come in the order of their names, folders in their place among them. Links, devices and
/// hidden files are left out, and so are the folders of parts that browsers save beside a page
/// (`Story_files` beside `Story.html`): what is in them are scripts and the frames of ads.
package struct FileWalker {
  /// The pages found, in order.
  package private(set) var pages: [Path] = []
  /// Folders that could not be read.
  package private(set) var problems: [FileError] = []

  /// Walks the folder, however deep it is.
  package init(under folder: Path) {
    var waiting = [Entry(path: folder, isFolder: true)]
    while let entry = waiting.popLast() {
      guard entry.isFolder else {
        if Self.isPage(entry.path) { pages.append(entry.path) }
        continue
      }
      do throws(FileError) {
        waiting.append(contentsOf: try Self.entries(of: entry.path).reversed())
      } catch {
        problems.append(error)
      }
    }
  }

  private struct Entry {
    var path: Path
    var isFolder: Bool
  }

  private static let pageEndings: Set<String> = [
    "html", "htm", "xhtml", "xht", "mhtml", "mht", "txt", "text", "md", "markdown",
  ]

  /// Whether a file found in a folder is taken for a page: by its ending, or by looking like text.
  private static func isPage(_ path: Path) -> Bool {
    let ending = path.ending
    if !ending.isEmpty { return pageEndings.contains(ending) }
    guard let start = try? readStart(of: path, count: 1024), !start.isEmpty else { return false }
    return looksLikeText(start)
  }

  /// Whether bytes are text in UTF-8 or an encoding of one byte a letter: hardly any controls.
  static func looksLikeText(_ bytes: [UInt8]) -> Bool {
    let controls = bytes.count { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 12 && $0 != 13 }
    return !bytes.contains(0) && controls * 50 <= bytes.count
  }

  private static func entries(of folder: Path) throws(FileError) -> [Entry] {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    let descriptor = folder.withCString { open($0, flags) }
    guard descriptor >= 0 else { throw FileError(code: errno, path: folder) }
    guard let stream = fdopendir(descriptor) else {
      let code = errno
      close(descriptor)
      throw FileError(code: code, path: folder)
    }
    defer { closedir(stream) }
    var found: [Entry] = []
    while let entry = readdir(stream) {
      let name = name(of: entry)
      guard let first = name.bytes.first, first != UInt8(ascii: ".") else { continue }
      let path = folder.appending(name)
      switch try? fileKind(path) {
      case .file: found.append(Entry(path: path, isFolder: false))
      case .folder: found.append(Entry(path: path, isFolder: true))
      case .link, .special, nil: continue
      }
    }
    let partFolders = Self.partFolders(found)
    return found.filter { !($0.isFolder && partFolders.contains($0.path)) }
      .sorted { $0.path < $1.path }
  }

  /// The names that folders of parts would have beside the pages found.
  private static func partFolders(_ entries: [Entry]) -> Set<Path> {
    var names: Set<Path> = []
    for entry in entries where !entry.isFolder {
      guard ["html", "htm", "xhtml"].contains(entry.path.ending) else { continue }
      let stem = entry.path.folder.appending(entry.path.stem)
      for suffix in ["_files", ".files", "_Files"] { names.insert(stem.adding(suffix: suffix)) }
    }
    return names
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> Path {
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let start = UnsafeRawPointer(entry).advanced(by: offset)
    return Path(bytes: bytes(of: start.assumingMemoryBound(to: CChar.self)))
  }
}
