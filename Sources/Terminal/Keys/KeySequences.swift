import Display
import Stories

// The sequences that are supported: xterm's, the VT220's, rxvt's, the Linux console's, kitty's `CSI u`,
// xterm's modifyOtherKeys, and the SGR mouse.
extension KeyParser {
  private struct Modifiers: OptionSet {
    let rawValue: Int
    static let shift = Modifiers(rawValue: 1)
    static let alt = Modifiers(rawValue: 2)
    static let control = Modifiers(rawValue: 4)
    static let others = Modifiers(rawValue: 8 | 16 | 32)

    /// As sent: one more than the bits; Caps Lock and Num Lock are not held keys.
    init(sent: Int) { rawValue = max(0, sent - 1) & 63 }
    init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// Handles a complete CSI sequence; an unknown one is dropped.
  mutating func finish(_ sequence: Sequence, _ final: UInt8) {
    let numbers = Self.numbers(sequence.bytes)
    func number(_ index: Int, _ part: Int = 0, or standard: Int) -> Int {
      guard index < numbers.count, part < numbers[index].count else { return standard }
      return numbers[index][part] ?? standard
    }
    switch (sequence.prefix, final) {
    case (0x3C, 0x4D), (0x3C, 0x6D):
      takeMouse(
        code: number(0, or: 3), column: number(1, or: 1), row: number(2, or: 1),
        isRelease: final == 0x6D)
    case (nil, 0x7E):
      let modifiers = Modifiers(sent: number(1, or: 1))
      switch number(0, or: 0) {
      case 200: beginPaste()
      case 27: emitCoded(number(2, or: 0), shifted: nil, modifiers)
      case let code: emitNamed(Self.tilde(code), modifiers, event: number(1, 1, or: 1))
      }
    case (nil, 0x75):
      guard number(1, 1, or: 1) != 3 else { return }
      let shifted = number(0, 1, or: 0)
      emitCoded(
        number(0, or: 0), shifted: shifted == 0 ? nil : shifted,
        Modifiers(sent: number(1, or: 1)))
    case (nil, 0x5A): emit(.backTab)
    case (0x3F, 0x63): hasAttributes = true
    // A cursor position report; F3 comes as `ESC O R` or `CSI 13 ~`.
    case (nil, 0x52): break
    case (nil, _):
      emitNamed(
        Self.letter(final), Modifiers(sent: number(1, or: 1)), event: number(1, 1, or: 1))
    default: break
    }
  }

  /// The parameters between `;`, each with its sub-parameters between `:`; `nil` for an empty one.
  private static func numbers(_ bytes: [UInt8]) -> [[Int?]] {
    var all: [[Int?]] = [[nil]]
    for byte in bytes {
      let last = all.count - 1
      let part = all[last].count - 1
      switch byte {
      case 0x30...0x39:
        // Clamped to the largest scalar: a long row of digits must not overflow.
        all[last][part] = min((all[last][part] ?? 0) * 10 + Int(byte - 0x30), 0x11_0000)
      case 0x3A: all[last].append(nil)
      case 0x3B: all.append([nil])
      default: return []
      }
    }
    return all
  }

  /// Shift with an arrow is the arrow; with Alt and Control it is a key of its own.
  private mutating func emitNamed(_ key: Key?, _ modifiers: Modifiers, event: Int) {
    guard let key, event != 3, modifiers.isDisjoint(with: .others) else { return }
    emit(modifiers.contains(.control) ? .controlled(key) : key, alt: modifiers.contains(.alt))
  }

  private static func letter(_ final: UInt8) -> Key? {
    switch final {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    case 0x46: .end
    case 0x48: .home
    case 0x50...0x53: .function(Int(final) - 0x4F)
    default: nil
    }
  }

  private static func tilde(_ code: Int) -> Key? {
    switch code {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(code - 10)
    case 17...21: .function(code - 11)
    case 23...26: .function(code - 12)
    case 28, 29: .function(code - 13)
    case 31...34: .function(code - 14)
    default: nil
    }
  }

  /// The key after `ESC O`: arrows in application mode, F1–F4, the keypad.
  static func single(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x4D: .enter
    case 0x49: .tab
    case 0x58: .character("=")
    case 0x6A...0x6F, 0x70...0x79: .character(Character(Unicode.Scalar(byte - 0x40)))
    default: letter(byte)
    }
  }

  /// A key named by its code point, with modifiers: kitty's `CSI u` and xterm's `CSI 27`.
  private mutating func emitCoded(_ code: Int, shifted: Int?, _ modifiers: Modifiers) {
    guard modifiers.isDisjoint(with: .others) else { return }
    switch code {
    case 9: emit(modifiers.contains(.shift) ? .backTab : .tab)
    case 13, 57414: emit(.enter, alt: modifiers.contains(.alt))
    case 27: emit(.escape)
    case 8, 127: emitNamed(.backspace, modifiers, event: 1)
    case 57399...57408: emit(.character(Character(Unicode.Scalar(UInt8(code - 57399 + 0x30)))))
    case 57409...57413:
      emit(.character(Character(Unicode.Scalar([0x2E, 0x2F, 0x2A, 0x2D, 0x2B][code - 57409]))))
    case 57417...57426:
      let keys: [Key] = [
        .left, .right, .up, .down, .pageUp, .pageDown, .home, .end, .insert, .delete,
      ]
      emitNamed(keys[code - 57417], modifiers, event: 1)
    case 0xE000...0xF8FF: break
    default: emitScalar(code, shifted: shifted, modifiers)
    }
  }

  private mutating func emitScalar(_ code: Int, shifted: Int?, _ modifiers: Modifiers) {
    guard code >= 0x20, let plain = UInt32(exactly: code).flatMap(Unicode.Scalar.init),
      !SafeScalars.isUnsafe(plain)
    else { return }
    let alt = modifiers.contains(.alt)
    if modifiers.contains(.control) {
      let isASCII = plain.value < 0x80
      return emit(
        .control(isASCII ? Character(plain.properties.lowercaseMapping) : Character(plain)),
        alt: alt)
    }
    var character = Character(plain)
    if modifiers.contains(.shift) {
      let named = shifted.flatMap { UInt32(exactly: $0) }.flatMap(Unicode.Scalar.init)
      if let named, !SafeScalars.isUnsafe(named) {
        character = Character(named)
      } else if let upper = plain.properties.uppercaseMapping.first {
        character = upper
      }
    }
    emit(.character(character), alt: alt)
  }

  // MARK: - Mouse

  private mutating func takeMouse(code: Int, column: Int, row: Int, isRelease: Bool) {
    let act: Key.Mouse.Act
    // Bits 4, 8 and 16 are Shift, Alt and Control.
    switch code & ~0b1_1100 {
    case 0: act = isRelease ? .release : .press
    case 32: act = .drag
    case 64: act = .wheelUp
    case 65: act = .wheelDown
    default: return
    }
    emit(
      .mouse(
        Key.Mouse(act, column: min(max(column, 1), 65_535) - 1, row: min(max(row, 1), 65_535) - 1)))
  }

  mutating func takeOldMouse(_ bytes: [UInt8]) {
    guard bytes.count == 3, bytes.allSatisfy({ $0 >= 32 }) else { return }
    takeMouse(
      code: Int(bytes[0]) - 32, column: Int(bytes[1]) - 32, row: Int(bytes[2]) - 32,
      isRelease: false)
  }
}
