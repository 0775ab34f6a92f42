import App
import Files
import Glibc

/// The file that an editor is given for a draft, beside the library.
///
/// It is written before the editor starts and kept until the draft is a comment, so that what was
/// saved in it survives a crash of Courant, of the editor and of the machine.
struct DraftFile {
  let path: Path

  /// In bytes: more than anybody types by hand, but an editor may leave any file.
  static let mostBytes = 256 << 10

  /// Writes the draft to the file; one that a crash has left there stays as it is.
  func prepare(_ composition: Composition) throws(FileError) {
    // Drafts are private.
    try makePrivateFolder(path.folder)
    switch try? fileKind(path) {
    case .file(let size) where size > 0: return
    case .folder: throw .isFolder(path)
    case nil: break
    // Anything else there, a symbolic link above all, is not a draft.
    default: try removeFile(path)
    }
    try writeFile(Array(composition.file.utf8), to: path)
  }

  /// The text that the editor left, or a sentence why it cannot be used.
  func read() -> Result<String, Refusal> {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: Self.mostBytes)
    } catch {
      switch error {
      case .isLink:
        return .failure(
          Refusal("The editor left a link in the draft's place, which is not followed"))
      case .tooLarge:
        return .failure(Refusal("The text is longer than \(Self.mostBytes >> 10) kB"))
      case .missing: return .failure(Refusal("The editor took the draft's file away"))
      default: return .failure(Refusal("The draft cannot be read: \(error.reason)"))
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return .failure(Refusal("The text is not UTF-8"))
    }
    return .success(Composition.text(of: text))
  }

  struct Refusal: Error {
    var words: String

    init(_ words: String) { self.words = words }
  }

  /// Removes the file, and the folder with the last one.
  func remove() {
    try? removeFile(path)
    _ = path.folder.withCString { rmdir($0) }
  }

  /// What changes whenever a file is written, even with the same contents.
  struct Stamp: Equatable {
    var file: UInt
    var seconds: Int
    var nanoseconds: Int
  }

  var stamp: Stamp? {
    var facts = stat()
    guard path.withCString({ lstat($0, &facts) }) == 0 else { return nil }
    return Stamp(
      file: UInt(facts.st_ino), seconds: facts.st_mtim.tv_sec, nanoseconds: facts.st_mtim.tv_nsec)
  }
}
