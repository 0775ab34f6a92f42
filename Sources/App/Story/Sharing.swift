internal import Display
internal import Settings
internal import Stories

/// A story to be shared by its headline and its address: on the clipboard, by mail, or with a program
/// that the settings name.
struct Sharing {
  private let story: Story
  private let environment: Environment

  init(_ story: Story, _ environment: Environment) {
    self.story = story
    self.environment = environment
  }

  /// What a story can be shared with, each with what that does; a name of the settings goes first.
  static func names(_ preferences: Preferences) -> [(name: String, words: String)] {
    let own = preferences.share.map { ($0.name, $0.command) }
    let ours = [
      ("clipboard", "Headline and address on the clipboard"), ("mail", "A mail with both"),
    ]
    return own + ours.filter { one in !own.contains { $0.0 == one.0 } }
  }

  /// Why a name cannot be shared with; `nil` where it can.
  static func refusal(of name: String, _ preferences: Preferences) -> Reply? {
    let names = names(preferences).map(\.name)
    if name.isEmpty { return .say("Share with \(names.joined(separator: ", "))") }
    guard !names.contains(name) else { return nil }
    let shown = truncated(safe(name, oneLine: true), to: 30)
    return .fail(
      "There is no “\(shown)” to share with; there are \(names.joined(separator: ", "))")
  }

  /// Shares it with something that has a name.
  func share(with name: String) -> Reply {
    if let program = environment.preferences.share.first(where: { $0.name == name }) {
      return share(with: program)
    }
    if name == "mail" { return mail }
    let lines = [headline, story.address ?? ""].filter { !$0.isEmpty }
    let shown = "\(headline) \(story.address.map { shownAddress($0) } ?? "")"
    return .several([
      .effect(.copy(lines.joined(separator: "\n"))),
      .say("Copied \(environment.shortened(shown, to: 60))"),
    ])
  }

  private func share(with program: Preferences.ShareCommand) -> Reply {
    let address = story.address ?? ""
    if address.isEmpty, program.takesAddress {
      return .fail("This story has no address, which \(program.name) is handed")
    }
    if !address.isEmpty, LinkTarget(address: address).address == nil {
      return .fail("Not shared: only web addresses without controls are handed to a program")
    }
    return .several([
      .effect(.share(program, address: address, title: headline)),
      .say("Sharing with \(program.name)"),
    ])
  }

  private var mail: Reply {
    let subject = encoded(truncated(headline, to: Self.maxSubjectColumns))
    let body = encoded("\(headline)\r\n\(story.address ?? "")\r\n")
    return .several([
      .effect(.openLink("mailto:?subject=\(subject)&body=\(body)")),
      .say("Opening a mail with the headline and the address"),
    ])
  }

  /// What mail programs show of a subject, and more.
  private static let maxSubjectColumns = 200

  private var headline: String { safe(story.title, oneLine: true) }
}

extension Preferences.ShareCommand {
  /// Whether it is of no use without an address: it names one, or nothing.
  fileprivate var takesAddress: Bool {
    placeholders(in: command) != ["t"]
  }
}

/// A part of an address that means nothing in it: all but letters, digits and `-._~` escaped.
private func encoded(_ text: String) -> String {
  percentEncoded(text) { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }
}
