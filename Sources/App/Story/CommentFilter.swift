internal import Display
internal import Matching
internal import Queries
internal import Stories

/// A typed filter, asked of comments: the grammar of the list's filter, as far as it fits them.
///
/// Words and phrases are looked for in a comment's text and author; `author:` names who wrote it,
/// `before:` and its like when; `words>50` is its length and `comments>3` how many answers it has;
/// `unread` are those new since the last visit.
struct CommentFilter {
  let typed: String
  /// What cannot be asked of comments, and what means nothing at all.
  let mistakes: [QueryMistake]
  private let query: Query

  init(_ typed: String, now: Int64, isTyping: Bool = false) {
    let parsed = ParsedQuery(typed, now: now, isTyping: isTyping)
    self.typed = typed
    query = parsed.query
    var mistakes = parsed.mistakes
    if mistakes.isEmpty, let stranger = Self.stranger(in: parsed.query) {
      mistakes.append(
        QueryMistake(0..<typed.count, "\(stranger) is asked of stories, not of comments"))
    }
    self.mistakes = mistakes
  }

  /// The comments it lets through; `nil` if it asks for nothing.
  func choice(
    in thread: Thread, words: CommentWords, isNew: (Comment) -> Bool
  ) -> CommentChoice? {
    guard query != .everything else { return nil }
    return CommentChoice(chosen(query, thread, words, isNew), of: thread)
  }

  // MARK: - What fits comments

  /// The first part of a query that no comment can answer.
  private static func stranger(in query: Query) -> String? {
    switch query {
    case .state(let state) where state != .read && state != .unread: state.rawValue
    case .name(let term) where term.field != .author: "\(term.field.rawValue):"
    case .amount(.figures, _): "figures"
    case .text(let term) where !term.parts.contains(.comments): "in:"
    case .not(let inner): stranger(in: inner)
    case .every(let parts), .any(let parts): parts.lazy.compactMap(stranger).first
    default: nil
    }
  }

  private func chosen(
    _ query: Query, _ thread: Thread, _ words: CommentWords, _ isNew: (Comment) -> Bool
  ) -> [Bool] {
    let comments = thread.comments
    switch query {
    case .everything: return comments.map { _ in true }
    case .text(let term): return words.having(term)
    case .name(let term):
      // Few people write many comments: each name is looked at once.
      var known: [String: Bool] = [:]
      return comments.map { comment in
        if let answer = known[comment.author] { return answer }
        let answer = term.field == .author && term.matches(comment.author)
        known[comment.author] = answer
        return answer
      }
    case .state(.unread): return comments.map(isNew)
    case .state(.read): return comments.map { !isNew($0) }
    case .state: return comments.map { _ in false }
    case .before(let time): return comments.map { ($0.time?.seconds).map { $0 < time } ?? false }
    case .since(let time): return comments.map { ($0.time?.seconds).map { $0 >= time } ?? false }
    case .amount(.words, let range): return words.counts.map(range.contains)
    case .amount(.comments, let range): return comments.map { range.contains($0.descendants) }
    case .amount(.figures, _): return comments.map { _ in false }
    case .not(let inner): return chosen(inner, thread, words, isNew).map { !$0 }
    case .every(let parts):
      return parts.map { chosen($0, thread, words, isNew) }.reduce(comments.map { _ in true }) {
        zip($0, $1).map { $0 && $1 }
      }
    case .any(let parts):
      return parts.map { chosen($0, thread, words, isNew) }.reduce(comments.map { _ in false }) {
        zip($0, $1).map { $0 || $1 }
      }
    }
  }
}
