import Glibc

/// Why a file could not be read or written, with the sentence that the user sees.
package enum FileError: Error, Hashable {
  case missing(Path)
  /// The user has no permission to.
  case forbidden(Path)
  case isFolder(Path)
  case isLink(Path)
  /// A device, pipe or socket; `kind` names which.
  case notRegular(Path, kind: String)
  /// The limit is in bytes.
  case tooLarge(Path, limit: Int)
  /// A folder so far below the one that is walked that it is not read.
  case tooDeep(Path)
  /// The path, or one name in it, is longer than the system takes.
  case nameTooLong(Path)
  case diskFull(Path)
  case readOnly(Path)
  /// Anything else, in the system's words.
  case failed(Path, reason: String)

  /// The file the error is about.
  package var path: Path {
    switch self {
    case .missing(let path), .forbidden(let path), .isFolder(let path), .isLink(let path),
      .notRegular(let path, _), .tooLarge(let path, _), .tooDeep(let path),
      .nameTooLong(let path), .diskFull(let path), .readOnly(let path), .failed(let path, _):
      path
    }
  }

  /// What went wrong, without the file's name: "there is no such file".
  package var reason: String {
    switch self {
    case .missing: "there is no such file"
    case .forbidden: "permission denied"
    case .isFolder: "it is a folder"
    case .isLink: "it is a symbolic link, and links are not followed; name the file itself"
    case .notRegular(_, let kind): "it is \(kind), not a file"
    case .tooLarge(_, let limit): "it is larger than \(limit >> 20) MB"
    case .tooDeep: "folders nest too deep here; what is in this one is left out"
    case .nameTooLong: "a name in it is longer than the system allows"
    case .diskFull: "the disk is full"
    case .readOnly: "the disk is read-only"
    case .failed(_, let reason): reason
    }
  }

  /// A sentence that names the file.
  package var message: String { "\(path.shown): \(reason)" }

  /// The error for the `errno` of a failed system call.
  package init(code: Int32, path: Path) {
    switch code {
    case ENOENT, ENOTDIR: self = .missing(path)
    case EACCES, EPERM: self = .forbidden(path)
    case EISDIR: self = .isFolder(path)
    case ELOOP: self = .isLink(path)
    case ENAMETOOLONG: self = .nameTooLong(path)
    case ENOSPC, EDQUOT: self = .diskFull(path)
    case EROFS: self = .readOnly(path)
    default: self = .failed(path, reason: String(cString: strerror(code)))
    }
  }
}
