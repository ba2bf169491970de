package org.solarrelay.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.mapping.jq.JqLanguageBean;
import org.solarrelay.mapping.jq.JqRouteLanguage;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.routes.ProblemReporter;
import org.solarrelay.routes.SwappableDirect;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.RecordPublisher;
import org.solarrelay.topic.client.SecuredKafkaClientFactory;
import org.solarrelay.topic.client.StageTopics;
import org.solarrelay.topic.client.TopicPreparation;
import org.solarrelay.topic.client.Topics;

/** What a route makes of the messages of a topic of one's own, in a batch without Kafka. */
class OwnTopicEventsTest {

  private static final String APPROVED =
      """
      - filter:
          expression:
            jq:
              expression: .body.permit == "approved"
          steps:
            - setBody:
                expression:
                  jq:
                    expression: >-
                      {type: "project.milestone-changed", subject: .body.project,
                       data: {milestone: {name: "Permit"}, city: .headers.city, topic: .topic}}
            - to:
                uri: topic:events
      """;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
  private final Map<String, String> outcomes = new LinkedHashMap<>();
  private BatchProcessor processor;

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void anEventHasItsTopicKeyPositionAndTimeWhereTheRouteSaysNothing() throws Exception {
    handle(APPROVED, record(5, "P-77", "{\"permit\":\"approved\"}"));

    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).topic()).isEqualTo("solar.projects");
    assertThat(header(0, "ce_source")).isEqualTo("permits");
    assertThat(header(0, "ce_subject")).isEqualTo("P-77");
    assertThat(header(0, "ce_id")).isEqualTo("solar.permits-0-5");
    assertThat(header(0, "ce_receipt")).isEqualTo("solar.permits-0-5");
    assertThat(header(0, "ce_time")).startsWith("2026-05-04T10:00");
    assertThat(header(0, "relay_time")).startsWith("2026-05-04T10:00");
    assertThat(text(sent.get(0).value())).contains("\"city\":\"Provo\"", "\"solar.permits\"");
    assertThat(outcomes).isEmpty();
  }

  @Test
  void onePoisonMessageIsDeadAndTheOthersPass() throws Exception {
    handle(
        APPROVED,
        record(0, "A", "{\"permit\":\"approved\"}"),
        record(1, "B", "no json"),
        record(2, "C", null),
        record(3, "D", "{\"permit\":\"approved\"}"));

    assertThat(ids()).containsExactly("solar.permits-0-0", "solar.permits-0-3");
    assertThat(outcomes.keySet()).isEqualTo(Set.of("solar.permits-0-1", "solar.permits-0-2"));
    assertThat(outcomes.get("solar.permits-0-1")).startsWith("dead: not JSON");
    assertThat(outcomes.get("solar.permits-0-2")).isEqualTo("dead: the record is null");
  }

  @Test
  void aMessageOfWhichNothingIsSentHasAStory() throws Exception {
    handle(APPROVED, record(0, "A", "{\"permit\":\"refused\"}"));

    assertThat(sent).isEmpty();
    assertThat(outcomes)
        .containsExactly(Map.entry("solar.permits-0-0", "ignored: the route own sent nothing"));
  }

  @Test
  void aRouteMaySayWhyAMessageIsIgnored() throws Exception {
    handle(made("{ignored: \"a test\"}"), record(0, "A", "{}"));

    assertThat(outcomes).containsExactly(Map.entry("solar.permits-0-0", "ignored: a test"));
  }

  @Test
  void whatBreaksTheVocabularyIsDeadAndSaysWhatToChange() throws Exception {
    handle(made("{type: \"lead.submited\", data: {}}"), record(0, "A", "{}"));

    assertThat(sent).isEmpty();
    assertThat(outcomes.get("solar.permits-0-0"))
        .startsWith("dead: unknown event type 'lead.submited'; known are ");
  }

  @Test
  void eventsOfSeveralStepsHaveIdsOfTheirOwnAndTheSameWhenTheRecordIsReadAgain() throws Exception {
    String event = "{type: \"lead.changed\", data: {email: \"ada@example.com\"}}";
    String route = made(event) + made(event) + made("[%s, %s]".formatted(event, event));
    handle(route, record(0, "A", "{}"));
    List<String> first = ids();
    sent.clear();

    handleAgain(record(0, "A", "{}"));

    assertThat(first).hasSize(4).doesNotHaveDuplicates().startsWith("solar.permits-0-0");
    assertThat(ids()).isEqualTo(first);
  }

  @Test
  void aMessageIsPassedOnToAnotherTopicAsItIs() throws Exception {
    handle("- to:\n    uri: topic:solar.copies\n", record(0, "A", "no json"));

    assertThat(sent.get(0).topic()).isEqualTo("solar.copies");
    assertThat(text(sent.get(0).key())).isEqualTo("A");
    assertThat(text(sent.get(0).value())).isEqualTo("no json");
  }

  @Test
  void aStepOfCamelReadsTheValueAsText() throws Exception {
    handle(
        "- convertBodyTo:\n    type: String\n- to:\n    uri: topic:solar.copies\n",
        record(0, "A", "a;b"));

    assertThat(text(sent.get(0).value())).isEqualTo("a;b");
  }

  @Test
  void eventsOfFanOutsOwnTopicsAreNotMadeAnew() throws Exception {
    handle(
        made("{type: \"lead.changed\", data: {}}"),
        new ConsumerRecord<>("solar.leads", 0, 0, bytes("A"), bytes("{}")));

    assertThat(sent).isEmpty();
    assertThat(outcomes.get("solar.leads-0-0"))
        .isEqualTo(
            "dead: a route from topic:solar.leads cannot send to topic:events, because it would"
                + " read its own events; derive the event in fan-out");
  }

  @Test
  void aRouteWhoseTopicIsMissingSaysSo() throws Exception {
    RelayConfig config = RelaySettings.of(Map.of("relay.consumers.enabled", "false"));
    TopicPreparation preparation =
        new TopicPreparation(new Topics(null, config), kafka()) {
          @Override
          public Set<String> missing(Collection<String> names) {
            return Set.copyOf(names);
          }
        };
    camel.addComponent("direct", new SwappableDirect());
    camel.addComponent("topic", component(config, preparation, new Captured()));
    load("topic:solar.permits", APPROVED);

    ProblemReporter consumer = (ProblemReporter) camel.getRoute("own").getConsumer();
    assertThat(consumer.problem())
        .contains(
            "the broker has no topic solar.permits and does not let the relay create it; create it,"
                + " or allow it by an ACL");
  }

  @SafeVarargs
  private void handle(String steps, ConsumerRecord<byte[], byte[]>... records) throws Exception {
    RelayConfig config = RelaySettings.of(Map.of());
    TopicPreparation preparation = new TopicPreparation(new Topics(null, config), kafka());
    camel.addComponent("topic", component(config, preparation, new Captured()));
    load("direct:own", steps);
    Endpoint entry = camel.getEndpoint("direct:own");
    processor = new BatchProcessor("own", entry, new Outcomes(), RelayTracer.OFF, true);
    processor.handle(List.of(records));
  }

  private void load(String from, String steps) throws Exception {
    camel.getRegistry().bind(JqRouteLanguage.BEAN, new JqLanguageBean().language());
    String yaml =
        "- route:\n    id: own\n    from:\n      uri: %s\n      steps:\n%s"
            .formatted(from, steps.indent(8).stripTrailing());
    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("own.yaml", yaml));
    camel.start();
  }

  /** It reads nothing. */
  private static TopicComponent component(
      RelayConfig config, TopicPreparation preparation, RecordPublisher log) {
    TopicReaders readers =
        new TopicReaders(
            config, null, preparation, new StageTopics(), null, null, null, null, null);
    return new TopicComponent(readers, preparation, new TopicSink(log));
  }

  private static SecuredKafkaClientFactory kafka() {
    return new SecuredKafkaClientFactory(new SmallRyeConfigBuilder().build());
  }

  private void handleAgain(ConsumerRecord<byte[], byte[]> record) throws Exception {
    processor.handle(List.of(record));
  }

  private static String made(String jq) {
    return """
    - setBody:
        expression:
          jq:
            expression: '%s'
    - to:
        uri: topic:events
    """
        .formatted(jq);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, String key, String value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("city", bytes("Provo"));
    return new ConsumerRecord<>(
        "solar.permits",
        0,
        offset,
        Instant.parse("2026-05-04T10:00:00Z").toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        0,
        bytes(key),
        value == null ? null : bytes(value),
        headers,
        Optional.empty());
  }

  private List<String> ids() {
    return sent.stream().map(it -> text(it.headers().lastHeader("ce_id").value())).toList();
  }

  private String header(int index, String name) {
    return text(sent.get(index).headers().lastHeader(name).value());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private final class Captured extends RecordPublisher {
    Captured() {
      super(null);
    }

    @Override
    public List<AppendResult> append(List<ProducerRecord<byte[], byte[]>> records) {
      sent.addAll(records);
      return records.stream()
          .map(it -> new AppendResult(Optional.empty(), Optional.empty()))
          .toList();
    }
  }

  private final class Outcomes implements RecordOutcomeHandler {
    @Override
    public void dead(BatchRecord record, String reason) {
      outcomes.put(record.id(), "dead: " + reason);
    }

    @Override
    public void ignored(BatchRecord record, String reason) {
      outcomes.put(record.id(), "ignored: " + reason);
    }

    @Override
    public boolean isMessageFault(Exchange exchange, Exception failure) {
      return true;
    }

    @Override
    public void failed(BatchRecord record, Exchange exchange, Exception failure) {
      Throwable cause = failure;
      while (!(cause instanceof InvalidMessageException) && cause.getCause() != null) {
        cause = cause.getCause();
      }
      record.dead(cause.getMessage());
    }
  }
}
