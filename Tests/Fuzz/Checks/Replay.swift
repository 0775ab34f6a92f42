import Glibc
package import Parsing

/// Crashes with the violated invariants of an input, so that the fuzzer records it as a finding.
package func checkInput(_ bytes: [UInt8], format: Page.Format) {
  let violations = violatedInvariants(of: FuzzInput(bytes, format: format))
  if !violations.isEmpty { fatalError(violations.joined(separator: "\n")) }
}

/// Checks files one by one, printing their names, to reproduce a finding without the fuzzer.
package func checkFiles(_ paths: some Sequence<String>, format: Page.Format) {
  checkFiles(paths) { checkInput($0, format: format) }
}

func checkFiles(_ paths: some Sequence<String>, _ check: ([UInt8]) -> Void) {
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
    check(bytes)
  }
}
