import Glibc

extension Path {
  /// Runs a system call of the `…at` family on the path: `call` gets a folder's descriptor and a path
  /// that holds from there.
  ///
  /// The system takes paths of less than `PATH_MAX` bytes, and folders nest deeper than that. A longer
  /// path is walked in pieces, each opened from the one before, with one descriptor open at a time.
  /// Gives what `call` gave, or -1 with `errno` set where a piece could not be opened.
  package func withSystemCall(
    _ call: (_ folder: Int32, _ path: UnsafePointer<CChar>) -> Int32
  ) -> Int32 {
    var folder = AT_FDCWD
    var rest = bytes[...]
    while rest.count >= Int(PATH_MAX) {
      let next = Self.openPiece(of: &rest, from: folder)
      let code = errno
      if folder != AT_FDCWD { close(folder) }
      errno = code
      guard next >= 0 else { return -1 }
      folder = next
    }
    defer {
      let code = errno
      if folder != AT_FDCWD { close(folder) }
      errno = code
    }
    return Path(bytes: Array(rest)).withCString { call(folder, $0) }
  }

  /// Where the path leads if its last component is a symbolic link, also where nothing stands there.
  ///
  /// The path itself if that is no link, or one of more than 40 links, which the system would not
  /// follow either (path_resolution(7)).
  package var followingLinks: Path {
    var path = self
    for _ in 0...40 {
      guard let target = path.linkTarget else { return path }
      path = target.isAbsolute ? target : path.folder.appending(target)
    }
    return self
  }

  private var linkTarget: Path? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = bytes.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        return withCString { readlink($0, start, buffer.count) }
      }
    }
    return count > 0 ? Path(bytes: Array(bytes[..<count])) : nil
  }

  /// Opens the folder that the longest possible beginning of a path leads to, and takes that beginning
  /// off; -1 with `errno` set on failure.
  private static func openPiece(of rest: inout ArraySlice<UInt8>, from folder: Int32) -> Int32 {
    let slash = UInt8(ascii: "/")
    let start = rest.prefix(Int(PATH_MAX) - 1)
    guard let cut = start.lastIndex(of: slash), cut > start.startIndex else {
      errno = ENAMETOOLONG
      return -1
    }
    let piece = Path(bytes: Array(rest[..<cut]))
    rest = rest[cut...].drop { $0 == slash }
    return piece.withCString { openat(folder, $0, openPathOnly | O_DIRECTORY | O_CLOEXEC) }
  }
}

/// `O_PATH`, which Glibc's module leaves out.
///
/// A folder on the way to a file need not be one that may be read. The number is the same on x86-64
/// and ARM.
private let openPathOnly: Int32 = 0o10_000_000
