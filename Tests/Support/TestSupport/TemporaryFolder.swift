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

  deinit { removeTree(path) }

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
}
