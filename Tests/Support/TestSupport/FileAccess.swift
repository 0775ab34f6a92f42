import Glibc

/// The whole of a file, or `nil` if it cannot be read.
package func readFile(_ path: String) -> [UInt8]? {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return nil }
  defer { close(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(file, &buffer, buffer.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { return nil }
    guard count > 0 else { return bytes }
    bytes.append(contentsOf: buffer[..<count])
  }
}

/// Replaces a file's content; `false` if that fails.
package func writeFile(_ path: String, _ bytes: [UInt8]) -> Bool {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard file >= 0 else { return false }
  defer { close(file) }
  var start = 0
  while start < bytes.count {
    let count = bytes.withUnsafeBytes { whole in
      write(file, whole.baseAddress.map { $0 + start }, whole.count - start)
    }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    start += count
  }
  return true
}

/// Makes a folder and those above it.
package func makeFolders(_ path: String) {
  var made = ""
  for part in path.split(separator: "/") {
    made += "/" + part
    mkdir(made, 0o755)
  }
}

/// The path without its last part.
package func folderOf(_ path: String) -> String {
  path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
}

/// The package's own folder, seen from a file three levels down (`Tests/NAME/FILE.swift`).
package func packageFolder(filePath: String = #filePath) -> String {
  folderOf(folderOf(folderOf(filePath)))
}

/// The folder that the build put the programs in: that of the running test program.
package func productsFolder() -> String {
  var buffer = [CChar](repeating: 0, count: 4096)
  let count = readlink("/proc/self/exe", &buffer, buffer.count)
  let path = buffer[..<max(0, count)].map(UInt8.init(bitPattern:))
  return folderOf(String(decoding: path, as: UTF8.self))
}

/// The paths of all files below a folder, from the folder on, in order.
package func filesBelow(_ path: String) -> [String] {
  var found: [String] = []
  for name in names(in: path) {
    let inner = filesBelow(path + "/" + name)
    if inner.isEmpty, readFile(path + "/" + name) != nil { found.append(name) }
    found += inner.map { name + "/" + $0 }
  }
  return found.sorted()
}

/// The names of what stands in a folder.
package func names(in path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

func removeTree(_ path: String) {
  for name in names(in: path) {
    var status = stat()
    let child = path + "/" + name
    guard lstat(child, &status) == 0 else { continue }
    if status.st_mode & S_IFMT == S_IFDIR {
      chmod(child, 0o755)
      removeTree(child)
    } else {
      unlink(child)
    }
  }
  rmdir(path)
}
