import Glibc
import Queries

/// Reads a filter that was given on the command line; a mistake ends the program with its place.
func readFilter(_ words: String) throws(Failure) -> Query {
  let parsed = ParsedQuery(words, now: Int64(time(nil)))
  if let mistake = parsed.mistakes.first {
    let place = String(Array(words)[mistake.range])
    throw Failure("the filter cannot be read at \"\(place)\": \(mistake.words)")
  }
  return parsed.query
}

/// The operands of a verb as one filter.
///
/// The shell has taken the quotes away: `tag:"long reads"` comes as one operand with a space in it.
/// An operand that stands alone may as well be a whole filter, but none says `newer:2 days`.
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
