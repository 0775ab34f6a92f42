/// Maps every Unicode scalar to a byte: a flat table for the Basic Multilingual Plane, run lengths
/// with binary search above it.
///
/// It is made before the first frame, so it is filled run by run rather than scalar by scalar.
struct ScalarTable: Sendable {
  private var plane: [UInt8] = []
  private var starts: [UInt32] = []
  private var values: [UInt8] = []

  /// Reads runs in order from U+0000, without gaps; the last one goes on to the end.
  ///
  /// Each is an ASCII letter and a length in hexadecimal with small letters; what it stands for is
  /// the place that the letter has in `letters`.
  init(runs: String, letters: String) {
    var meanings = [UInt8](repeating: 0, count: 128)
    for (index, letter) in letters.utf8.enumerated() {
      meanings[Int(letter)] = UInt8(truncatingIfNeeded: index)
    }
    plane.reserveCapacity(0x1_0000)
    var at: UInt32 = 0
    var length: UInt32 = 0
    var value: UInt8 = 0
    for byte in Array(runs.utf8) {
      switch byte {
      case 0x30...0x39: length = length << 4 | UInt32(byte &- 0x30)
      case 0x61...0x66: length = length << 4 | UInt32(byte &- 0x57)
      default:
        add(value, from: at, count: length)
        at += length
        length = 0
        value = meanings[Int(byte & 0x7F)]
      }
    }
    add(value, from: at, count: 0x11_0000 - at)
  }

  private mutating func add(_ value: UInt8, from start: UInt32, count: UInt32) {
    guard count > 0 else { return }
    plane += repeatElement(value, count: min(0x1_0000 - plane.count, Int(count)))
    if start + count > 0x1_0000 {
      starts.append(start)
      values.append(value)
    }
  }

  /// Gives a scalar of the first plane another number.
  mutating func set(_ scalar: Int, to value: UInt8) { plane[scalar] = value }

  @inline(__always)
  subscript(_ scalar: UInt32) -> UInt8 { scalar < 0x1_0000 ? plane[Int(scalar)] : high(scalar) }

  private func high(_ scalar: UInt32) -> UInt8 {
    let next = starts.partitioningIndex { $0 > scalar }
    return next > 0 ? values[next - 1] : 0
  }
}
