internal import CCurl

/// Undoes the encodings that a response head names (`Content-Encoding`), and those that it does not name
/// or names wrongly.
///
/// Servers label plain text as gzip, compress twice and say so once, and leave out the head of deflate.
/// So each stage looks at the first bytes before it believes its label: the marks of gzip and zlib are
/// followed wherever they stand, and text is taken as text. What goes on behind the end of a stream is
/// left out, unless it is another stream of gzip.
struct ContentDecoder {
  enum Outcome: Equatable {
    case fine
    /// There is more than the limit; so much was taken.
    case full
    /// The bytes are not in the encoding of that name.
    case broken(String)
  }

  private enum Label {
    case gzip, deflate
    /// Brotli and others that were not asked for.
    case unknown(String)
    /// The end of the chain: plain, or gzip that is not labelled.
    case unlabelled

    var name: String {
      switch self {
      case .gzip, .unlabelled: "gzip"
      case .deflate: "deflate"
      case .unknown(let name): name
      }
    }
  }

  private enum Mode {
    /// Too few bytes came to tell.
    case undecided([UInt8])
    case plain
    case inflating(Inflater)
    /// The stream has ended; further bytes are left out, unless they begin another one.
    case ended(Inflater)
  }

  private struct Stage {
    let label: Label
    var mode = Mode.undecided([])
  }

  private var stages: [Stage]
  private let limit: Int

  /// A head may name more, but nobody compresses a text four times to save space.
  private static let stageLimit = 4
  /// Bytes that are enough to tell text from anything else.
  private static let sample = 16

  /// A decoder for the values of `Content-Encoding`; `limit` is in bytes after decompression.
  ///
  /// `nil` where too many are named.
  init?(encodings: [String], limit: Int) {
    let names = encodings.flatMap { $0.lowercased().split(separator: ",") }
      .map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty && $0 != "identity" }
    guard names.count < Self.stageLimit else { return nil }
    stages =
      names.reversed().map { name in
        switch name {
        case "gzip", "x-gzip": Stage(label: .gzip)
        case "deflate": Stage(label: .deflate)
        default: Stage(label: .unknown(SafeText.reason(name)))
        }
      } + [Stage(label: .unlabelled)]
    self.limit = limit
  }

  /// Decodes a piece of the body and appends it.
  mutating func decode(_ bytes: UnsafeRawBufferPointer, into body: inout [UInt8]) -> Outcome {
    unsafe feed(0, bytes, into: &body)
  }

  /// Takes the end of the body in; whether every stream that had begun has ended.
  mutating func finish(into body: inout [UInt8]) -> (outcome: Outcome, isWhole: Bool) {
    var isWhole = true
    var index = 0
    while index < stages.count {
      if case .undecided(let head) = stages[index].mode, !head.isEmpty {
        let outcome = decide(index, head, into: &body)
        guard outcome == .fine else { return (outcome, false) }
      }
      if case .inflating = stages[index].mode { isWhole = false }
      index += 1
    }
    return (.fine, isWhole)
  }

  // MARK: - Stages

  private mutating func feed(
    _ index: Int, _ bytes: UnsafeRawBufferPointer, into body: inout [UInt8]
  ) -> Outcome {
    guard bytes.count > 0 else { return .fine }
    guard index < stages.count else { return unsafe append(bytes, to: &body) }
    switch stages[index].mode {
    case .undecided(var head):
      unsafe head.append(contentsOf: bytes)
      guard head.count >= Self.sample else {
        stages[index].mode = .undecided(head)
        return .fine
      }
      stages[index].mode = .undecided([])
      return decide(index, head, into: &body)
    case .plain: return unsafe feed(index + 1, bytes, into: &body)
    case .inflating(let inflater): return unsafe inflate(index, inflater, bytes, into: &body)
    case .ended(let inflater):
      guard unsafe bytes.starts(with: [0x1F, 0x8B]) else { return .fine }
      inflater.reset()
      stages[index].mode = .inflating(inflater)
      return unsafe inflate(index, inflater, bytes, into: &body)
    }
  }

  private func append(_ bytes: UnsafeRawBufferPointer, to body: inout [UInt8]) -> Outcome {
    let room = limit - body.count
    let needed = body.count + min(room, bytes.count)
    if needed > body.capacity {
      // Doubled as an array does by itself, but never beyond the limit.
      body.reserveCapacity(max(needed, min(limit, 2 * body.capacity)))
    }
    unsafe body.append(contentsOf: bytes.prefix(room))
    return bytes.count > room ? .full : .fine
  }

  /// Decides by the first bytes what a stage does, and gives it these bytes.
  private mutating func decide(
    _ index: Int, _ head: [UInt8], into body: inout [UInt8]
  ) -> Outcome {
    let label = stages[index].label
    guard let form = Self.form(label, head) else { return .broken(label.name) }
    switch form {
    case .plain: stages[index].mode = .plain
    case .compressed(let form):
      guard stages.count <= Self.stageLimit, let inflater = Inflater(form) else {
        return .broken(label.name)
      }
      stages[index].mode = .inflating(inflater)
      // What is inside of a stream that nobody named may be one more.
      if case .unlabelled = label { stages.append(Stage(label: .unlabelled)) }
    }
    return unsafe head.withUnsafeBytes { unsafe feed(index, $0, into: &body) }
  }

  private enum Form {
    case plain
    case compressed(courant_inflate_form)
  }

  /// What the first bytes of a stage are; `nil` for what cannot be read.
  private static func form(_ label: Label, _ head: [UInt8]) -> Form? {
    if head.starts(with: [0x1F, 0x8B, 0x08]) { return .compressed(COURANT_GZIP_OR_ZLIB) }
    if case .unlabelled = label { return .plain }
    if looksLikeText(head) { return .plain }
    if case .unknown = label { return nil }
    // The head of zlib: method 8, and a number that 31 divides (RFC 1950).
    let isZlib =
      head.count > 1 && head[0] & 0x0F == 8 && (Int(head[0]) << 8 | Int(head[1])) % 31 == 0
    if isZlib { return .compressed(COURANT_GZIP_OR_ZLIB) }
    if case .deflate = label { return .compressed(COURANT_RAW_DEFLATE) }
    return nil
  }

  /// Whether bytes are the beginning of a text: a byte order mark, or nothing but ASCII without controls.
  private static func looksLikeText(_ head: [UInt8]) -> Bool {
    let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]]
    if marks.contains(where: head.starts(with:)) { return true }
    return head.prefix(sample).allSatisfy { byte in
      (0x20...0x7E).contains(byte) || (0x09...0x0D).contains(byte)
    }
  }

  // MARK: - Streams

  private mutating func inflate(
    _ index: Int, _ inflater: Inflater, _ bytes: UnsafeRawBufferPointer,
    into body: inout [UInt8]
  ) -> Outcome {
    var rest = unsafe bytes
    while true {
      let step = unsafe inflater.step(&rest)
      let outcome = unsafe inflater.room.prefix(step.produced).withUnsafeBytes { piece in
        unsafe feed(index + 1, piece, into: &body)
      }
      guard outcome == .fine else { return outcome }
      switch step.state {
      case COURANT_INFLATE_END:
        guard unsafe rest.starts(with: [0x1F, 0x8B]) else {
          stages[index].mode = .ended(inflater)
          return .fine
        }
        inflater.reset()
      case COURANT_INFLATE_MORE:
        // With room left, all that could be made of the input was made.
        if step.produced < inflater.room.count { return .fine }
      default: return .broken(stages[index].label.name)
      }
    }
  }
}

/// One stream of zlib and the room for what it produces.
@safe private final class Inflater {
  private let stream: UnsafeMutableRawPointer
  private(set) var room = [UInt8](repeating: 0, count: 32_768)

  init?(_ form: courant_inflate_form) {
    guard let stream = unsafe courant_inflate_create(form) else { return nil }
    unsafe self.stream = unsafe stream
  }

  deinit { unsafe courant_inflate_free(stream) }

  func reset() { unsafe courant_inflate_reset(stream) }

  /// Decompresses into `room`, and takes from `bytes` what was read.
  func step(
    _ bytes: inout UnsafeRawBufferPointer
  ) -> (state: courant_inflate_state, produced: Int) {
    guard let start = bytes.baseAddress else { return (COURANT_INFLATE_MORE, 0) }
    var consumed = 0
    var produced = 0
    let count = bytes.count
    let state = unsafe room.withUnsafeMutableBytes { room -> courant_inflate_state in
      guard let target = room.baseAddress else { return COURANT_INFLATE_BROKEN }
      return unsafe courant_inflate(
        stream, start, count, &consumed, target, room.count, &produced)
    }
    unsafe bytes = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
    return (state, produced)
  }
}
