import FuzzChecks

#if FUZZING
/// The libFuzzer entry point, called with each generated input.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  checkFeed(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
#else
@main struct Replay {
  static func main() { checkFeedFiles(CommandLine.arguments.dropFirst()) }
}
#endif
