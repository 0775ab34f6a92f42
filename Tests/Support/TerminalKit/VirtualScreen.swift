import CVTerm

/// A terminal's screen without a terminal: takes the bytes a program writes.
final class VirtualScreen {
  private let terminal: OpaquePointer
  private let screen: OpaquePointer
  private let notes: UnsafeMutablePointer<Notes>
  private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>
  private let others: UnsafeMutablePointer<VTermParserCallbacks>

  private var columns: Int
  private var pending: [UInt8] = []

  /// A wide character in a screen of one column ends the whole process inside libvterm 0.1.4.
  private static func room(for columns: Int) -> CInt { CInt(max(2, columns)) }

  /// Properties that libvterm reports only when they change.
  private struct Notes {
    var isAlternate = false
    var isCursorVisible = true
    var isMouseOn = false
    var title = ""
    var links = LinkGrid()
  }

  init?(columns: Int, rows: Int) {
    self.columns = columns
    guard let terminal = vterm_new(CInt(max(1, rows)), Self.room(for: columns)),
      let screen = vterm_obtain_screen(terminal)
    else { return nil }
    self.terminal = terminal
    self.screen = screen
    notes = .allocate(capacity: 1)
    notes.initialize(to: Notes())
    callbacks = .allocate(capacity: 1)
    var all = VTermScreenCallbacks()
    all.settermprop = { property, value, user in
      guard let notes = user?.assumingMemoryBound(to: Notes.self), let value else { return 0 }
      switch property {
      case VTERM_PROP_ALTSCREEN: notes.pointee.isAlternate = value.pointee.boolean != 0
      case VTERM_PROP_CURSORVISIBLE: notes.pointee.isCursorVisible = value.pointee.boolean != 0
      case VTERM_PROP_MOUSE: notes.pointee.isMouseOn = value.pointee.number != 0
      case VTERM_PROP_TITLE:
        notes.pointee.title = value.pointee.string.map { String(cString: $0) } ?? ""
      default: break
      }
      return 1
    }
    all.damage = { rect, user in
      user?.assumingMemoryBound(to: Notes.self).pointee.links.mark(rect)
      return 1
    }
    all.moverect = { target, source, user in
      user?.assumingMemoryBound(to: Notes.self).pointee.links.move(source, to: target)
      return 1
    }
    callbacks.initialize(to: all)
    others = .allocate(capacity: 1)
    var unknown = VTermParserCallbacks()
    unknown.osc = { command, count, user in
      guard let notes = user?.assumingMemoryBound(to: Notes.self), let command else { return 0 }
      let bytes = UnsafeBufferPointer(start: command, count: count).map(UInt8.init(bitPattern:))
      return notes.pointee.links.take(String(decoding: bytes, as: UTF8.self)) ? 1 : 0
    }
    others.initialize(to: unknown)
    vterm_set_utf8(terminal, 1)
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_set_callbacks(screen, callbacks, notes)
    vterm_screen_set_unrecognised_fallbacks(screen, others, notes)
    vterm_screen_reset(screen, 1)
  }

  deinit {
    vterm_free(terminal)
    notes.deinitialize(count: 1)
    notes.deallocate()
    callbacks.deallocate()
    others.deallocate()
  }

  /// Takes output; gives what the terminal answers, such as to a question for its attributes.
  func write(_ bytes: [UInt8]) -> [UInt8] {
    let bytes = pending + bytes
    let whole = bytes[..<Self.wholeEnd(of: bytes)]
    pending = Array(bytes[whole.endIndex...])
    whole.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { chars in
        _ = vterm_input_write(terminal, chars.baseAddress, chars.count)
      }
    }
    var answer = [CChar](repeating: 0, count: 4096)
    let count = vterm_output_read(terminal, &answer, answer.count)
    return answer[..<count].map(UInt8.init(bitPattern:))
  }

  /// Where the last operating system command (OSC) begins, if its end has not come yet: libvterm
  /// 0.1.4 loses those that come in parts.
  private static func wholeEnd(of bytes: [UInt8]) -> Int {
    var open: Int?
    for index in bytes.indices where bytes[index] == 0x1B || bytes[index] == 0x07 {
      guard bytes[index] == 0x1B else {
        open = nil
        continue
      }
      let next = index + 1 < bytes.count ? bytes[index + 1] : nil
      switch next {
      case UInt8(ascii: "]"): open = open ?? index
      case UInt8(ascii: "\\"): open = nil
      case nil: return open ?? index
      default: break
      }
    }
    return open ?? bytes.count
  }

  func resize(columns: Int, rows: Int) {
    self.columns = columns
    vterm_set_size(terminal, CInt(max(1, rows)), Self.room(for: columns))
  }

  func shot() -> ScreenShot {
    var rows: CInt = 0
    var room: CInt = 0
    vterm_get_size(terminal, &rows, &room)
    var shot = ScreenShot()
    shot.cells = (0..<rows).map { row in (0..<CInt(max(1, columns))).map { cell(row, $0) } }
    var place = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(terminal), &place)
    shot.cursorRow = Int(place.row)
    shot.cursorColumn = Int(place.col)
    shot.isCursorVisible = notes.pointee.isCursorVisible
    shot.isAlternate = notes.pointee.isAlternate
    shot.isMouseOn = notes.pointee.isMouseOn
    shot.title = notes.pointee.title
    return shot
  }

  private func cell(_ row: CInt, _ column: CInt) -> ScreenShot.Cell {
    var found = VTermScreenCell()
    var cell = ScreenShot.Cell()
    guard vterm_screen_get_cell(screen, VTermPos(row: row, col: column), &found) != 0 else {
      return cell
    }
    var text = String.UnicodeScalarView()
    let chars = found.chars
    for value in [chars.0, chars.1, chars.2, chars.3, chars.4, chars.5] {
      guard value != 0, let scalar = Unicode.Scalar(value) else { break }
      text.append(scalar)
    }
    cell.text = String(text)
    cell.link = notes.pointee.links.link(Int(row), Int(column))
    cell.width = max(1, Int(found.width))
    cell.isBold = cellBold(&found) != 0
    cell.isUnderlined = cellUnderline(&found) != 0
    cell.isItalic = cellItalic(&found) != 0
    cell.isReversed = cellReverse(&found) != 0
    cell.foreground = color(found.fg, standard: 0x02)
    cell.background = color(found.bg, standard: 0x04)
    return cell
  }

  private func color(_ color: VTermColor, standard: UInt8) -> UInt32? {
    guard color.type & standard == 0 else { return nil }
    var color = color
    vterm_screen_convert_color_to_rgb(screen, &color)
    return UInt32(color.rgb.red) << 16 | UInt32(color.rgb.green) << 8 | UInt32(color.rgb.blue)
  }
}
