internal import Display
internal import Settings
internal import Storage

extension Workspace {
  /// Fits every screen that is shown to so many lines above the status line.
  mutating func fit(_ rows: Int, _ environment: Environment) throws(StorageError) {
    overlays.fit(rows, environment)
    let panes = Panes(self, environment)
    if panes.sidebar > 0 { sidebar?.fit(rows) }
    if let columns = panes.story, story != nil {
      story?.view.fit(environment.layoutOptions(width: columns), height: rows)
      fitHints(environment)
    }
    guard panes.list != nil else { return }
    if results == nil { try list.fit(rows, environment) } else { results?.fit(rows) }
  }

  private mutating func fitHints(_ environment: Environment) {
    guard let hints, let story else { return }
    if let fitted = story.fitted(hints, environment) {
      overlays.replaceFront(with: .hints(fitted))
    } else {
      overlays.pop()
    }
  }
}
