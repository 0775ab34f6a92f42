extension Library {
  /// The story that stood at an address, in whatever spelling; `nil` if there is none.
  package func story(at address: String) throws(StorageError) -> StoryID? {
    guard let shared = Identity.sharedForm(address) else { return nil }
    return try connection.first(
      "SELECT story FROM identities WHERE address = ?1 LIMIT 1", [.text(shared)]
    ) { $0.int(0) }
  }
}
