package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The relay is there before Kafka and PostgreSQL are. */
class StartOrderIT {

  private static final int EVENTS = 60;

  private final FaultBench bench = FaultBench.SHARED;

  @Test
  void itSaysWhatItWaitsForAndWorksOnceThatIsThere() throws Exception {
    bench.stopSteadyRelay();
    bench.broker.stop();
    bench.database.stop();
    try (Relay relay = bench.relay("early").launch()) {
      await()
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () ->
                  assertThat(relay.log()).contains("Waiting for Kafka", "Waiting for PostgreSQL"));
      assertThat(relay.liveness()).isEqualTo(200);
      HttpResponse<String> early = relay.post("leads", "{\"lastName\":\"Early\"}", "early");
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(early.headers().firstValue("Retry-After")).isPresent();

      bench.database.start();
      bench.broker.start();
      relay.awaitReady();
      WebhookSender sender =
          WebhookSender.start("early", List.of(relay), EVENTS / 4, 4, 200)
              .continueAfterFault()
              .finish();
      assertThat(sender.accepted).hasSize(EVENTS);
      System.out.println(
          "started before Kafka and PostgreSQL: " + bench.consistencyCheck(relay).of(sender));
    }
  }
}
