import Glibc

/// A folder of its own for one test, removed with everything in it when the value goes.
package final class TemporaryFolder {
  /// Absolute, without a slash at its end.
  package let path: String

  package init() {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/courant-test-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("mkdtemp in \(base): errno \(errno)") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    removeTree(path)
    // What nests deeper than a path may be long is beyond that.
    if access(path, F_OK) == 0 { removeByProgram(path) }
  }

  /// The path of a name in the folder; the file need not exist.
  package subscript(_ name: String) -> String { path + "/" + name }

  /// What stands in it.
  package var names: [String] { TestSupport.names(in: path) }

  /// Writes a file, making the folders it needs, and gives its path.
  @discardableResult
  package func write(_ text: String, to name: String) -> String {
    write(Array(text.utf8), to: name)
  }

  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) -> String {
    let target = self[name]
    makeFolders(folderOf(target))
    guard writeFile(target, bytes) else { fatalError("cannot write \(target): errno \(errno)") }
    return target
  }

  /// Makes a folder inside and gives its path.
  @discardableResult
  package func makeFolder(_ name: String) -> String {
    makeFolders(self[name])
    return self[name]
  }

  /// Writes a page below so many folders of one name, each in the one before, and gives its path, which
  /// may be longer than the system takes.
  @discardableResult
  package func writeDeep(_ text: String, levels: Int, named name: String) -> String {
    var folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    for _ in 0..<levels {
      mkdirat(folder, name, 0o755)
      let next = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      close(folder)
      folder = next
    }
    let file = openat(folder, "page.html", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0, Glibc.write(file, text, text.utf8.count) == text.utf8.count else {
      fatalError("cannot write below \(levels) folders: errno \(errno)")
    }
    close(file)
    close(folder)
    return self[String(repeating: name + "/", count: levels) + "page.html"]
  }
}

private func removeByProgram(_ path: String) {
  var words: [UnsafeMutablePointer<CChar>?] = []
  for word: String in ["rm", "-rf", path] { words.append(strdup(word)) }
  words.append(nil)
  defer { for word in words { free(word) } }
  var process: pid_t = 0
  guard posix_spawn(&process, "/bin/rm", nil, nil, &words, nil) == 0 else { return }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
}
