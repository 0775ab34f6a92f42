internal import CCurl

/// libcurl as it was loaded, or why it was not.
enum CurlLibrary {
  /// Loads it at the first call; `nil` if it can be used.
  static func load() -> FetchError? {
    switch courant_curl_load() {
    case COURANT_CURL_LOADED: nil
    case COURANT_CURL_TOO_OLD: .oldLibrary(version: version ?? "")
    case COURANT_CURL_UNSUITABLE: .unsuitableLibrary(lacks: "it lacks \(problem)")
    default: .noLibrary(reason: problem)
    }
  }

  static var version: String? { unsafe text(courant_curl_describe().version) }
  static var tls: String? { unsafe text(courant_curl_describe().tls) }
  static var file: String? { unsafe text(courant_curl_describe().file) }

  static var protocols: [String] {
    guard var next = unsafe courant_curl_describe().protocols else { return [] }
    var names: [String] = []
    while let name = unsafe text(next.pointee), names.count < 100 {
      names.append(name)
      unsafe next += 1
    }
    return names
  }

  private static var problem: String {
    SafeText.reason(unsafe String(cString: courant_curl_problem()))
  }

  private static func text(_ words: UnsafePointer<CChar>?) -> String? {
    unsafe words.map { SafeText.reason(unsafe String(cString: $0)) }
  }
}
