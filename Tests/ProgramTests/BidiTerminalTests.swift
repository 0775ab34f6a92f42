import Testing

@testable import courant

@Suite struct BidiTerminalTests {
  @Test("Terminals that put right-to-left text in order themselves are known by what they set")
  func known() {
    func known(_ environment: [String: String]) -> Bool { isBidiTerminal { environment[$0] } }
    #expect(known(["KONSOLE_VERSION": "220401"]))
    #expect(known(["TERM": "mlterm-256color"]))
    #expect(known(["VTE_VERSION": "5802"]))
    #expect(!known(["VTE_VERSION": "5402"]))
    #expect(!known(["VTE_VERSION": "new"]))
    #expect(!known(["TERM": "xterm-256color"]))
    #expect(!known([:]))
  }
}
