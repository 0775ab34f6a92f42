internal import Display
internal import Storage

/// All that came of a job that has ended: its sentence, and each page that failed.
struct OutcomeScreen {
  private let title: String
  private let outcome: Job.Outcome
  var typed = ""
  var text = ScrolledText()

  /// `title` is text that is safe to show.
  init(_ title: String, _ outcome: Job.Outcome) {
    self.title = title
    self.outcome = outcome
  }

  private var sentence: String {
    outcome.state == .cancelled ? "Cancelled: \(outcome.words)" : outcome.words
  }

  func lines(_ environment: Environment) -> [Line] {
    let columns = environment.size.columns
    let margin = columns < 40 ? 1 : 2
    let room = max(1, columns - 2 * margin)
    func paragraph(_ words: String, _ role: Role, hanging: Int = 0) -> [Line] {
      wrapped(safe(words, oneLine: true), to: max(1, room - hanging)).enumerated().map {
        Line([Span(spaces(margin + ($0.offset == 0 ? 0 : hanging))), Span($0.element, role)])
      }
    }
    var lines = paragraph(title, .headline) + [Line()] + paragraph(sentence, .text)
    let words = typed.lowercased().split(separator: " ")
    let shown = outcome.problems.filter { problem in
      let problem = problem.lowercased()
      return words.allSatisfy { problem.contains($0) }
    }
    guard !outcome.problems.isEmpty else { return lines }
    lines += [Line()] + paragraph("What failed", .heading)
    if shown.isEmpty { lines += paragraph("Nothing that failed has these words.", .faint) }
    return lines + shown.flatMap { paragraph($0, .text, hanging: 2) }
  }
}

// MARK: - As an overlay

extension OutcomeScreen: TextScreen {
  var overlay: Overlay { .outcome(self) }

  func keyHints(_ environment: Environment) -> [String] {
    [environment.keyHint("narrows", .filter), environment.keyHint("back", .back)]
  }

  func position(_ environment: Environment) -> String? { text.percentWords }
}
