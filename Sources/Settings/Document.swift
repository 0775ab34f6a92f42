import CYAML

/// A YAML file as a small tree in which every value knows its line.
///
/// Only what settings need: no anchors, no tags, no merging. Depth, count and size are bounded, so
/// that no file can cost more than it is worth; libyaml bounds its own nesting.
indirect enum Node {
  case text(String, line: Int)
  case list([Node], line: Int)
  case map([Entry], line: Int)

  struct Entry {
    var key: String
    var line: Int
    var value: Node
  }

  /// One-based.
  var line: Int {
    switch self {
    case .text(_, let line), .list(_, let line), .map(_, let line): line
    }
  }
}

/// Reads the one document of a file; `file` is its name in errors.
func readDocument(_ bytes: [UInt8], file: String) throws(SettingsError) -> Node {
  var reader = DocumentReader(file: file)
  guard let node = try reader.read(bytes) else {
    throw SettingsError(file: file, problem: "it is empty")
  }
  if let duplicate = reader.duplicates.first { throw duplicate }
  return node
}

/// As `readDocument`, for a file of which the good part counts: an empty one is `nil`, and of a key
/// that occurs twice in a map the first value is used and the second reported.
func readDocumentLeniently(
  _ bytes: [UInt8], file: String
) throws(SettingsError) -> (node: Node?, duplicates: [SettingsError]) {
  var reader = DocumentReader(file: file)
  let node = try reader.read(bytes)
  return (node, reader.duplicates)
}

private struct DocumentReader {
  let file: String
  private var parser = yaml_parser_t()
  private var nodes = 0
  private(set) var duplicates: [SettingsError] = []

  private static let deepest = 16
  private static let nodeLimit = 20_000

  init(file: String) { self.file = file }

  /// The document's root; `nil` for a file without one.
  mutating func read(_ bytes: [UInt8]) throws(SettingsError) -> Node? {
    guard yaml_parser_initialize(&parser) != 0 else {
      throw SettingsError(file: file, problem: "there is no memory to read it")
    }
    defer { yaml_parser_delete(&parser) }
    // The parser keeps the pointer: the bytes stay where they are until it is deleted.
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<Node?, SettingsError> in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      do throws(SettingsError) {
        return .success(try document())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private mutating func document() throws(SettingsError) -> Node? {
    while true {
      var event = try next()
      let type = event.type
      if type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT {
        yaml_event_delete(&event)
        continue
      }
      if type == YAML_STREAM_END_EVENT {
        yaml_event_delete(&event)
        return nil
      }
      return try node(event, depth: 0)
    }
  }

  /// The next event, which the caller deletes.
  private mutating func next() throws(SettingsError) -> yaml_event_t {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) != 0 else { throw syntaxError() }
    return event
  }

  private func syntaxError() -> SettingsError {
    let problem = parser.problem.map { String(cString: $0) } ?? "it is not YAML"
    let line = parser.error == YAML_READER_ERROR ? nil : Int(parser.problem_mark.line) + 1
    return SettingsError(file: file, line: line, problem: "not YAML here: \(problem)")
  }

  private mutating func node(_ event: yaml_event_t, depth: Int) throws(SettingsError) -> Node {
    var event = event
    defer { yaml_event_delete(&event) }
    let line = Int(event.start_mark.line) + 1
    nodes += 1
    guard depth < Self.deepest, nodes < Self.nodeLimit else {
      throw SettingsError(file: file, line: line, problem: "more than any settings hold")
    }
    switch event.type {
    case YAML_SCALAR_EVENT: return .text(text(of: event), line: line)
    case YAML_SEQUENCE_START_EVENT: return .list(try items(depth: depth), line: line)
    case YAML_MAPPING_START_EVENT: return .map(try entries(depth: depth), line: line)
    case YAML_ALIAS_EVENT:
      throw SettingsError(file: file, line: line, problem: "anchors and aliases are not read here")
    default: throw SettingsError(file: file, line: line, problem: "a value is missing")
    }
  }

  private func text(of event: yaml_event_t) -> String {
    let scalar = event.data.scalar
    return String(
      decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
  }

  private mutating func items(depth: Int) throws(SettingsError) -> [Node] {
    var items: [Node] = []
    while true {
      var event = try next()
      if event.type == YAML_SEQUENCE_END_EVENT {
        yaml_event_delete(&event)
        return items
      }
      items.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func entries(depth: Int) throws(SettingsError) -> [Node.Entry] {
    var entries: [Node.Entry] = []
    var keys: Set<String> = []
    while true {
      var event = try next()
      if event.type == YAML_MAPPING_END_EVENT {
        yaml_event_delete(&event)
        return entries
      }
      guard case .text(let key, let line) = try node(event, depth: depth + 1) else {
        throw SettingsError(
          file: file, line: Int(event.start_mark.line) + 1, problem: "a key must be a word")
      }
      let value = try node(try next(), depth: depth + 1)
      if keys.insert(key).inserted {
        entries.append(Node.Entry(key: key, line: line, value: value))
        continue
      }
      duplicates.append(
        SettingsError(file: file, line: line, key: key, problem: "it stands here twice"))
    }
  }
}
