import Glibc
import Intake
import Network
import Storage

/// How this program asks servers: by its name, and by the proxies of the environment.
func networkSetup() -> Refresher.Setup {
  var setup = Refresher.Setup(userAgent: "Courant/\(courantVersion)")
  let names = [
    "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
  ]
  var environment: [String: String] = [:]
  for name in names { environment[name] = getenv(name).map { String(cString: $0) } }
  setup.transfers.environment = ProxyEnvironment(environment)
  return setup
}

extension Library {
  /// The subscription that a word names: by its number, its name or its address.
  func source(_ word: String) throws(Failure) -> Subscription {
    let found = try ask { library throws(StorageError) in
      let subscriptions = library.subscriptions
      if let id = SubscriptionID(word), let found = try subscriptions.subscription(id) {
        return found.removed == nil ? found : nil
      }
      if let found = try subscriptions.subscription(named: word) { return found }
      return try subscriptions.subscription(at: word)
    }
    guard let found else {
      throw Failure("\"\(word)\" is no source: see what `courant sources` prints")
    }
    return found
  }

  /// Indexes the stories that wait for it, with a progress line.
  func finishIndexing() throws(Failure) {
    let progress = ProgressLine("Indexing stories")
    defer { progress.clear() }
    try ask { library throws(StorageError) in
      try library.indexing.finish { progress.show($0, of: $1) }
    }
  }
}
