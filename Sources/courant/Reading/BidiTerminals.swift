import Glibc

/// Whether the terminal is one that puts text that runs from right to left in order itself.
///
/// These do as they come: Konsole, mlterm, and all that are made of VTE from 0.58 on, as GNOME
/// Terminal. Others leave it to the program, and would show it from its end if nobody did it.
func isBidiTerminal(_ value: (String) -> String? = environment) -> Bool {
  if value("KONSOLE_VERSION") != nil || value("MLTERM") != nil { return true }
  if value("TERM")?.hasPrefix("mlterm") == true { return true }
  return value("VTE_VERSION").flatMap { Int($0) }.map { $0 >= 5800 } ?? false
}

private func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
