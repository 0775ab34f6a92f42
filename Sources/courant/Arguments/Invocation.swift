package import Files
package import Intake
package import Writing

/// What the command line asks for, checked and typed.
package struct Invocation: Sendable, Equatable {
  package var request: Request
  package var library: Path?
  package var config: Path?
  package var theme: String?

  package enum Request: Sendable, Equatable {
    /// Import what is named, then open the reader.
    case read([Path])
    case add([Path], facts: Facts, as: AddressIntake.Wanted)
    case refresh([String], isAll: Bool)
    case sources(isFailing: Bool, isJSON: Bool)
    case remove([String])
    case importList(Path)
    case exportList(Path)
    case list(ListRequest)
    case show(String, ShowRequest)
    case search(String, limit: Int, isJSON: Bool)
    case parse(ParseRequest)
    /// Without names the stories of an older parser, or all.
    case reparse([String], isAll: Bool)
    case export([String], StoryFormat, withComments: Bool)
    case config(isExample: Bool)
    case completions(Completions.Shell)
    case man
    case backup(Path)
    case restore(Path)
    case doctor(isRepairing: Bool)
    case help(Verb?)
    case version
  }

  /// What the command line states about the pages.
  package struct Facts: Sendable, Equatable {
    package var source: String?
    package var address: String?
    package var charset: String?
  }

  package struct ListRequest: Sendable, Equatable {
    package var words: String
    package var isUnread: Bool
    package var isStarred: Bool
    package var limit: Int?
    package var isJSON: Bool
  }

  package struct ShowRequest: Sendable, Equatable {
    package var width: Int?
    package var withComments: Bool
    package var isJSON: Bool
  }

  package struct ParseRequest: Sendable, Equatable {
    package var paths: [Path]
    package var list: Path?
    package var facts: Facts
    package var format: StoryFormat
    /// Whether the parser explains itself instead.
    package var isExplained: Bool
  }
}

/// Why arguments make no sense; the exit status is 2.
package enum UsageError: Error, Sendable, Equatable {
  case unknownOption(String, nearest: String?)
  /// An option that the verb does not take.
  case foreignOption(Option, Verb?)
  case missingValue(Option)
  case unwantedValue(Option)
  case badValue(Option, String, wanted: String)
  case unknownCharset(String)
  case conflict(Option, Option)
  case missingOperand(Verb)
  case tooManyOperands(Verb, String)
  case unknownVerb(String, nearest: Verb)
  case unknownShell(String, nearest: String?)
  /// A part of a filter that means nothing, and why.
  case badFilter(String, String)
  /// A first operand of `opml` that is neither import nor export.
  case noDirection(String)
  /// An operand of `help` that is no verb.
  case noSuchVerb(String, nearest: Verb?)

  package var message: String {
    switch self {
    case .unknownOption(let name, let nearest):
      "there is no option \(name)" + (nearest.map { "; did you mean \($0)?" } ?? "")
    case .foreignOption(let option, let verb):
      "\(verb.map { "courant \($0.rawValue)" } ?? "courant without a verb") takes no --\(option.rawValue)"
    case .missingValue(let option): "--\(option.rawValue) needs a value: \(option.usage)"
    case .unwantedValue(let option): "--\(option.rawValue) takes no value"
    case .badValue(let option, let value, let wanted):
      "--\(option.rawValue) cannot be \"\(value)\": it takes \(wanted)"
    case .unknownCharset(let name):
      "--charset: \"\(name)\" is an unknown character set; utf-8, windows-1252 and shift_jis are some"
    case .conflict(let one, let other):
      "--\(one.rawValue) and --\(other.rawValue) cannot be given together"
    case .missingOperand(let verb): "nothing named to work on: \(verb.usage)"
    case .tooManyOperands(let verb, let operand):
      "one too many: \"\(operand)\"; the usage is \(verb.usage)"
    case .unknownVerb(let word, let nearest):
      "\"\(word)\" is neither a verb nor a file; did you mean \"courant \(nearest.rawValue)\"?"
    case .unknownShell(let word, let nearest):
      "there are no completions for \"\(word)\"; there are "
        + Completions.Shell.allCases.map(\.rawValue).joined(separator: ", ")
        + (nearest.map { "; did you mean \($0)?" } ?? "")
    case .badFilter(let place, let words):
      "the filter cannot be read at \"\(place)\": \(words)"
    case .noDirection(let word):
      "\"\(word)\" is neither import nor export; the usage is \(Verb.opml.usage)"
    case .noSuchVerb(let word, let nearest):
      "there is no verb \"\(word)\""
        + (nearest.map { "; did you mean \"\($0.rawValue)\"?" } ?? "; see courant --help")
    }
  }
}
