internal import Display
internal import Settings
internal import Stories

// A story is shared by its headline and its address: on the clipboard, by mail, or with a program
// that the settings name.
extension Reader {
  /// What a story can be shared with, each with what that does; a name of the settings goes first.
  var shareNames: [(name: String, words: String)] {
    let own = preferences.share.map { ($0.name, $0.command) }
    let ours = [
      ("clipboard", "Headline and address on the clipboard"), ("mail", "A mail with both"),
    ]
    return own + ours.filter { one in !own.contains { $0.0 == one.0 } }
  }

  func share(with name: String) {
    let names = shareNames.map(\.name)
    if name.isEmpty { return say("Share with \(names.joined(separator: ", "))") }
    guard names.contains(name) else {
      let shown = truncated(safe(name, oneLine: true), to: 30)
      return fail(
        "There is no “\(shown)” to share with; there are \(names.joined(separator: ", "))")
    }
    guard let story = storyToShare() else { return say("There is no story to share") }
    if let chosen = preferences.share.first(where: { $0.name == name }) {
      share(story, with: chosen)
    } else if name == "mail" {
      mail(story)
    } else {
      let lines = [headline(of: story), story.address ?? ""].filter { !$0.isEmpty }
      copy(lines.joined(separator: "\n"), shownAs: lines.joined(separator: " "))
    }
  }

  private func share(_ story: Story, with chosen: Preferences.ShareCommand) {
    let address = story.address ?? ""
    if address.isEmpty, chosen.takesAddress {
      return fail("This story has no address, which \(chosen.name) is handed")
    }
    if !address.isEmpty, LinkTarget(address: address).address == nil {
      return fail("Not shared: only web addresses without controls are handed to a program")
    }
    effects.append(.share(chosen, address: address, title: headline(of: story)))
    say("Sharing with \(chosen.name)")
  }

  private func mail(_ story: Story) {
    let subject = encoded(truncated(headline(of: story), to: Self.mostSubject))
    let body = encoded("\(headline(of: story))\r\n\(story.address ?? "")\r\n")
    effects.append(.openLink("mailto:?subject=\(subject)&body=\(body)"))
    say("Opening a mail with the headline and the address")
  }

  /// Gives the text of the story to a program, which gets the terminal too.
  func pipe(to program: String) {
    guard let id = lookedStory else { return say("There is no story here") }
    effects.append(.pipe(program, id))
  }

  /// What mail programs show of a subject, and more.
  private static let mostSubject = 200

  private func headline(of story: Story) -> String { safe(story.title, oneLine: true) }
}

extension Preferences.ShareCommand {
  /// Whether it is of no use without an address: it names one, or nothing.
  fileprivate var takesAddress: Bool {
    command.contains("%u") || command.contains("%s") || !command.contains("%t")
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
