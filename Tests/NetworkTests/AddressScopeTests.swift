import Network
import Stories
import Testing

@testable import Network

@Suite struct AddressScopeTests {
  @Test(arguments: [
    ("1.1.1.1", AddressScope.public), ("172.15.0.1", .public), ("172.32.0.1", .public),
    ("192.0.2.1", .public), ("192.167.1.1", .public), ("100.63.0.1", .public),
    ("223.1.1.1", .public),
    ("10.0.0.1", .private), ("172.16.0.1", .private), ("172.31.255.255", .private),
    ("192.168.1.1", .private), ("100.64.0.1", .private), ("198.18.0.1", .private),
    ("192.0.0.8", .private), ("224.0.0.1", .private), ("255.255.255.255", .private),
    ("169.254.169.254", .linkLocal), ("127.0.0.1", .loopback), ("127.255.0.9", .loopback),
    ("0.0.0.0", .loopback), ("0.1.2.3", .loopback),
    ("[2606:4700::1111]", .public), ("[2001:db8::1]", .public), ("[::]", .loopback),
    ("[::1]", .loopback), ("[fe80::1]", .linkLocal), ("[febf::1]", .linkLocal),
    ("[fc00::1]", .private), ("[fd12:3456::1]", .private), ("[fec0::1]", .private),
    ("[ff02::1]", .private),
    // IPv4 inside of IPv6.
    ("[::ffff:127.0.0.1]", .loopback), ("[::ffff:10.0.0.1]", .private),
    ("[::ffff:8.8.8.8]", .public),
    ("[::127.0.0.1]", .loopback), ("[::10.1.1.1]", .private), ("[64:ff9b::a00:1]", .private),
    ("[64:ff9b::808:808]", .public), ("[64:ff9b:1::1]", .private), ("[2002:7f00:1::]", .loopback),
    ("[2002:a00:1::]", .private), ("[::ffff:0:7f00:1]", .loopback),
  ])
  func scopeOfAHost(_ host: String, _ scope: AddressScope) throws {
    let address = try #require(WebAddress("http://\(host)/"))
    #expect(AddressScope(ofHost: address.normalizedHost) == scope)
  }

  @Test func namesArePublicBesidesThatOfThisMachine() {
    for name in ["localhost", "a.localhost", "localhost."] {
      #expect(AddressScope(ofHost: name) == .loopback)
    }
    for name in ["news.example", "localhost.example", "notlocalhost"] {
      #expect(AddressScope(ofHost: name) == .public)
    }
  }

  @Test func whatIsNoAddressIsTrustedWithNothing() {
    #expect(AddressScope([]) == .loopback && AddressScope([8, 8, 8]) == .loopback)
    #expect(AddressScope.public < .private && .private < .linkLocal && .linkLocal < .loopback)
  }
}
