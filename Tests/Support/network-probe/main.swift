import Network
import Stories

// Fetches the address that it is given and prints what the doctor would say and how the fetch ended.
// `COURANT_LIBCURL` chooses the library.

let diagnostics = NetworkDiagnostics(environment: [:])
print("version:", diagnostics.version ?? "none")
print("tls:", diagnostics.tls ?? "none")
print("protocols:", diagnostics.protocols.joined(separator: " "))
print("problem:", diagnostics.problem?.message ?? "none")

if CommandLine.arguments.count > 1, let address = WebAddress(CommandLine.arguments[1]) {
  do throws(FetchError) {
    let transfers = Transfers()
    transfers.start(try Request(address, userAgent: "probe"))
    if let result = transfers.next() {
      let response = try result.outcome.get()
      print("fetched:", response.status, response.body.count)
    }
  } catch {
    print("failed:", error.message)
  }
}
