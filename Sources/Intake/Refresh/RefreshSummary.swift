package import Storage

extension Refresher {
  /// How far a run is.
  package struct Progress: Sendable, Hashable {
    /// Sources that are done, whatever came of them.
    package var done = 0
    package var total: Int
    package var newStories = 0
    package var failed = 0
  }

  /// A source that could not be fetched.
  package struct Failure: Sendable, Hashable {
    package var subscription: SubscriptionID
    package var name: String
    package var problem: FetchProblem
    /// How many attempts in a row have failed by now.
    package var count: Int
  }

  /// What a run did.
  package struct Summary: Sendable {
    /// How many sources were asked.
    package var asked = 0
    /// How many were not asked, because their host wants a pause or they were asked a moment ago.
    package var waiting = 0
    package var newStories: [StoryID] = []
    package var updatedStories: [StoryID] = []
    /// How many sources brought new stories.
    package var sourcesWithNews = 0
    package var unchanged = 0
    package var failures: [Failure] = []
    /// Sources whose server says that they are gone for good, by name.
    package var gone: [String] = []
    /// Sources that are fetched from another address from now on: their names and the new addresses.
    package var moved: [(name: String, address: String)] = []
    /// No host could be reached: the network is down, and no source is blamed.
    package var isOffline = false
    package var isCancelled = false
    /// Another program refreshes, and is so far; this run did nothing.
    package var other: Lease?
    /// Why the library took no more; what was stored before stays.
    package var stopped: StorageError?

    package init() {}
  }
}
