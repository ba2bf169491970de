package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.routes.Bench.route;
import static org.solarrelay.routes.Bench.to;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.standalone.EmbeddedKafka;
import org.solarrelay.topic.TopicFixture;

/** A route file that begins at a custom topic, edited while it reads. */
class OwnTopicReloadTest {

  private static final String PERMITS = "consume-permits.camel.yaml";
  private static final String GROUP = "solar-relay-consume-permits";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private EmbeddedKafka broker;
  private TopicFixture fixture;
  private Bench bench;

  /** The beans that the routes call. */
  public final class Steps {
    public void first(Exchange exchange) throws Exception {
      fixture.store(exchange, "first ");
    }

    public void second(Exchange exchange) throws Exception {
      fixture.store(exchange, "second ");
    }
  }

  @BeforeEach
  void startBroker() throws IOException {
    broker = EmbeddedKafka.start(folder, 0);
    fixture = new TopicFixture(broker.bootstrapServers(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    if (bench != null) {
      bench.close();
    }
    fixture.close();
    broker.close();
  }

  @Test
  void aFileThatIsAddedReadsItsTopicFromTheBeginning() throws Exception {
    start();
    fixture.send("solar.permits", "1", "2");
    bench.swap(PERMITS, permits("solar.permits", "first"));

    awaitCommitted("solar.permits", 2);
    assertThat(fixture.storage.stored).containsExactly("first 1", "first 2");
  }

  @Test
  void aChangedRouteStaysInItsConsumerGroup() throws Exception {
    start(PERMITS, permits("solar.permits", "first"));
    fixture.send("solar.permits", "1", "2");
    awaitCommitted("solar.permits", 2);
    List<String> members = fixture.members(GROUP);

    bench.swap(PERMITS, permits("solar.permits", "second"));
    bench.routes.retire();
    fixture.send("solar.permits", "3");
    awaitCommitted("solar.permits", 3);

    assertThat(fixture.storage.stored).containsExactly("first 1", "first 2", "second 3");
    assertThat(fixture.members(GROUP)).hasSize(1).isEqualTo(members);
    assertThat(fixture.opened).hasValue(1);
    assertThat(bench.camel.getRoutes()).hasSize(1);
  }

  @Test
  void aWaitingBatchIsProcessedByTheChangedRoute() throws Exception {
    start(PERMITS, permits("solar.permits", "first"));
    fixture.storage.away(true);
    fixture.send("solar.permits", "1");
    await().atMost(LONG).until(() -> fixture.storage.failures() >= 1);

    bench.swap(PERMITS, permits("solar.permits", "second"));
    fixture.storage.away(false);

    awaitCommitted("solar.permits", 1);
    assertThat(fixture.storage.stored).containsExactly("second 1");
  }

  @Test
  void aRouteThatMovesToAnotherTopicReadsThatOne() throws Exception {
    start(PERMITS, permits("solar.permits", "first"));
    fixture.send("solar.permits", "1");
    awaitCommitted("solar.permits", 1);

    bench.swap(PERMITS, permits("solar.approvals", "second"));
    bench.routes.retire();
    fixture.send("solar.permits", "2");
    fixture.send("solar.approvals", "3");

    awaitCommitted("solar.approvals", 1);
    assertThat(fixture.storage.stored).containsExactly("first 1", "second 3");
    assertThat(fixture.committed(GROUP, "solar.permits")).isEqualTo(1);
  }

  @Test
  void aDeletedRouteReadsNoMoreAndReadsOnOnceItIsBack() throws Exception {
    start(PERMITS, permits("solar.permits", "first"));
    fixture.send("solar.permits", "1");
    awaitCommitted("solar.permits", 1);

    bench.files.remove(PERMITS);
    bench.swap();
    bench.routes.retire();
    await().atMost(LONG).until(() -> fixture.members(GROUP).isEmpty());
    fixture.send("solar.permits", "2");
    assertThat(fixture.storage.stored).containsExactly("first 1");
    assertThat(fixture.isPrepared("solar.permits")).isFalse();

    bench.swap(PERMITS, permits("solar.permits", "second"));
    awaitCommitted("solar.permits", 2);
    assertThat(fixture.storage.stored).containsExactly("first 1", "second 2");
  }

  @Test
  void aChangeThatCannotBeStartedLeavesTheRouteReading() throws Exception {
    start(PERMITS, permits("solar.permits", "first"));
    fixture.send("solar.permits", "1");
    awaitCommitted("solar.permits", 1);

    assertThatThrownBy(
            () ->
                bench.swap(
                    PERMITS,
                    permits("solar.permits", "second"),
                    "b.camel.yaml",
                    route("b", to("timer:x?period=often"))))
        .isInstanceOf(RouteSwapException.class);
    fixture.send("solar.permits", "2");

    awaitCommitted("solar.permits", 2);
    assertThat(fixture.storage.stored).containsExactly("first 1", "first 2");
    assertThat(fixture.opened).hasValue(1);
  }

  @Test
  void aMoveToAnotherTopicThatCannotBeStartedLeavesTheStageShown() throws Exception {
    start(PERMITS, permits("solar.permits", "first"));
    fixture.send("solar.permits", "1");
    awaitCommitted("solar.permits", 1);

    assertThatThrownBy(
            () ->
                bench.swap(
                    PERMITS,
                    permits("solar.approvals", "second"),
                    "b.camel.yaml",
                    route("b", to("timer:x?period=often"))))
        .isInstanceOf(RouteSwapException.class);
    fixture.send("solar.permits", "2");

    awaitCommitted("solar.permits", 2);
    assertThat(fixture.storage.stored).containsExactly("first 1", "first 2");
    assertThat(fixture.metrics.find("relay_consumer_lag").tag("stage", "consume-permits").gauge())
        .isNotNull();
  }

  private void start(String... files) throws Exception {
    bench =
        new Bench(
            camel -> {
              fixture.addTo(camel);
              camel.getRegistry().bind("steps", new Steps());
            },
            files);
  }

  private static String permits(String topic, String method) {
    return route(
            "consume-permits",
            """
            - bean:
                ref: steps
                method: %s
            """
                .formatted(method))
        .replace("direct:consume-permits", "topic:" + topic);
  }

  private void awaitCommitted(String topic, long offset) {
    await().atMost(LONG).until(() -> Long.valueOf(offset).equals(fixture.committed(GROUP, topic)));
  }
}
