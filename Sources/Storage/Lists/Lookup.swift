extension Library {
  /// The story that stood at an address, in whatever spelling; `nil` if there is none.
  package func story(at address: String) throws(StorageError) -> StoryID? {
    guard let shared = Identity.sharedForm(address) else { return nil }
    return try connection.first(
      """
      SELECT story FROM identities JOIN readings USING (story)
      WHERE address = ?1 AND deleted IS NULL LIMIT 1
      """, [.text(shared)]
    ) { $0.int(0) }
  }
}
