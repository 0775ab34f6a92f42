import Glibc
package import Parsing

/// Stops the program with the reasons where an input breaks a promise: what a fuzzer takes for a find.
package func tryInput(_ bytes: [UInt8], format: Page.Format) {
  let broken = brokenPromises(of: FuzzInput(bytes, format: format))
  if !broken.isEmpty { fatalError(broken.joined(separator: "\n")) }
}

/// Tries files one by one, naming each, so that a find can be looked at without the fuzzer.
package func tryFiles(_ paths: some Sequence<String>, format: Page.Format) {
  for path in paths {
    print(path)
    fflush(nil)
    guard let file = fopen(path, "rb") else { continue }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    tryInput(bytes, format: format)
  }
}
