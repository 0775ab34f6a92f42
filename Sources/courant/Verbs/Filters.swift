import Glibc
import Queries

/// Parses a filter of the command line, which the argument parser has checked.
func readFilter(_ words: String) -> Query { ParsedQuery(words, now: Int64(time(nil))).query }

/// The operands of a verb as one filter.
///
/// The shell has taken the quotes away: `tag:"long reads"` comes as one operand with a space in it.
/// A single operand may be a whole filter, but no filter has `newer:2 days` without quotes.
func filter(of operands: [String]) -> String {
  operands.map { operand in
    guard operand.contains(" "), !operand.contains("\""), let colon = operand.firstIndex(of: ":"),
      !operand[..<colon].contains(" ")
    else { return operand }
    let field = operand[..<colon]
    guard operands.count > 1 || field == "newer" || field == "older" else { return operand }
    return "\(field):\"\(operand[operand.index(after: colon)...])\""
  }.joined(separator: " ")
}
