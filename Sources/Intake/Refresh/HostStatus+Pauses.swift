internal import Network
internal import Storage

extension [String: HostStatus] {
  /// What hosts asked for, as the network layer knows it.
  var pauses: [String: HostRules.Pause] {
    mapValues {
      HostRules.Pause(until: Double($0.notBefore), refusals: $0.failures, status: 0)
    }
  }
}
