import Glibc

/// Where programs keep things, by the XDG Base Directory Specification 0.8.
package enum StandardFolders {
  /// `$XDG_DATA_HOME/courant`: the library.
  package static var data: Path { folder("XDG_DATA_HOME", ".local/share") }
  /// `$XDG_CONFIG_HOME/courant`: settings and themes.
  package static var config: Path { folder("XDG_CONFIG_HOME", ".config") }
  /// `$XDG_STATE_HOME/courant`: the log.
  package static var state: Path { folder("XDG_STATE_HOME", ".local/state") }

  /// The library a reader has who names none.
  package static var library: Path { data.appending("library.sqlite") }

  /// The reader's own folder: `$HOME`, or what the user database says, or `/`.
  package static var home: Path {
    if let home = environment("HOME"), home.isAbsolute { return home }
    guard let entry = getpwuid(getuid()), let folder = entry.pointee.pw_dir else { return "/" }
    return Path(bytes: bytes(of: folder))
  }

  /// The specification says that a relative path in the variable is invalid and is ignored.
  private static func folder(_ variable: String, _ fallback: Path) -> Path {
    let named = environment(variable).flatMap { $0.isAbsolute ? $0 : nil }
    return (named ?? home.appending(fallback)).appending("courant")
  }

  private static func environment(_ name: String) -> Path? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return Path(bytes: bytes(of: value))
  }
}

extension Path {
  /// A path as a person types it where no shell reads it: `~` is their own folder.
  package init(typed text: String) {
    let rest = text.dropFirst()
    let isAtHome = text.hasPrefix("~") && (rest.isEmpty || rest.hasPrefix("/"))
    self = isAtHome ? Path(bytes: StandardFolders.home.bytes + Array(rest.utf8)) : Path(text)
  }
}

/// The arguments of the program without its name, byte for byte as they were given.
package func commandLineArguments() -> [Path] {
  var paths: [Path] = []
  for index in 1..<max(1, Int(CommandLine.argc)) {
    guard let argument = CommandLine.unsafeArgv[index] else { break }
    paths.append(Path(bytes: bytes(of: argument)))
  }
  return paths
}

/// The bytes of a C string.
func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
  UnsafeRawBufferPointer(start: text, count: strlen(text)).map { $0 }
}
