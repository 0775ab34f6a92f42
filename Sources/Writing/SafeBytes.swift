import Stories

/// Collects text for files and pipes as UTF-8, without what is unsafe there (`SafeScalars`).
struct SafeBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ text: some StringProtocol) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    SafeScalars.clean(&bytes, from: start, for: .file)
  }
}
