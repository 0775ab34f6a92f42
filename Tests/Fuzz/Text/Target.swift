import FuzzChecks
import Parsing

#if FUZZING
/// Called by libFuzzer with each input it thinks up.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  tryInput(Array(UnsafeBufferPointer(start: start, count: count)), format: .text)
  return 0
}
#else
@main struct Replay {
  static func main() { tryFiles(CommandLine.arguments.dropFirst(), format: .text) }
}
#endif
