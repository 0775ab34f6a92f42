/// A library that the parser loads when it first reads a page.
package struct LoadedLibrary: Sendable, Hashable {
  /// The name of the library: "libxml2".
  package var name: String
  /// Its version, or "found" where it does not tell one; `nil` where it could not be loaded.
  package var version: String?
  /// Why it could not be loaded, in the words of the dynamic linker.
  package var problem: String?
  /// The package that brings it, on Debian.
  package var package: String
}

/// The libraries that the parser works with; loads those that were not needed yet.
package func loadParserLibraries() -> [LoadedLibrary] {
  let xml = HTMLEvents.libraryProblem
  let charset = CharsetGuess.libraryProblem
  return [
    LoadedLibrary(
      name: "libxml2", version: HTMLEvents.libraryVersion, problem: xml, package: "libxml2"),
    LoadedLibrary(
      name: "uchardet", version: charset == nil ? "found" : nil, problem: charset,
      package: "libuchardet0"),
  ]
}
