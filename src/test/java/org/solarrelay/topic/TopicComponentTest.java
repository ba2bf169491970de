package org.solarrelay.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.TopicMessage;
import org.solarrelay.pipeline.ErrorHandling;
import org.solarrelay.standalone.EmbeddedKafka;

class TopicComponentTest {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static EmbeddedKafka broker;

  private final TopicFixture fixture = new TopicFixture(broker.bootstrapServers(), POLL_INTERVAL);
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final String topic;

  TopicComponentTest(TestInfo test) {
    topic = "t." + test.getTestMethod().orElseThrow().getName();
  }

  private interface Step {
    void run(Exchange exchange) throws Exception;
  }

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedKafka.start(folder, 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void stop() {
    camel.stop();
    fixture.close();
  }

  @Test
  void aMissingTopicIsCreatedAndReadFromItsBeginning() throws Exception {
    start("own", fixture::store);
    await().atMost(LONG).until(() -> fixture.topics().contains(topic));
    fixture.send(topic, values(3));

    awaitCommitted("own", 3);
    assertThat(fixture.storage.stored).containsExactly(values(3));
    assertThat(fixture.dead).isEmpty();
  }

  @Test
  void offsetsAreCommittedOnlyOnceTheBatchIsStoredAndItIsProcessedAgainUntilThen()
      throws Exception {
    fixture.storage.away(true);
    fixture.send(topic, values(20));
    start("own", fixture::store);
    await().atMost(LONG).until(() -> fixture.storage.failures() >= 3);
    assertThat(fixture.committed("solar-relay-own", topic)).isNull();

    fixture.storage.away(false);
    awaitCommitted("own", 20);
    assertThat(fixture.storage.stored).containsExactly(values(20));
  }

  @Test
  void aReaderStaysInItsGroupWhileStorageIsAwayForLongerThanThePollInterval() throws Exception {
    fixture.storage.away(true);
    fixture.send(topic, values(20));
    start("own", fixture::store);
    await().atMost(LONG).until(() -> fixture.storage.failures() >= 1);
    List<String> members = fixture.members("solar-relay-own");
    Instant longer = Instant.now().plus(POLL_INTERVAL.multipliedBy(3));
    await().atMost(LONG).until(() -> Instant.now().isAfter(longer));
    assertThat(fixture.members("solar-relay-own")).hasSize(1).isEqualTo(members);

    fixture.storage.away(false);
    awaitCommitted("own", 20);
    assertThat(fixture.storage.stored).containsExactly(values(20));
    assertThat(fixture.opened).hasValue(1);
  }

  @Test
  void aPollThatThrowsLosesNothing() throws Exception {
    fixture.send(topic, values(20));
    fixture.pollFailures.add(new KafkaException("broken"));
    start("own", fixture::store);
    awaitCommitted("own", 20);
    fixture.pollFailures.add(new KafkaException("broken again"));
    fixture.send(topic, values(5));

    awaitCommitted("own", 25);
    assertThat(fixture.storage.stored).hasSize(25);
    assertThat(fixture.opened).hasValue(3);
  }

  @Test
  void anAuthorizationErrorThatHealsIsNotTheEnd() throws Exception {
    fixture.send(topic, values(20));
    for (int i = 0; i < 3; i++) {
      fixture.pollFailures.add(new TopicAuthorizationException(topic));
    }
    start("own", fixture::store);

    awaitCommitted("own", 20);
    assertThat(fixture.storage.stored).containsExactly(values(20));
  }

  @Test
  void anExchangeThatFailsBecauseOfItsMessageEndsItsRecordAlone() throws Exception {
    fixture.send(topic, values(3));
    start("own", this::storeAllButTheSecond);

    awaitCommitted("own", 3);
    assertThat(fixture.storage.stored).containsExactly("value 0", "value 2");
    assertThat(fixture.dead).containsExactly(Map.entry(topic + "-0-1", "own: unreadable"));
  }

  @Test
  void theDeadLetterConfigurationEndsTheRecordToo() throws Exception {
    fixture.send(topic, values(3));
    camel.addRoutesConfigurations(new ErrorHandling());
    start("own", "dead-letter", this::storeAllButTheSecond);

    awaitCommitted("own", 3);
    assertThat(fixture.storage.stored).containsExactly("value 0", "value 2");
    assertThat(fixture.dead).containsExactly(Map.entry(topic + "-0-1", "own: unreadable"));
  }

  @Test
  void anExchangeThatFailsBecauseSomethingIsAwayFailsTheBatch() throws Exception {
    fixture.send(topic, values(3));
    camel.addRoutesConfigurations(new ErrorHandling());
    int[] failures = {3};
    start(
        "own",
        "dead-letter",
        exchange -> {
          if (failures[0]-- > 0) {
            throw new SQLException("away", "08006");
          }
          fixture.store(exchange);
        });

    awaitCommitted("own", 3);
    assertThat(fixture.storage.stored).containsExactly(values(3));
    assertThat(fixture.dead).isEmpty();
  }

  @Test
  void aBatchHoldsNoMoreRecordsAndBytesThanTheEndpointSays() throws Exception {
    fixture.send(topic, values(10));
    start("own", "?maxRecords=4&maxBytes=30", "", fixture::store);

    awaitCommitted("own", 10);
    assertThat(fixture.storage.stored).containsExactly(values(10));
    // 10 bytes of key and value each: polls of 4 records are cut behind the third
    assertThat(fixture.metrics.get("relay_memory_limits").tag("limit", "poll").counter().count())
        .isEqualTo(2);
  }

  @Test
  void eventsOfABatchAreOnTheirTopicOnceTheOffsetIsCommitted() throws Exception {
    fixture.send(topic, "key", "made", Map.of());
    fixture.create("solar.leads");
    long before = end("solar.leads");
    start("own", exchange -> exchange.getMessage().setBody(List.of(event("a"), event("b"))));

    awaitCommitted("own", 1);
    assertThat(end("solar.leads") - before).isEqualTo(2);
  }

  @Test
  void aBodyThatIsNoEventEndsTheRecord() throws Exception {
    fixture.send(topic, values(1));
    start("own", exchange -> exchange.getMessage().setBody("text"));

    awaitCommitted("own", 1);
    assertThat(fixture.dead.get(topic + "-0-0"))
        .startsWith("own: the body is a text; end with an event {type, data}");
  }

  @Test
  void aMessageGoesToATopicByName() throws Exception {
    fixture.send(topic, values(2));
    fixture.send(topic + ".copy", "first");
    fixture.addTo(camel);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("topic:" + topic).routeId("own").to("topic:" + topic + ".copy");
          }
        });
    camel.start();

    awaitCommitted("own", 2);
    assertThat(end(topic + ".copy")).isEqualTo(3);
  }

  @Test
  void aStageIsShownWhileItsRouteIsThere() throws Exception {
    start("own", fixture::store);
    assertThat(fixture.metrics.get("relay_consumer_lag").tag("stage", "own").gauge().value())
        .isZero();
    assertThat(fixture.metrics.get("relay_stage_waiting").tag("stage", "own").gauges()).hasSize(1);
    assertThat(fixture.metrics.get("relay_dead_letters").tag("stage", "own").counters()).hasSize(1);

    camel.getRouteController().stopRoute("own");
    assertThat(fixture.metrics.find("relay_consumer_lag").tag("stage", "own").gauge()).isNull();
    assertThat(fixture.metrics.find("relay_stage_waiting").tag("stage", "own").gauge()).isNull();
  }

  @Test
  void aRouteCannotTakeTheGroupOfAStage() {
    assertThatThrownBy(() -> start("fan-out", fixture::store))
        .hasStackTraceContaining("a stage of the pipeline uses its consumer group");
  }

  @Test
  void aStopWhileStorageIsAwayIsQuick() throws Exception {
    fixture.storage.away(true);
    fixture.send(topic, values(1));
    start("own", fixture::store);
    await().atMost(LONG).until(() -> fixture.storage.failures() >= 1);
    Instant before = Instant.now();
    camel.stop();

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(fixture.committed("solar-relay-own", topic)).isNull();
  }

  private void storeAllButTheSecond(Exchange exchange) throws Exception {
    fixture.store(exchange);
    if (BatchRecord.of(exchange).orElseThrow().record().offset() == 1) {
      throw new IllegalStateException("unreadable");
    }
  }

  private void start(String route, Step step) throws Exception {
    start(route, "", step);
  }

  private void start(String route, String configuration, Step step) throws Exception {
    start(route, "", configuration, step);
  }

  private void start(String route, String options, String configuration, Step step)
      throws Exception {
    fixture.addTo(camel);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            var definition = from("topic:" + topic + options).routeId(route);
            if (!configuration.isEmpty()) {
              definition.routeConfigurationId(configuration);
            }
            definition
                .process(step::run)
                .filter(exchange -> !(exchange.getMessage().getBody() instanceof TopicMessage))
                .to("topic:events");
          }
        });
    camel.start();
  }

  private void awaitCommitted(String route, long offset) {
    await()
        .atMost(LONG)
        .until(() -> Long.valueOf(offset).equals(fixture.committed("solar-relay-" + route, topic)));
  }

  private long end(String name) throws Exception {
    return fixture.end(name);
  }

  private static String[] values(int count) {
    return IntStream.range(0, count).mapToObj(i -> "value " + i).toArray(String[]::new);
  }

  private static Event event(String id) {
    return Event.builder()
        .id(id)
        .source("crm")
        .type("lead.submitted")
        .subject("s")
        .time(OffsetDateTime.now())
        .data(EventJson.parseObject("{\"lastName\":\"Brook\"}".getBytes()))
        .build();
  }
}
