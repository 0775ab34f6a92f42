import TerminalKit

/// A suite that runs the console's probe on a terminal of its own.
protocol ConsoleProbing {}

extension ConsoleProbing {
  /// The probe, just started, with some variables set or (`nil`) taken away.
  func probe(
    _ environment: [String: String?] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> TerminalSession {
    try TerminalSession(
      "console-probe", environment: environment, columns: columns, rows: rows)
  }
}
