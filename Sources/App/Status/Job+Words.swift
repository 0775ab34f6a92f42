internal import Display

// How jobs are named: by what is done, and to which files.

extension JobTable.Row {
  /// What is done, or was: "Importing ~/pages", "Imported ~/pages", "Import of ~/pages".
  var words: String { pathWords.words(in: Job.mostColumns, isASCII: false) }

  /// The same, in parts.
  var pathWords: PathWords {
    guard case .ended(let outcome) = state else { return job.pathWords(job.kind.activity) }
    let kind = job.kind
    return job.pathWords(
      outcome.state == .done ? kind.past : "\(kind.noun.capitalizedFirst) of")
  }

  /// The sign of how it ended, for those who see no colour; empty before.
  func mark(isASCII: Bool) -> String {
    guard case .ended(let outcome) = state else { return "" }
    switch outcome.state {
    case .done: return isASCII ? "+ " : "✓ "
    case .failed: return isASCII ? "! " : "✗ "
    case .cancelled: return isASCII ? "- " : "– "
    }
  }
}

extension Job {
  /// How many columns of a sentence a job takes.
  static let mostColumns = 72

  /// "Importing ~/pages".
  var words: String { pathWords(kind.activity).words(in: Self.mostColumns, isASCII: false) }

  /// What it is done to, in one safe line.
  var shownSubject: String { pathWords("").words(in: 60, isASCII: false) }

  fileprivate func pathWords(_ activity: String) -> PathWords {
    let subjects = kind.subjects
    let rest = subjects.count - 1
    return PathWords(
      before: activity.isEmpty ? "" : activity + " ",
      path: safe(subjects.first ?? "", oneLine: true), after: rest > 0 ? " and \(rest) more" : "")
  }
}

extension String {
  /// The text with its first letter as a capital.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// Words around a path, in one safe line.
///
/// Where there is little room the folders of the path give way, then the words before it, and of
/// the name of the file the middle: its beginning and its end tell it from others.
struct PathWords: Hashable {
  var before: String
  var path: String
  var after = ""

  /// All of it, however long.
  var whole: String { before + path + after }

  /// In at most so many columns.
  func words(in columns: Int, isASCII: Bool) -> String {
    guard displayWidth(of: whole) > columns else { return whole }
    let room = columns - displayWidth(of: after)
    let roomBehind = room - displayWidth(of: before)
    let name = displayWidth(of: shortened(to: 0, isASCII))
    if name <= roomBehind { return before + shortened(to: roomBehind, isASCII) + after }
    guard name > room else { return shortened(to: room, isASCII) + after }
    return cut(shortened(to: 0, isASCII), to: columns, isASCII)
  }

  /// The path with as many of its last parts as there is room for; with the last one in any case.
  private func shortened(to columns: Int, _ isASCII: Bool) -> String {
    guard displayWidth(of: path) > columns else { return path }
    let dots = isASCII ? "..." : "…"
    let parts = path.split(separator: "/")
    guard parts.count > 1 else { return path }
    var tail = path.hasSuffix("/") ? "/" : ""
    for (index, part) in parts.reversed().enumerated() {
      let longer = "/" + part + tail
      guard index == 0 || displayWidth(of: dots + longer) <= columns else { break }
      tail = longer
    }
    return dots + tail
  }

  /// A text without its middle.
  private func cut(_ text: String, to columns: Int, _ isASCII: Bool) -> String {
    var end = ""
    for character in text.reversed() {
      guard displayWidth(of: String(character) + end) <= columns / 2 else { break }
      end = String(character) + end
    }
    return truncated(
      text, to: max(0, columns - displayWidth(of: end)), isASCII: isASCII) + end
  }
}
