import Files
import Intake
import Storage
import TestSupport
import Testing

@testable import courant

/// What an import says of its stories.
@Suite struct ImportWordsTests {
  private let folder = TemporaryFolder()

  private func page(_ name: String) -> Path {
    let page = """
      <html><head><title>The tide clock of \(name)</title></head><body><article>
      <h1>The tide clock of \(name)</h1>
      <p>The clock of \(name) was wound in the morning, and the tide came in after it as it should.</p>
      </article></body></html>
      """
    return Path(folder.write(Array(page.utf8), to: "\(name).html"))
  }

  @Test("A story that was deleted and is imported again is not called a new one")
  func restored() throws {
    let library = Path(folder["library.sqlite"])
    let importer = Importer(library: library)
    let first = page("Tern")
    #expect(try importer.importPaths([first]).words == "1 story added")
    _ = try Library(path: library).changes.make([(.deleted, true)], of: [1])
    let again = try importer.importPaths([first])
    #expect(again.words == "1 story that you had deleted is back")
    #expect(again.restored == [1] && again.new.isEmpty && again.total == 1)
    _ = try Library(path: library).changes.make([(.deleted, true)], of: [1])
    var changed: [Int] = []
    let both = try importer.importPaths([page("Gull"), first]) { changed.append($0.changed) }
    #expect(both.words == "1 story added, 1 story that you had deleted is back")
    #expect(changed.first == 0 && changed.last == 2)
    #expect(try importer.importPaths([first]).words == "0 stories added, 1 known already")
  }

  @Test("A path is named from the root, whether or not there is a file")
  func canonical() {
    let file = page("Tern")
    #expect(canonicalPath(Path(file.shown)).shown.hasPrefix("/"))
    #expect(canonicalPath("nothing/such/").shown.hasSuffix("/nothing/such"))
    #expect(canonicalPath("nothing/such").shown.hasPrefix("/"))
    #expect(canonicalPath("/nothing/such//").shown == "/nothing/such")
  }
}
