package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** JSON that takes the most memory for its bytes, on a pod with the smallest heap. */
class DenseRecordsIT {

  private static final int EACH = 30;

  /** Refused at 256 MiB: 1 MiB of text, 700,000 elements. */
  private static final String TOO_DENSE = "[],".repeat(340_000) + "0";

  /** Just allowed at 256 MiB, and as large as a topic takes. */
  private static final String DENSE = "{},".repeat(55_000) + "\"" + "x".repeat(800_000) + "\"";

  private final FaultBench bench = FaultBench.SHARED;

  @Test
  void aPodOf256MebibytesDeliversWhatStandsBetweenThemAndDoesNotEnd() throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int n = 0; n < EACH; n++) {
      records.add(lead("denserefused-%d".formatted(n), TOO_DENSE));
      records.add(lead("denselarge-%d-n0".formatted(n), DENSE));
      records.add(lead("densegood-%d-n0".formatted(n), "0"));
    }
    Relay relay =
        bench.relay("dense", Map.of("_JAVA_OPTIONS", "-Xmx256m -XX:+ExitOnOutOfMemoryError"));
    // it creates the topics, and finds all of the records at its next start
    relay.start();
    await().ignoreExceptions().until(() -> relay.api("destinations").path("items").size() > 0);
    relay.stop();
    new Topic(bench.broker.bootstrapServers()).send(records);
    relay.start();
    try {
      for (String vendor : CountingVendors.NAMES) {
        await()
            .atMost(Duration.ofSeconds(240))
            .untilAsserted(
                () -> {
                  assertThat(relay.liveness()).isEqualTo(200);
                  assertThat(bench.vendors.events(vendor, "densegood")).as(vendor).hasSize(EACH);
                  assertThat(bench.vendors.events(vendor, "denselarge")).as(vendor).hasSize(EACH);
                });
      }
    } finally {
      relay.close();
    }
  }

  private static ProducerRecord<byte[], byte[]> lead(String name, String extra) {
    String data =
        """
        {"firstName":"Ada","lastName":"%s","email":"%s@example.com","mobile":"(801) 555-0100",
         "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"},"x":[%s]}\
        """
            .formatted(name, name, extra);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("solar.leads", bytes(name), bytes(data));
    Map.of("specversion", "1.0", "id", name, "source", "web", "type", "lead.submitted")
        .forEach((attribute, text) -> record.headers().add("ce_" + attribute, bytes(text)));
    record.headers().add("ce_subject", bytes(name));
    record.headers().add("content-type", bytes("application/json"));
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
