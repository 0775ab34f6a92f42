import Glibc

/// Finds the pages below a folder.
///
/// Pages come in the order of their names, folders in their place among them. Links, devices, pipes,
/// sockets and hidden files are left out, and so are the folders of parts that browsers save beside a
/// page (`Story_files` beside `Story.html`), which hold scripts and the frames of ads.
///
/// The walk keeps a list of what is yet to be read and no recursion, and has one folder open at a
/// time, so that neither the stack nor the limit of descriptors bounds it.
package struct FileWalker {
  /// The pages found, in order.
  package private(set) var pages: [Path] = []
  /// Folders that could not be read, or nest too deep.
  package private(set) var problems: [FileError] = []

  /// How many folders may nest below the one that is walked, and how many bytes a path may have.
  ///
  /// To open a folder takes time in proportion to both, so a walk without limits could last for hours.
  package static let mostLevels = 4096
  /// The longest path that is walked, in bytes.
  package static let mostBytes = 64 << 10

  /// Walks the folder, until `isCancelled` says otherwise: it is asked before each folder.
  package init(under folder: Path, isCancelled: () -> Bool = { false }) {
    var waiting = [Entry(path: folder, level: 0)]
    while let entry = waiting.popLast() {
      guard let level = entry.level else {
        if Self.isPage(entry.path) { pages.append(entry.path) }
        continue
      }
      guard !isCancelled() else { return }
      do throws(FileError) {
        guard level <= Self.mostLevels, entry.path.bytes.count <= Self.mostBytes else {
          throw .tooDeep(entry.path)
        }
        waiting.append(contentsOf: try Self.entries(of: entry.path, level: level).reversed())
      } catch {
        problems.append(error)
      }
    }
  }

  private struct Entry {
    var path: Path
    /// How deep a folder lies; `nil` for a file.
    var level: Int?
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

  // MARK: - One folder

  /// The files and folders in a folder, in the order of their names.
  private static func entries(of folder: Path, level: Int) throws(FileError) -> [Entry] {
    let names = try names(in: folder)
    let partFolders = partFolders(of: names.files)
    let files = names.files.map { (name: $0, level: Int?.none) }
    let folders = names.folders.filter { !partFolders.contains($0) }
      .map { (name: $0, level: Int?.some(level + 1)) }
    return (files + folders).sorted { $0.name < $1.name }
      .map { Entry(path: folder.appending($0.name), level: $0.level) }
  }

  private static func names(in folder: Path) throws(FileError) -> (files: [Path], folders: [Path]) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    let descriptor = folder.withSystemCall { openat($0, $1, flags) }
    guard descriptor >= 0 else { throw FileError(code: errno, path: folder) }
    guard let stream = fdopendir(descriptor) else {
      let code = errno
      close(descriptor)
      throw FileError(code: code, path: folder)
    }
    defer { closedir(stream) }
    var files: [Path] = []
    var folders: [Path] = []
    while let entry = readdir(stream) {
      let name = name(of: entry)
      guard let first = name.bytes.first, first != UInt8(ascii: ".") else { continue }
      var facts = stat()
      let result = name.withCString { fstatat(descriptor, $0, &facts, AT_SYMLINK_NOFOLLOW) }
      guard result == 0 else { continue }
      switch FileKind(facts) {
      case .file: files.append(name)
      case .folder: folders.append(name)
      case .link, .special: continue
      }
    }
    return (files, folders)
  }

  /// The names that folders of parts would have beside the pages among some files.
  private static func partFolders(of files: [Path]) -> Set<Path> {
    var names: Set<Path> = []
    for file in files where ["html", "htm", "xhtml"].contains(file.ending) {
      for suffix in ["_files", ".files", "_Files"] {
        names.insert(file.stem.adding(suffix: suffix))
      }
    }
    return names
  }

  fileprivate static func name(of entry: UnsafeMutablePointer<dirent>) -> Path {
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let start = UnsafeRawPointer(entry).advanced(by: offset)
    return Path(bytes: bytes(of: start.assumingMemoryBound(to: CChar.self)))
  }
}

/// The names of what is in a folder, without `.` and `..`, in no order; none where it cannot be read.
package func fileNames(in folder: Path) -> [Path] {
  let descriptor = folder.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  guard descriptor >= 0 else { return [] }
  guard let stream = fdopendir(descriptor) else {
    close(descriptor)
    return []
  }
  defer { closedir(stream) }
  var names: [Path] = []
  while let entry = readdir(stream) { names.append(FileWalker.name(of: entry)) }
  return names.filter { $0 != "." && $0 != ".." }
}
