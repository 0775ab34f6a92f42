import CPCRE2
import Glibc

/// A compiled PCRE2 regular expression for folded text.
///
/// Size, match steps, match length and time are limited, so that no pattern can block the program.
final class Expression: @unchecked Sendable {
  // Unchecked: compiled code is immutable, and every match has its own match data.
  private let code: OpaquePointer

  /// Maximum size of the compiled code, in bytes; larger ones come from nested repetitions.
  private static let sizeLimit = 200_000
  /// PCRE2 match limit per start offset.
  private static let matchLimit: UInt32 = 200_000
  /// Maximum length of a match, in bytes; makes the search linear in the text instead of quadratic.
  private static let lengthLimit = 16_384
  /// Timeout of one search, in milliseconds.
  private static let timeLimit: Int64 = 250

  /// Why a pattern does not compile.
  struct CompileError: Error {
    var words: String

    fileprivate static let tooLong = CompileError(words: "it repeats too much")

    /// PCRE2's message for an error code, such as "missing closing parenthesis".
    fileprivate init(code: Int32) {
      var buffer = [UInt8](repeating: 0, count: 256)
      let length = pcre2_get_error_message_8(code, &buffer, buffer.count)
      words = String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
    }

    private init(words: String) { self.words = words }
  }

  /// Compiles a pattern of valid UTF-8; throws if it is invalid or too large.
  init(_ pattern: [UInt8]) throws(CompileError) {
    guard let context = pcre2_compile_context_create_8(nil) else { throw .tooLong }
    defer { pcre2_compile_context_free_8(context) }
    // Passages are separated by NUL, so NUL is the newline for `^`, `$` and `.`.
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_NUL))
    let options =
      UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_MULTILINE)
      | UInt32(PCRE2_USE_OFFSET_LIMIT) | UInt32(PCRE2_NEVER_BACKSLASH_C)
    var error: Int32 = 0
    var place = 0
    guard
      let code = pcre2_compile_8(pattern, pattern.count, options, &error, &place, context)
    else { throw CompileError(code: error) }
    var size = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_SIZE), &size)
    guard size <= Self.sizeLimit else {
      pcre2_code_free_8(code)
      throw .tooLong
    }
    // The result is ignored: without JIT the code is interpreted under the same limits.
    pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    self.code = code
  }

  deinit { pcre2_code_free_8(code) }

  /// Calls `body` with the byte offsets of each match.
  ///
  /// - Returns: Whether the search stopped because a limit was exceeded.
  func findAll(in text: [UInt8], _ body: (Int, Int) -> Void) -> Bool {
    guard let context = pcre2_match_context_create_8(nil),
      let data = pcre2_match_data_create_from_pattern_8(code, nil),
      let stack = pcre2_jit_stack_create_8(32_768, 1 << 20, nil)
    else { return true }
    defer {
      pcre2_match_data_free_8(data)
      pcre2_match_context_free_8(context)
      pcre2_jit_stack_free_8(stack)
    }
    pcre2_set_match_limit_8(context, Self.matchLimit)
    pcre2_set_heap_limit_8(context, 20_000)
    pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
    return text.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return false }
      return Search(code: code, context: context, data: data, text: base, count: text.count)
        .run(body)
    }
  }

  /// One search over a text, in windows of the maximum match length after each range of start offsets.
  private struct Search {
    let code: OpaquePointer
    let context: OpaquePointer
    let data: OpaquePointer
    let text: UnsafePointer<UInt8>
    let count: Int

    func run(_ body: (Int, Int) -> Void) -> Bool {
      let begin = Self.now
      var at = 0
      while at < count {
        guard Self.now - begin < timeLimit * 1_000_000 else { return true }
        let last = boundary(min(count, at + 1024))
        let end = boundary(min(count, last + lengthLimit))
        pcre2_set_offset_limit_8(context, last)
        let options = UInt32(PCRE2_NO_UTF_CHECK) | (end < count ? UInt32(PCRE2_NOTEOL) : 0)
        let result = pcre2_match_8(code, text, end, at, options, data, context)
        if result == PCRE2_ERROR_NOMATCH {
          at = boundary(last + 1)
          continue
        }
        guard result >= 0, let bounds = pcre2_get_ovector_pointer_8(data) else { return true }
        let (from, to) = (Int(bounds[0]), Int(bounds[1]))
        if to > from, from >= at {
          report(from, to, body)
          at = to
        } else {
          at = boundary(max(at, to) + 1)
        }
      }
      return false
    }

    /// Reports a match truncated at the end of its passage, even if the expression matches NUL.
    private func report(_ from: Int, _ to: Int, _ body: (Int, Int) -> Void) {
      var end = from
      while end < to, text[end] != 0 { end += 1 }
      if end > from { body(from, end) }
    }

    /// The first scalar boundary at or after an offset.
    private func boundary(_ offset: Int) -> Int {
      var offset = offset
      while offset < count, text[offset] & 0xC0 == 0x80 { offset += 1 }
      return min(offset, count)
    }

    private static var now: Int64 {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
  }
}
