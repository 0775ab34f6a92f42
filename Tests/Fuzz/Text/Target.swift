import FuzzChecks
import Parsing

#if FUZZING
/// The libFuzzer entry point, called with each generated input.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  checkInput(Array(UnsafeBufferPointer(start: start, count: count)), format: .text)
  return 0
}
#else
@main struct Replay {
  static func main() { checkFiles(CommandLine.arguments.dropFirst(), format: .text) }
}
#endif
