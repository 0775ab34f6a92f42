import Files
import Glibc
import Network
import Stories
import TestServer

/// Fetches all addresses of a list, then asks again by the validators that came.
///
/// Without a list a server in this process answers, so that only the wall time says something then:
/// the processor time is that of both.
struct FetchBench {
  /// A file with one address a line; `nil` for the server of its own.
  var list: Path?

  private static let count = 1000
  private static let hosts = 200

  func run(_ table: inout Table) {
    let body = Array(Filler.sentence(1, words: 10_000).utf8)
    let server = TestServer { seen in
      let etag = "\"\(seen.path)\""
      return seen["if-none-match"] == etag
        ? .reply(304, [("ETag", etag)]) : .reply(200, [("ETag", etag)], body)
    }
    guard let server, let addresses = addresses(server) else {
      return print("courant-bench: no addresses to fetch")
    }
    for (what, spacing) in [("", 0.0), (", hosts spaced", 0.5)] {
      let first = round(addresses, [:], spacing)
      add("\(addresses.count) fetched\(what)", first, &table)
      add("  asked again\(what)", round(addresses, first.validators, spacing), &table)
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    table.add("peak memory", "\(usage.ru_maxrss >> 10) MB")
  }

  private func addresses(_ server: TestServer) -> [WebAddress]? {
    guard let list else {
      return (0..<Self.count).compactMap { number in
        WebAddress(server.address("/\(number)", host: "h\(number % Self.hosts).localhost"))
      }
    }
    guard let bytes = try? readFile(list, limit: 64 << 20) else { return nil }
    let lines = bytes.split { $0 == 0x0A }
    return lines.compactMap { WebAddress(String(decoding: $0, as: UTF8.self)) }
  }

  private struct Round {
    var wall = 0.0
    var processor = 0.0
    var statuses: [Int: Int] = [:]
    var failures = 0
    var bytes = 0
    var validators: [Int: Validators] = [:]
  }

  private func round(
    _ addresses: [WebAddress], _ validators: [Int: Validators], _ spacing: Double
  ) -> Round {
    var round = Round()
    var setup = Transfers.Setup()
    setup.limits.spacing = spacing
    let (begin, processor) = (now(), processorSeconds())
    let transfers = Transfers(setup)
    for (number, address) in addresses.enumerated() {
      guard
        var request = try? Request(
          address, userAgent: "courant-bench", accept: Request.feeds, tag: number)
      else { continue }
      request.validators = validators[number]
      request.proxy = .none
      transfers.start(request)
    }
    while let result = transfers.next() {
      guard case .success(let response) = result.outcome else {
        round.failures += 1
        continue
      }
      round.statuses[response.status, default: 0] += 1
      round.bytes += response.body.count
      round.validators[result.request.tag] = response.validators
    }
    transfers.finish()
    round.wall = now() - begin
    round.processor = processorSeconds() - processor
    return round
  }

  private func add(_ what: String, _ round: Round, _ table: inout Table) {
    let statuses = round.statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    table.add(
      what, milliseconds(round.wall), "\(milliseconds(round.processor)) of processor",
      (statuses + ["failed: \(round.failures)", "\(round.bytes >> 20) MB"]).joined(separator: ", "))
  }
}
