import Files
import Glibc

/// The program's version, as `--version` prints it.
package let courantVersion = "0.1"

/// From arguments to an exit status.
enum Program {
  static func run(_ arguments: [Path]) -> Int32 {
    // A reader of our output that goes away is no error: `write` then fails, and we end.
    signal(SIGPIPE, SIG_IGN)
    do throws(UsageError) {
      return perform(try Invocation(arguments))
    } catch {
      Output.complain(error.message)
      return 2
    }
  }

  private static func perform(_ invocation: Invocation) -> Int32 {
    do throws(Failure) {
      return try answer(invocation) ? 0 : 1
    } catch {
      Output.complain(error.message)
      return 1
    }
  }

  /// Does what is asked; `false` if some of it failed and was said on standard error.
  private static func answer(_ invocation: Invocation) throws(Failure) -> Bool {
    switch invocation.request {
    case .help(let verb): try Output.write(Help.text(for: verb))
    case .version: try Output.write("courant \(courantVersion)\n")
    case .parse(let request): return try ParseVerb(request: request).run()
    default: throw Failure("not yet")
    }
    return true
  }
}
