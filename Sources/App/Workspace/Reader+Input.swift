internal import Display
internal import Settings
internal import Storage

// Input: keys and mouse events are mapped to commands.
extension Reader {
  /// The key of an unbound chord with Alt, which is read as Esc followed by the key.
  ///
  /// Terminals send the two alike, and tmux delays Esc for so long that a key pressed after it
  /// arrives as a chord.
  func keyBehindEscape(_ key: Key) -> Key? {
    guard case .alt(let plain) = key else { return nil }
    switch plain {
    case .character, .control, .enter, .tab, .backspace: break
    default: return nil
    }
    guard !isMarkPending else { return plain }
    let context = workspace.keyContext
    let isBound = [keys.reader.pending + [key], [key]].contains {
      environment.keymap.find($0, in: context) != .unknown
    }
    return isBound ? nil : plain
  }

  func command(_ key: Key) {
    defer {
      if keys.reader.pending.isEmpty, !isMarkPending { keys.showsContinuations = false }
    }
    if workspace.overlays.takesSingleKeys { return takeSingle(key) }
    act(on: keys.reader.read(key, environment.keymap, in: workspace.keyContext))
  }

  /// Gives a key to the overlay in front, which waits for a single one.
  func takeSingle(_ key: Key) {
    let here = here
    let reply = attempt { () throws(StorageError) in
      try workspace.overlays.withFront { (screen: inout any OverlayScreen) throws(StorageError) in
        try screen.press(key, here)
      } ?? .notMine
    }
    guard let reply else { return }
    guard reply.isNotMine else { return carryOut(reply) }
    workspace.overlays.pop()
    command(key)
  }

  /// The key timeout passed: performs the keys typed so far if they are a command, or shows what may
  /// follow them.
  func becomeIdle() {
    applyPendingChanges()
    let isBusy = attempt { () throws(StorageError) in
      if let reply = try workspace.lookUpDeferred(here) {
        carryOut(reply)
        return true
      }
      return try workspace.countSearches(here)
    }
    guard isBusy == false else { return }
    if isMarkPending { keys.showsContinuations = true }
    guard !keys.reader.pending.isEmpty else { return }
    if let outcome = keys.reader.pause(environment.keymap, in: workspace.keyContext) {
      act(on: outcome)
    } else {
      keys.showsContinuations = true
    }
  }

  private func act(on outcome: KeyReader.Outcome) {
    switch outcome {
    case .waiting, .cancelled: break
    case .orders(let orders, let count): perform(orders, count: count)
    case .ordersThen(let orders, let count, let again):
      perform(orders, count: count)
      for key in again where !isFinished {
        workspace.prompt == nil ? command(key) : type(key)
      }
    case .unknown(let pressed):
      let unknown = UnknownKey(pressed: pressed, isReading: workspace.isReading, environment: here)
      say(unknown.words)
    }
  }

  private func perform(_ orders: [Keymap.Order], count: Int?) {
    for order in orders where !isFinished {
      switch order {
      case .command(let command): perform(command, count: count)
      case .line(let line): perform(line: line)
      }
    }
  }

  // MARK: - A line that is typed

  /// Takes a key while a line is being typed.
  func type(_ key: Key) {
    guard var prompt = workspace.prompt else { return }
    let outcome = prompt.press(key, here)
    workspace.prompt = prompt
    switch outcome {
    case .edited: break
    case .accepted: accept()
    case .cancelled:
      attempt { () throws(StorageError) in carryOut(try workspace.cancel(prompt, here)) }
    case .completes(let forward):
      let completer = Completer(here, commentAuthors: workspace.story?.commentAuthors ?? [])
      attempt { () throws(StorageError) in
        carryOut(try completer.complete(&prompt, forward: forward))
      }
      prompt.lookup = .due
      workspace.prompt = prompt
    case .reply(let reply): carryOut(reply)
    }
  }

  /// Does what the typed line asks for.
  func accept() {
    let accepted = attempt { () throws(StorageError) in try workspace.accept(here) }
    guard let accepted else { return }
    if let line = accepted.remembered { remember(line) }
    carryOut(accepted.reply)
    if let line = accepted.line { perform(line: line) }
  }

  private func remember(_ line: History.Line) {
    guard !line.text.isEmpty, environment.history[line.kind].last != line.text else { return }
    environment.history.add(line)
    effects.append(.remember(line))
  }

  // MARK: - The mouse

  /// What a click is on, as it has been drawn; `nil` of other keys.
  func clicked(_ key: Key) -> HitTarget? {
    guard case .mouse(let mouse) = key, mouse.act == .press,
      (0..<environment.size.rows - 1)
        .contains(mouse.row)
    else { return nil }
    return scene.drawing.target(atRow: mouse.row, column: mouse.column)
  }

  func take(_ mouse: Key.Mouse, target: HitTarget?) {
    guard preferences.hasMouse else { return }
    attempt { () throws(StorageError) in
      switch mouse.act {
      case .wheelUp, .wheelDown:
        if workspace.hints != nil { workspace.overlays.pop() }
        carryOut(try workspace.wheel(up: mouse.act == .wheelUp, column: mouse.column, here))
      case .press:
        keys.isDraggingDivider = false
        guard workspace.prompt == nil, (0..<environment.size.rows - 1).contains(mouse.row) else {
          return
        }
        keys.isDraggingDivider = target == .divider && workspace.overlays.isEmpty
        keys.hasMovedDivider = false
        carryOut(try workspace.click(target, here))
      case .drag, .release: break
      }
    }
  }

  /// Moves the line between the panes while the mouse holds it.
  func dragDivider(_ mouse: Key.Mouse) {
    guard preferences.hasMouse, keys.isDraggingDivider else { return }
    guard mouse.act == .drag else { return releaseDivider() }
    let panes = Panes(workspace, environment)
    guard panes.isSplit else { return }
    keys.hasMovedDivider = true
    environment.options.preferences.listWidth = Panes.listWidth(
      mouse.column - panes.sidebar, in: environment.size.columns - panes.sidebar)
  }

  private func releaseDivider() {
    keys.isDraggingDivider = false
    let width = preferences.listWidth
    guard keys.hasMovedDivider else {
      return say("The line between list and story can be dragged")
    }
    say(
      "list-width is \(width) until Courant ends; to keep it, write list-width: \(width) "
        + "in config.yaml")
  }
}
