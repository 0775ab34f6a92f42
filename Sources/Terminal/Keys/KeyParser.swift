package import Display
internal import Stories

/// Turns the bytes a terminal sends into keys.
///
/// No byte of a control sequence ever comes out as a letter, since letters are commands; an unknown
/// sequence is swallowed whole; memory is bounded whatever is sent. Reading and waiting are left to
/// its owner: while `timeout` is not `nil`, a sequence is incomplete, and after that many milliseconds
/// without input `expire()` takes it as it is.
package struct KeyParser: Sendable {
  enum State: Sendable {
    case ground
    /// A UTF-8 scalar with bytes still to come; whether Alt was held.
    case scalar([UInt8], needed: Int, alt: Bool)
    case escape
    case sequence(Sequence)
    /// `ESC O`
    case single
    /// OSC, DCS, APC, PM, SOS up to its terminator. The opener is kept, for Alt with that letter
    /// looks the same.
    case string(opener: UInt8, isEmpty: Bool, escaped: Bool)
    /// The three bytes after `CSI M` of the oldest mouse protocol.
    case oldMouse([UInt8])
    /// The letter after `CSI [` of the Linux console.
    case console
    case paste
  }

  /// The parameters of a CSI sequence, capped.
  struct Sequence: Sendable {
    /// `<`, `=`, `>` or `?` after `CSI`.
    var prefix: UInt8?
    var bytes: [UInt8] = []
    var isOverlong = false
  }

  static let longestSequence = 128
  static let longestPaste = 1 << 20
  private static let pasteEnd: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

  var state = State.ground
  private var keys: [Key] = []
  private var taken = 0
  private var pasted: [UInt8] = []
  private var pasteEndMatched = 0
  /// The contents of the OSC that is being read, up to `longestAnswer`.
  private var stringBytes: [UInt8] = []
  private static let longestAnswer = 64

  /// The brightness of the terminal's background by its own answer, 0 to 1.
  package internal(set) var backgroundBrightness: Double?
  /// Whether the terminal has answered the query for its attributes (DA1).
  ///
  /// Every terminal does, so an earlier query without an answer by now will have none.
  package internal(set) var hasAttributes = false

  package init() {}

  /// Whether `next()` has a key to give.
  package var hasKeys: Bool { taken < keys.count }

  /// The next whole key, or `nil`.
  package mutating func next() -> Key? {
    guard taken < keys.count else { return nil }
    defer {
      taken += 1
      if taken == keys.count {
        keys.removeAll(keepingCapacity: keys.count < 1024)
        taken = 0
      }
    }
    return keys[taken]
  }

  /// Milliseconds without input after which `expire()` is due; `nil` when no sequence is incomplete.
  ///
  /// The Escape key alone must act at once. A slow connection may split a sequence, whose second half
  /// would then be taken for commands: it gets longer, and a paste, whose whole text would be, longest.
  package var timeout: Int? {
    switch state {
    case .ground: nil
    case .escape: 25
    case .scalar, .sequence, .single, .oldMouse, .console: 100
    case .string: 500
    case .paste: 5000
    }
  }

  /// Takes an incomplete sequence as it is.
  package mutating func expire() {
    switch state {
    case .ground: break
    case .escape: emit(.escape)
    case .single: emit(.alt(.character("O")))
    case .sequence(let sequence) where sequence.bytes.isEmpty && sequence.prefix == nil:
      emit(.alt(.character("[")))
    case .string(let opener, isEmpty: true, _):
      emit(.alt(.character(Character(Unicode.Scalar(opener)))))
    case .scalar, .sequence, .string, .oldMouse, .console: break
    case .paste: finishPaste()
    }
    state = .ground
  }

  /// Reads bytes of the terminal, in pieces of any size.
  package mutating func feed(_ bytes: some Swift.Sequence<UInt8>) {
    for byte in bytes { take(byte) }
  }

  mutating func emit(_ key: Key, alt: Bool = false) { keys.append(alt ? .alt(key) : key) }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takeGround(byte, alt: false)
    case .escape: takeEscape(byte)
    case .scalar(let bytes, let needed, let alt):
      takeScalar(byte, after: bytes, needed: needed, alt: alt)
    case .sequence(let sequence): takeSequence(byte, sequence)
    case .single:
      state = .ground
      if byte == 0x1B { state = .escape } else if let key = Self.single(byte) { emit(key) }
    case .string(let opener, _, let escaped): takeString(byte, opener: opener, escaped: escaped)
    case .oldMouse(let bytes):
      state = bytes.count < 2 ? .oldMouse(bytes + [byte]) : .ground
      if bytes.count == 2 { takeOldMouse(bytes + [byte]) }
    case .console:
      state = .ground
      if (0x41...0x45).contains(byte) { emit(.function(Int(byte) - 0x40)) }
    case .paste: takePaste(byte)
    }
  }

  // MARK: - Plain keys

  private mutating func takeGround(_ byte: UInt8, alt: Bool) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x20..<0x7F: emitCharacter(Unicode.Scalar(byte), alt: alt)
    case 0xC2...0xDF: state = .scalar([byte], needed: 2, alt: alt)
    case 0xE0...0xEF: state = .scalar([byte], needed: 3, alt: alt)
    case 0xF0...0xF4: state = .scalar([byte], needed: 4, alt: alt)
    case 0x80...0xFF: break
    default: emit(Self.control(byte), alt: alt)
    }
  }

  private mutating func emitCharacter(_ scalar: Unicode.Scalar, alt: Bool) {
    guard !SafeScalars.isUnsafe(scalar) else { return }
    emit(.character(Character(scalar)), alt: alt)
  }

  /// The key of a control byte or DEL.
  static func control(_ byte: UInt8) -> Key {
    switch byte {
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x1B: .escape
    case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
    default: .control(Character(Unicode.Scalar(byte + 0x40)))
    }
  }

  private mutating func takeScalar(_ byte: UInt8, after: [UInt8], needed: Int, alt: Bool) {
    guard (0x80..<0xC0).contains(byte) else {
      // An incomplete scalar is dropped, and this byte begins the next one.
      return takeGround(byte, alt: false)
    }
    let bytes = after + [byte]
    guard bytes.count == needed else {
      state = .scalar(bytes, needed: needed, alt: alt)
      return
    }
    state = .ground
    let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
    if let scalar = text.first, text.count == 1, scalar != "\u{FFFD}" {
      emitCharacter(scalar, alt: alt)
    }
  }

  // MARK: - After ESC

  private mutating func takeEscape(_ byte: UInt8) {
    switch byte {
    case 0x1B: emit(.escape)
    case 0x5B: state = .sequence(Sequence())
    case 0x4F: state = .single
    case 0x50, 0x58, 0x5D, 0x5E, 0x5F:
      stringBytes = []
      state = .string(opener: byte, isEmpty: true, escaped: false)
    default: takeGround(byte, alt: true)
    }
  }

  private mutating func takeSequence(_ byte: UInt8, _ old: Sequence) {
    var sequence = old
    let isFirst = sequence.bytes.isEmpty && sequence.prefix == nil
    switch byte {
    case 0x1B: state = .escape
    case 0x18, 0x1A: state = .ground
    case 0x5B where isFirst: state = .console
    case 0x4D where isFirst: state = .oldMouse([])
    case 0x3C...0x3F where isFirst:
      sequence.prefix = byte
      state = .sequence(sequence)
    // rxvt ends shifted keys by `$`, which elsewhere comes before the last byte.
    case 0x24 where sequence.prefix == nil && !isFirst:
      state = .ground
    case 0x20..<0x40:
      if sequence.bytes.count < Self.longestSequence {
        sequence.bytes.append(byte)
      } else {
        sequence.isOverlong = true
      }
      state = .sequence(sequence)
    case 0x40..<0x7F:
      state = .ground
      if !sequence.isOverlong { finish(sequence, byte) }
    default: break  // Other controls inside a sequence are ignored, and it goes on.
    }
  }

  private mutating func takeString(_ byte: UInt8, opener: UInt8, escaped: Bool) {
    switch byte {
    case 0x18, 0x1A: state = .ground
    case 0x07 where opener == 0x5D: finishString(opener)
    case 0x5C where escaped: finishString(opener)
    case 0x1B: state = .string(opener: opener, isEmpty: false, escaped: true)
    default:
      if escaped {
        // Another sequence began: the string was never ended.
        state = .escape
        takeEscape(byte)
      } else {
        if stringBytes.count < Self.longestAnswer { stringBytes.append(byte) }
        state = .string(opener: opener, isEmpty: false, escaped: false)
      }
    }
  }

  private mutating func finishString(_ opener: UInt8) {
    state = .ground
    if opener == 0x5D { takeBackgroundAnswer(stringBytes) }
  }

  // MARK: - Paste

  mutating func beginPaste() {
    pasted = []
    pasteEndMatched = 0
    state = .paste
  }

  private mutating func takePaste(_ byte: UInt8) {
    if byte == Self.pasteEnd[pasteEndMatched] {
      pasteEndMatched += 1
      if pasteEndMatched == Self.pasteEnd.count {
        finishPaste()
        state = .ground
      }
      return
    }
    // ESC is only the first byte of the end sequence, so no earlier byte can begin it again.
    keep(Self.pasteEnd[..<pasteEndMatched])
    pasteEndMatched = byte == 0x1B ? 1 : 0
    if pasteEndMatched == 0 { keep([byte]) }
  }

  private mutating func keep(_ bytes: some Swift.Sequence<UInt8>) {
    for byte in bytes where pasted.count < Self.longestPaste { pasted.append(byte) }
  }

  private mutating func finishPaste() {
    var text = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in String(decoding: pasted, as: UTF8.self).unicodeScalars {
      if scalar == "\r" || (scalar == "\n" && !wasReturn) {
        text.append("\n")
      } else if scalar == "\t" || !SafeScalars.isUnsafe(scalar) {
        text.append(scalar)
      }
      wasReturn = scalar == "\r"
    }
    pasted = []
    emit(.paste(String(text)))
  }
}
