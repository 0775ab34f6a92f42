import App
import Files
import Settings

/// `courant config`: the settings in effect, and the mistakes of the file.
@MainActor
struct ConfigVerb {
  var invocation: Invocation
  var isExample: Bool

  /// Prints the settings; `false` if the file has mistakes, which go to standard error.
  func run() throws(Failure) -> Bool {
    if isExample {
      try Output.write(exampleConfig(keys: keysForExample()))
      return true
    }
    let setup = Setup(named: invocation.config)
    let defaults = Preferences()
    var text = "# \(setup.path.shown)\n"
    for setting in Setting.all {
      let value = setting.value(in: setup.config.preferences)
      // A default is printed as a comment.
      let mark = value == setting.value(in: defaults) ? "#" : ""
      text += "\(mark)\(setting.name): \(value.isEmpty ? "\"\"" : shown(value))\n"
    }
    for share in setup.config.preferences.share {
      text += "# share \(shown(share.name)): \(shown(share.command))\n"
    }
    if !setup.config.bindings.isEmpty {
      text += "# \(setup.config.bindings.count) keys of your own\n"
    }
    try Output.write(text)
    let problems = settingsProblems(setup.config)
    for problem in problems { Output.complain(problem.message) }
    return problems.isEmpty
  }
}
