/// A comment handed to an editor.
nonisolated package struct Composition: Sendable, Hashable {
  /// The draft's number in the library.
  package var draft: Int64
  /// What it says so far.
  package var text: String
  /// What stands below the text for the one who writes, and is left out of it again.
  package var notes: String

  package init(draft: Int64, text: String, notes: String = "") {
    self.draft = draft
    self.text = text
    self.notes = notes
  }

  /// What came of it.
  nonisolated package enum Outcome: Sendable, Hashable {
    /// The editor ended well; `isSaved` says whether it wrote the file at all.
    case written(String, isSaved: Bool)
    /// It did not, or what it left cannot be taken: a sentence, and the text as far as there is one.
    case failed(String, text: String?)
    /// There is no editor; why, if the settings name one.
    case noEditor(String?)
  }

  /// The line below which nothing belongs to the comment.
  package static let cut = "------ 8< ------ nothing from here on is kept ------"

  /// The file as an editor gets it.
  package var file: String {
    guard !notes.isEmpty else { return text }
    return "\(text)\n\n\(Self.cut)\n\(notes)\n"
  }

  /// The text of a file that an editor left: without the notes, and white space at its ends.
  package static func text(of file: String) -> String {
    var lines: [Substring] = []
    for line in file.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.hasPrefix("------ 8< ------") { break }
      lines.append(line)
    }
    func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
    let start = lines.firstIndex { !isBlank($0) } ?? lines.endIndex
    let end = lines.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return lines[start..<max(start, end)].joined(separator: "\n")
  }
}
