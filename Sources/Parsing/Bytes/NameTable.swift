/// A table from names to small numbers, made once, asked for every tag of a page.
struct NameTable: Sendable {
  private struct Slot {
    var hash: UInt32 = 0
    /// Where the name begins in `names`.
    var start: UInt16 = 0
    /// 0 in a free slot.
    var length: UInt8 = 0
    var value: UInt8 = 0
  }

  /// Open addressing, at most a quarter full.
  private var slots: [Slot]
  /// All names, one after another, so that a look-up follows no references.
  private var names: [UInt8] = []
  private let mask: Int

  /// Longer names are in no table.
  private static let longest = 24

  init(_ entries: [(String, UInt8)]) {
    var size = 64
    while size < entries.count * 4 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    mask = size - 1
    for (name, value) in entries {
      let bytes = Array(name.utf8)
      precondition((1...Self.longest).contains(bytes.count), "a name that is never found")
      let hash = Self.hash(bytes.span)
      var place = Int(hash) & mask
      while slots[place].length > 0 { place = (place + 1) & mask }
      slots[place] = Slot(
        hash: hash, start: UInt16(names.count), length: UInt8(bytes.count), value: value)
      names += bytes
    }
  }

  /// FNV-1a; names are capped by the caller, so that a page cannot make this long.
  @inline(__always) static func hash(_ bytes: Span<UInt8>) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for index in bytes.indices { hash = (hash ^ UInt32(bytes[index])) &* 16_777_619 }
    return hash ^ (hash >> 15)
  }

  /// The number of a name in lower case.
  func find(_ name: Span<UInt8>) -> UInt8? {
    guard name.count <= Self.longest else { return nil }
    let hash = Self.hash(name)
    var place = Int(hash) & mask
    while slots[place].length > 0 {
      let slot = slots[place]
      if slot.hash == hash, Int(slot.length) == name.count, holds(name, at: Int(slot.start)) {
        return slot.value
      }
      place = (place + 1) & mask
    }
    return nil
  }

  private func holds(_ name: Span<UInt8>, at start: Int) -> Bool {
    for offset in 0..<name.count where names[start + offset] != name[offset] { return false }
    return true
  }
}
