package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.standalone.StandaloneIT.lead;
import static org.solarrelay.standalone.StandaloneIT.recordsAt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the packaged program and its Kafka; PostgreSQL keeps running. */
class KilledStandaloneIT {

  private static final Map<String, String> SHORT_LEASE = Map.of("RELAY_LEASE", "PT6S");

  @TempDir Path temp;

  @Test
  void leadsAcceptedBeforeAKillAreDeliveredAfterTheNextStartTwiceInARow() throws Exception {
    try (PackagedRelay relay =
        new PackagedRelay(temp.resolve("data"), SHORT_LEASE).onPreparedData()) {
      Set<String> accepted = new TreeSet<>();
      for (String round : new String[] {"first", "second"}) {
        relay.start();
        for (String vendor : new String[] {"enerflo", "solarproof", "crm"}) {
          relay.setFaults(vendor, "{\"delayMillis\":200}");
        }
        for (int n = 0; n < 40; n++) {
          String name = round + "-" + n;
          if (relay.post("/webhooks/leads", lead(name)) == 202) {
            accepted.add(name + "@example.com");
          }
        }
        relay.kill();
      }
      relay.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(recordsAt(relay, "enerflo", "leads")).isEqualTo(accepted);
                assertThat(recordsAt(relay, "solarproof", "customers")).isEqualTo(accepted);
              });
      assertThat(accepted).hasSize(80);
    }
  }
}
