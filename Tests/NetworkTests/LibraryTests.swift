import Glibc
import Network
import TestServer
import TestSupport
import Testing

@testable import Network

/// libcurl that is there, is not, is too old, or is something else; each in a process of its own, which
/// can load only one.
@Suite struct LibraryTests {
  /// What the probe prints with that library.
  private func probe(_ library: String?, _ address: String? = nil) throws -> String {
    let folder = TemporaryFolder()
    let output = folder["out.txt"]
    var environment = ["PATH=/usr/bin:/bin"]
    if let library { environment.append("COURANT_LIBCURL=\(library)") }
    let status = run(
      [productsFolder() + "/network-probe"] + (address.map { [$0] } ?? []), environment, output)
    #expect(status == 0)
    return String(decoding: readFile(output) ?? [], as: UTF8.self)
  }

  /// Runs a program with its output in a file; its exit status.
  private func run(_ arguments: [String], _ environment: [String], _ output: String) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    let words = arguments.map { strdup($0) } + [nil]
    let values = environment.map { strdup($0) } + [nil]
    defer { for text in words + values { free(text) } }
    var child = pid_t()
    guard posix_spawn(&child, arguments[0], &actions, nil, words, values) == 0 else { return -1 }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return status >> 8 & 0xFF
  }

  @Test func isThere() throws {
    let server = try #require(TestServer { _ in .reply(text: "hello") })
    let said = try probe(nil, server.address("/"))
    #expect(said.contains("problem: none"))
    #expect(said.contains("protocols: http https"))
    #expect(said.contains("fetched: 200 5"))
    #expect(!said.contains("version: none") && !said.contains("tls: none"))
    let diagnostics = NetworkDiagnostics(environment: [:])
    #expect(diagnostics.problem == nil && diagnostics.proxies.isEmpty)
    #expect(diagnostics.file == "libcurl.so.4" || diagnostics.file == "libcurl-gnutls.so.4")
  }

  @Test func isNotThere() throws {
    let said = try probe("/none", "http://127.0.0.1:1/")
    #expect(said.contains("version: none"))
    let sentence = "libcurl is not installed; install it with: apt install libcurl4"
    #expect(said.contains("problem: \(sentence)"))
    #expect(said.contains("failed: \(sentence)"))
  }

  @Test func isSomethingElse() throws {
    let said = try probe("libz.so.1", "http://127.0.0.1:1/")
    #expect(said.contains("problem: libcurl cannot be used (it lacks curl_global_init)"))
    #expect(said.contains("failed: libcurl cannot be used"))
  }

  /// A library that says that it is 7.84 and lacks nothing else.
  @Test func isTooOld() throws {
    let compiler = "/usr/bin/cc"
    guard access(compiler, X_OK) == 0 else { return }
    let folder = TemporaryFolder()
    let names = [
      "global_init", "easy_init", "easy_cleanup", "easy_setopt", "easy_getinfo", "easy_pause",
      "slist_append", "slist_free_all", "multi_init", "multi_cleanup", "multi_setopt",
      "multi_add_handle", "multi_remove_handle", "multi_perform", "multi_info_read",
    ]
    let source =
      """
      typedef struct { int age; const char *version; unsigned number; const char *host; int features;
        const char *tls; long tls_number; const char *zlib; const char *const *protocols; } info;
      static info old = {10, "7.84.0", 0x075400, "", 0, "None", 0, "", 0};
      info *curl_version_info(int age) { (void)age; return &old; }

      """ + names.map { "int curl_\($0)(void) { return 0; }\n" }.joined()
    #expect(writeFile(folder["old.c"], Array(source.utf8)))
    let library = folder["libold.so"]
    #expect(
      run(
        [compiler, "-shared", "-fPIC", "-o", library, folder["old.c"]], ["PATH=/usr/bin:/bin"],
        folder["cc.txt"]) == 0)
    let said = try probe(library, "http://127.0.0.1:1/")
    #expect(
      said.contains("problem: libcurl 7.84.0 is too old, 7.85 or newer is needed; update it with:"))
  }
}
