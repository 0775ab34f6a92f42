import App
import Files
import Glibc

/// A draft edited in the user's editor: writes the file, runs the editor, reads the result.
struct EditorRun {
  let file: DraftFile
  /// The program of the settings; empty for `$VISUAL` or `$EDITOR`.
  let preferred: String

  /// The editor, or why it cannot be used; both `nil` where none is named.
  static func editor(preferred: String) -> (program: OtherProgram?, problem: String?) {
    func variable(_ name: String) -> (String, String) {
      (name, getenv(name).map { String(cString: $0) } ?? "")
    }
    let named = [("the settings", preferred), variable("VISUAL"), variable("EDITOR")]
    guard let (place, line) = named.first(where: { !$0.1.isEmpty }) else { return (nil, nil) }
    guard let program = OtherProgram(line: line) else {
      return (nil, "The editor of \(place) is no program with its arguments")
    }
    guard program.isInstalled else {
      return (nil, "\(program.name), the editor of \(place), is not installed")
    }
    return (program, nil)
  }

  /// Runs the editor; `onTerminal` hands the terminal over while its argument runs.
  func run(
    _ composition: Composition, onTerminal: (() -> Int32) -> Int32
  ) -> Composition.Outcome {
    let (found, problem) = Self.editor(preferred: preferred)
    guard let found else { return .noEditor(problem) }
    do {
      try file.prepare(composition)
    } catch {
      return .failed("The draft cannot be written: \(error.message)", text: nil)
    }
    let before = file.stamp
    let status = onTerminal { found.with(file: file.path).run() }
    let text = file.read()
    guard status == 0 else {
      return .failed(found.failure(status), text: try? text.get())
    }
    switch text {
    case .success(let text): return .written(text, isSaved: file.stamp != before)
    case .failure(let refusal):
      return .failed("\(refusal.words); see \(file.path.shown)", text: nil)
    }
  }
}

/// The user's login name; empty where neither the environment nor the system has one.
///
/// The environment goes first, since asking the system reads several files at every start.
func loginName() -> String {
  if let name = getenv("LOGNAME"), name.pointee != 0 { return String(cString: name) }
  guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "" }
  return String(cString: name)
}
