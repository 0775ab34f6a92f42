package import Files
import Intake
import Matching
import Parsing
import Queries
import Writing

extension Invocation {
  /// Reads the arguments after the program's name.
  ///
  /// The first operand is a verb if it is the name of one (a file of that name is `./list`);
  /// options stand anywhere, as `--width 60` or `--width=60`, and `--` ends them. Behind a verb
  /// that takes a filter, `-source:post` is a word of it.
  package init(_ arguments: [Path]) throws(UsageError) {
    let words = try Words(arguments)
    library = words.values[.library]
    config = words.values[.config]
    theme = words.values[.theme]?.text
    request = try words.request()
  }
}

/// Arguments sorted into verb, options and operands.
private struct Words {
  var verb: Verb?
  var values: [Option: Path] = [:]
  var operands: [Path] = []

  init(_ arguments: [Path]) throws(UsageError) {
    var rest = arguments[...]
    var isPlain = false
    while let argument = rest.popFirst() {
      let text = argument.text
      if !isPlain, text == "--" {
        isPlain = true
      } else if !isPlain, text.hasPrefix("-"), text != "-", !isNegation(text) {
        try option(text, argument, &rest)
      } else if !isPlain, verb == nil, operands.isEmpty, let named = Verb(rawValue: text) {
        verb = named
      } else {
        operands.append(argument)
      }
    }
    try checkOptions()
  }

  private static let short: [Substring: Option] = ["-h": .help, "-V": .version]

  /// Whether a word is a negated term of a filter, and not an option written with one dash.
  private func isNegation(_ text: String) -> Bool {
    guard verb?.takesFilter == true, !text.hasPrefix("--"), Self.short[text[...]] == nil else {
      return false
    }
    return Option(rawValue: String(text.dropFirst())).map { [.unread, .starred].contains($0) }
      ?? true
  }

  private mutating func option(
    _ text: String, _ argument: Path, _ rest: inout ArraySlice<Path>
  ) throws(UsageError) {
    let name = text.prefix { $0 != "=" }
    let long = name.hasPrefix("--") ? Option(rawValue: String(name.dropFirst(2))) : nil
    guard let option = Self.short[name] ?? long else {
      let known = Option.allCases.map { "--" + $0.rawValue }
      throw .unknownOption(String(name), nearest: nearest(to: String(name), among: known))
    }
    let given = argument.bytes.firstIndex(of: UInt8(ascii: "="))
      .map { Path(bytes: Array(argument.bytes[($0 + 1)...])) }
    guard option.value != nil else {
      guard given == nil else { throw .unwantedValue(option) }
      values[option] = ""
      return
    }
    guard let value = given ?? rest.popFirst(), !value.bytes.isEmpty else {
      throw .missingValue(option)
    }
    values[option] = value
  }

  private func checkOptions() throws(UsageError) {
    if values[.help] != nil || values[.version] != nil { return }
    let allowed = Option.everywhere + (verb?.options ?? [])
    for option in Option.allCases where values[option] != nil && !allowed.contains(option) {
      throw .foreignOption(option, verb)
    }
    let forms = [Option.json, .text, .html, .markdown, .explain].filter { values[$0] != nil }
    if forms.count > 1 { throw .conflict(forms[0], forms[1]) }
  }

  // MARK: - The request

  func request() throws(UsageError) -> Invocation.Request {
    if values[.version] != nil { return .version }
    if values[.help] != nil { return .help(verb == .help ? nil : verb) }
    guard let verb else { return try readRequest() }
    guard operands.count >= verb.operandCount.lowerBound || values[.list] != nil else {
      throw .missingOperand(verb)
    }
    guard operands.count <= verb.operandCount.upperBound else {
      throw .tooManyOperands(verb, operands[verb.operandCount.upperBound].shown)
    }
    return try request(of: verb)
  }

  private func request(of verb: Verb) throws(UsageError) -> Invocation.Request {
    let texts = operands.map(\.text)
    let isJSON = values[.json] != nil
    let withComments = values[.noComments] == nil
    switch verb {
    case .add: return .add(operands, facts: try facts(), as: try wanted())
    case .refresh:
      if values[.all] != nil, let named = operands.first {
        throw .tooManyOperands(verb, named.shown)
      }
      return .refresh(texts, isAll: values[.all] != nil)
    case .sources: return .sources(isFailing: values[.failing] != nil, isJSON: isJSON)
    case .remove: return .remove(texts)
    case .opml: return try list()
    case .list:
      return .list(
        .init(
          words: try checkedFilter(of: texts), isUnread: values[.unread] != nil,
          isStarred: values[.starred] != nil, limit: try number(.limit, in: 1...1_000_000),
          isJSON: isJSON))
    case .show:
      let width = try number(.width, in: 10...1000)
      return .show(texts[0], .init(width: width, withComments: withComments, isJSON: isJSON))
    case .search:
      let limit = try number(.limit, in: 1...1000) ?? 50
      return .search(try checkedFilter(of: texts), limit: limit, isJSON: isJSON)
    case .parse: return .parse(try parseRequest())
    case .reparse:
      if values[.all] != nil, let named = operands.first {
        throw .tooManyOperands(verb, named.shown)
      }
      return .reparse(texts, isAll: values[.all] != nil)
    case .export: return .export(texts, try exportFormat(), withComments: withComments)
    case .config: return .config(isExample: values[.example] != nil)
    case .completions: return .completions(try shell(texts[0]))
    case .man: return .man
    case .backup: return .backup(operands[0])
    case .restore: return .restore(operands[0])
    case .doctor: return .doctor(isRepairing: values[.repair] != nil)
    case .help: return .help(try helpVerb())
    }
  }

  /// Operands without a verb are pages; a word that is nearly a verb and no file is an error.
  private func readRequest() throws(UsageError) -> Invocation.Request {
    if let word = operands.first, word != "-", (try? fileKind(word, followLinks: true)) == nil,
      let near = nearest(to: word.text, among: Verb.allCases.map(\.rawValue)),
      let verb = Verb(rawValue: near)
    {
      throw .unknownVerb(word.shown, nearest: verb)
    }
    return .read(operands)
  }

  /// The operands as one filter without a mistake.
  ///
  /// The time that "two days" are counted from makes no difference to that.
  private func checkedFilter(of operands: [String]) throws(UsageError) -> String {
    let words = filter(of: operands)
    guard let mistake = ParsedQuery(words, now: 0).mistakes.first else { return words }
    throw .badFilter(String(Array(words)[mistake.range]), mistake.words)
  }

  private func shell(_ name: String) throws(UsageError) -> Completions.Shell {
    if let shell = Completions.Shell(rawValue: name) { return shell }
    let near = nearest(to: name, among: Completions.Shell.allCases.map(\.rawValue))
    throw .unknownShell(name, nearest: near)
  }

  private func helpVerb() throws(UsageError) -> Verb? {
    guard let word = operands.first?.text else { return nil }
    if let verb = Verb(rawValue: word) { return verb }
    let near = nearest(to: word, among: Verb.allCases.map(\.rawValue))
    throw .noSuchVerb(word, nearest: near.flatMap(Verb.init))
  }

  private func wanted() throws(UsageError) -> AddressIntake.Wanted {
    if values[.feed] != nil, values[.page] != nil { throw .conflict(.feed, .page) }
    return values[.feed] != nil ? .feed : values[.page] != nil ? .page : .anything
  }

  private func list() throws(UsageError) -> Invocation.Request {
    switch operands[0].text {
    case "import": return .importList(operands[1])
    case "export": return .exportList(operands[1])
    default: throw .noDirection(operands[0].shown)
    }
  }

  private func facts() throws(UsageError) -> Invocation.Facts {
    // An address belongs to one page.
    if values[.url] != nil, let verb, operands.count > 1 {
      throw .tooManyOperands(verb, operands[1].shown)
    }
    let charset = values[.charset]?.text
    if let charset, !CharsetLabels.isKnown(charset) { throw .unknownCharset(charset) }
    return Invocation.Facts(
      source: values[.source]?.text, address: values[.url]?.text, charset: charset)
  }

  private func parseRequest() throws(UsageError) -> Invocation.ParseRequest {
    if values[.list] != nil, values[.url] != nil { throw .conflict(.list, .url) }
    guard !operands.isEmpty || values[.list] != nil else { throw .missingOperand(.parse) }
    let format: StoryFormat =
      values[.json] != nil
      ? .json : values[.html] != nil ? .html : values[.markdown] != nil ? .markdown : .text
    return .init(
      paths: operands, list: values[.list], facts: try facts(), format: format,
      isExplained: values[.explain] != nil)
  }

  private func exportFormat() throws(UsageError) -> StoryFormat {
    guard let name = values[.format]?.text else { return .markdown }
    guard let format = StoryFormat(rawValue: name) else {
      let known = StoryFormat.allCases.map(\.rawValue)
      let near = nearest(to: name, among: known).map { " (did you mean \($0)?)" } ?? ""
      throw .badValue(.format, name, wanted: known.joined(separator: ", ") + near)
    }
    return format
  }

  private func number(_ option: Option, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = values[option]?.text else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .badValue(
        option, text, wanted: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
