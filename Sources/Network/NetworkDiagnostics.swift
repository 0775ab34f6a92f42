/// What `courant doctor` says of the network, without asking anything of it.
package struct NetworkDiagnostics: Sendable {
  /// Such as "7.88.1"; `nil` where no libcurl was loaded.
  package let version: String?
  /// Such as "OpenSSL/3.0.19"; `nil` where it has no TLS.
  package let tls: String?
  /// Those of http and https that it knows.
  package let protocols: [String]
  /// The name of the file that was loaded.
  package let file: String?
  /// The proxies of the environment, one a line, without names and passwords.
  package let proxies: [String]
  /// What keeps the network from being used, with what to do.
  package let problem: FetchError?

  /// Loads libcurl if nothing has yet, which takes about 10 ms.
  package init(environment: [String: String]) {
    let problem = CurlLibrary.load()
    let protocols = CurlLibrary.protocols.filter { $0 == "http" || $0 == "https" }
    version = CurlLibrary.version
    tls = CurlLibrary.tls
    file = CurlLibrary.file
    proxies = ProxyEnvironment(environment).shown
    self.protocols = protocols
    let hasTLS = protocols.contains("https")
    self.problem =
      problem ?? (hasTLS ? nil : .unsuitableLibrary(lacks: "it knows no https"))
  }
}
