package org.solarrelay.ops.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHostsTest {

  private final LocalHosts hosts = new LocalHosts("127.0.0.5", List.of("relay.internal"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LocalHost:8080",
        "localhost.:8080",
        "relay.localhost",
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.1.2.3:1",
        "[::1]",
        "[::1]:8080",
        "relay.internal",
        "Relay.Internal:80"
      })
  void namesOfThisMachineAreLocal(String host) {
    assertThat(hosts.areLocal(host, "http://" + host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":8080",
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1:80.evil.example",
        "127evil.example",
        "evillocalhost",
        "[::1].evil.example",
        "[::2]",
        "10.0.0.1",
        "0.0.0.0",
        "user@localhost",
        "localhost/evil.example",
        "relay.internal.evil.example"
      })
  void otherNamesAreForeign(String host) {
    assertThat(hosts.areLocal(host, "http://localhost")).isFalse();
    assertThat(hosts.areLocal("localhost", "http://" + host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "file://", "localhost", "ftp://localhost", "https://", " "})
  void anOriginThatNamesNoSiteIsForeign(String origin) {
    assertThat(hosts.areLocal("localhost", origin)).isFalse();
  }

  @Test
  void requestsWithoutOriginOrHostAreLocal() {
    String none = null;
    assertThat(hosts.areLocal("localhost", none)).isTrue();
    assertThat(hosts.areLocal(none, none)).isTrue();
  }
}
