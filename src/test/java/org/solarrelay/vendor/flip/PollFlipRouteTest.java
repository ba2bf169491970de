package org.solarrelay.vendor.flip;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.moreThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.HistoryClient.awaitDelivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.LogCapture;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.TopicRecordReader;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventJson;
import org.solarrelay.identity.Identity;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class PollFlipRouteTest {

  @Inject ProducerTemplate camel;
  @Inject DataSource database;
  @Inject Identity identity;
  @Inject MeterRegistry metrics;

  private final String id = UUID.randomUUID().toString();

  @BeforeEach
  void removeEarlierPolls() {
    VendorStubs.reset();
    // the tables may not exist yet
    await().ignoreExceptions().untilAsserted(() -> execute("truncate flip_poll, flip_enrollment"));
  }

  @Test
  void theFirstPollPublishesNothingAndLaterPollsEachDifference() {
    poll(enrollment(id, "PENDING", null, "2026-03-01T12:00:00Z"));
    poll(enrollment(id, "ACTIVE", "Approved", "2026-03-02T12:00:00Z", "b", "a"));
    poll(enrollment(id, "ACTIVE", "Approved", "2026-03-02T12:00:00Z", "a", "b"));
    poll(enrollment(id, "ACTIVE", "Approved", "2026-03-02T12:00:00Z", "a"));
    poll(enrollment(id, "ACTIVE", "Welcome", "2026-03-03T12:00:00Z", "a"));

    assertThat(published(id))
        .extracting(record -> EventJson.parse(record.value()))
        .containsExactly(
            data("ACTIVE", "Approved", "'a','b'"),
            data("ACTIVE", "Approved", "'a'"),
            data("ACTIVE", "Welcome", "'a'"));
    ConsumerRecord<String, byte[]> first = published(id).get(0);
    assertThat(first.key()).isEqualTo("flip:" + id);
    assertThat(TopicRecordReader.header(first, "ce_type")).isEqualTo("enrollment.changed");
    assertThat(TopicRecordReader.header(first, "ce_source")).isEqualTo("flip");
    assertThat(TopicRecordReader.header(first, "ce_subject")).isEqualTo(id);
    assertThat(TopicRecordReader.header(first, "ce_time")).isEqualTo("2026-03-02T12:00:00Z");
    // events of other tests look up their enrollments, too
    RelayEnvironment.VENDORS.verify(
        moreThanOrExactly(5),
        getRequestedFor(urlPathEqualTo("/v1/enrollments"))
            .withQueryParam("program_id", equalTo("test-program")));
  }

  @Test
  void aDifferenceReachesTheCrmAndNotFlip() {
    poll(enrollment(id, "PENDING", null, "2026-03-01T12:00:00Z"));
    poll(enrollment(id, "ACTIVE", "Approved", "2026-03-02T12:00:00Z"));

    String event = TopicRecordReader.header(published(id).get(0), "ce_id");
    assertThat(awaitDelivery(event, "crm").path("state").asText()).isEqualTo("delivered");
    assertThat(VendorStubs.sent("/crm", id)).hasSize(1);
    assertThat(org.solarrelay.HistoryClient.history(event).path("deliveries")).hasSize(1);
  }

  @Test
  void aNewEnrollmentIsPublishedAndAMissingOneIsNot() {
    String another = UUID.randomUUID().toString();
    poll(enrollment(id, "ACTIVE", null, "2026-03-01T12:00:00Z"));
    poll(enrollment(another, "SUBMITTED", null, "2026-03-02T12:00:00Z"));
    poll(enrollment(id, "ACTIVE", null, "2026-03-01T12:00:00Z"));

    assertThat(published(another)).hasSize(1);
    assertThat(published(id)).isEmpty();
  }

  @Test
  void aStateThatReturnsIsPublishedAgain() {
    poll(enrollment(id, "ACTIVE", null, null));
    poll(enrollment(id, "PAUSED", null, null));
    poll(enrollment(id, "ACTIVE", null, null));
    poll(enrollment(id, "PAUSED", null, null));

    assertThat(published(id))
        .hasSize(3)
        .extracting(record -> TopicRecordReader.header(record, "ce_id"))
        .doesNotHaveDuplicates();
  }

  @Test
  void aDifferenceThatWasPublishedButNotStoredHasTheSameEventId() throws SQLException {
    poll(enrollment(id, "ACTIVE", null, null));
    poll(enrollment(id, "PAUSED", null, null));
    execute("update flip_enrollment set version = 1, state = '{\"status\":\"ACTIVE\"}'");
    poll(enrollment(id, "PAUSED", null, null));

    List<String> ids =
        published(id).stream().map(record -> TopicRecordReader.header(record, "ce_id")).toList();
    assertThat(ids).hasSize(2);
    assertThat(ids.get(1)).isEqualTo(ids.get(0));
  }

  @Test
  void anEnrollmentIsLinkedToTheProjectOfItsCustomer() throws Exception {
    String project = "P-" + id;
    String email = emailOfProject(project);

    poll(enrollment(id, "ACTIVE", null, null).replace("flip-customer@example.com", email));

    assertThat(identity.idsOf("flip.enrollment", id)).containsEntry("crm.project", project);
  }

  @ParameterizedTest
  @ValueSource(strings = {"401", "503", "<html>gateway</html>", "{\"enrollments\":{}}", "reset"})
  void aFailedPollLogsOneLineAndTheNextPollSucceeds(String what) {
    poll(enrollment(id, "PENDING", null, null));
    double failures = metrics.counter("relay_flip_polls", "outcome", "failed").count();
    ResponseDefinitionBuilder response =
        switch (what) {
          case "reset" ->
              aResponse()
                  .withFault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER);
          case "401", "503" -> aResponse().withStatus(Integer.parseInt(what));
          default -> okJson(what);
        };
    LogCapture watch = LogCapture.open();
    try {
      poll(response);
      assertThat(watch.lines())
          .filteredOn(line -> line.contains("poll of Flip's enrollments failed"))
          .singleElement()
          .asString()
          .doesNotContain("flip-test-key", "\n");
    } finally {
      watch.close();
    }
    poll(enrollment(id, "ACTIVE", null, null));

    assertThat(published(id)).hasSize(1);
    assertThat(metrics.counter("relay_flip_polls", "outcome", "failed").count())
        .isEqualTo(failures + 1);
  }

  @Test
  void anInvalidEnrollmentDoesNotStopTheOthers() {
    poll(enrollment(id, "PENDING", null, null));
    poll(
        "{'id':7},{'id':'a\\u0000b','status':'ACTIVE'},{'status':'ACTIVE'},null,"
            + enrollment(id, "ACTIVE", "\\u0000", null));

    assertThat(published(id)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEnrollmentThatPostgreSqlRejectsDoesNotStopTheOthers(boolean hasProject) throws Exception {
    String unstorable = longerThanAnIndexRow();
    String email = hasProject ? emailOfProject("P-" + id) : "flip-customer@example.com";
    poll(enrollment(id, "PENDING", null, null));
    double polls = metrics.counter("relay_flip_polls", "outcome", "succeeded").count();
    LogCapture watch = LogCapture.open();
    try {
      poll(
          enrollment(unstorable, "ACTIVE", null, null).replace("flip-customer@example.com", email)
              + ","
              + enrollment(id, "ACTIVE", "\\u0000", null));
      assertThat(watch.lines())
          .filteredOn(line -> line.contains("A Flip enrollment was not stored: "))
          .singleElement()
          .asString()
          .contains("the ledger cannot store it")
          .doesNotContain(unstorable.substring(0, 50));
    } finally {
      watch.close();
    }
    poll(enrollment(id, "ACTIVE", "\\u0000", null));

    assertThat(published(id)).hasSize(1);
    assertThat(metrics.counter("relay_flip_polls", "outcome", "succeeded").count())
        .isEqualTo(polls + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud800"})
  void aCharacterThatCannotBeStoredIsLeftOutOfTheReason(String character) {
    poll(enrollment(id, "PENDING", null, null));
    poll(enrollment(id, "ACTIVE", "Approved" + character, null, "a" + character));
    poll(enrollment(id, "ACTIVE", "Approved" + character, null, "a" + character));

    assertThat(published(id))
        .extracting(record -> EventJson.parse(record.value()))
        .containsExactly(data("ACTIVE", "Approved", "'a'"));
  }

  @Test
  void ofConcurrentPodsOnePollsPerInterval() throws Exception {
    FlipPollLock turns = new FlipPollLock(database);
    Callable<Duration> asks = () -> turns.take("another-program", Duration.ofHours(1));
    ExecutorService pods = Executors.newFixedThreadPool(4);
    try {
      List<Duration> left =
          pods.invokeAll(List.of(asks, asks, asks, asks)).stream()
              .map(
                  asked -> {
                    try {
                      return asked.get();
                    } catch (Exception e) {
                      throw new AssertionError(e);
                    }
                  })
              .toList();
      assertThat(left).containsOnlyOnce(Duration.ZERO);
      assertThat(left)
          .filteredOn(wait -> !wait.isZero())
          .allSatisfy(
              wait -> assertThat(wait).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
    } finally {
      pods.shutdown();
    }

    execute("update flip_poll set started_at = started_at - interval '1 hour'");
    assertThat(asks.call()).isEqualTo(Duration.ZERO);
  }

  /** Sends the project and waits until its customer's e-mail address is known. */
  private String emailOfProject(String project) throws Exception {
    String email = id + "@example.com";
    var sent =
        Producers.send(
            "solar.projects",
            project,
            "{\"type\":\"project.note-added\",\"note\":\"n\",\"customer\":{\"email\":\"%s\"},\"ids\":{\"enerflo.install\":\"%s\"}}"
                .formatted(email, System.nanoTime()));
    awaitDelivery(sent.topic() + "-" + sent.partition() + "-" + sent.offset(), "enerflo");
    return email;
  }

  /** A row of an index takes 2,704 bytes, and PostgreSQL compresses what repeats itself. */
  private static String longerThanAnIndexRow() {
    return Stream.generate(() -> UUID.randomUUID().toString())
        .limit(200)
        .collect(Collectors.joining());
  }

  private void poll(String enrollments) {
    poll(okJson("{'enrollments':[%s]}".formatted(enrollments).replace('\'', '"')));
  }

  private void poll(ResponseDefinitionBuilder response) {
    VendorStubs.stub(get(urlPathEqualTo("/v1/enrollments")).willReturn(response));
    Exchange exchange = camel.send("direct:poll-flip-read", unused -> {});
    assertThat(exchange.getException()).isNull();
  }

  private static String enrollment(
      String id, String status, String reason, String updatedAt, String... groups) {
    String ids = String.join(",", Stream.of(groups).map("{'id':'%s'}"::formatted).toList());
    return """
        {'id':'%s','status':'%s','status_reason':%s,'updated_at':%s,
         'site':{'email':'flip-customer@example.com','groups':[%s]}}"""
        .formatted(id, status, quoted(reason), quoted(updatedAt), ids);
  }

  private static String quoted(String text) {
    return text == null ? "null" : "'" + text + "'";
  }

  private JsonNode data(String status, String reason, String groups) {
    String data =
        "{'status':'%s','statusReason':'%s','groupIds':[%s],'ids':{'flip.enrollment':'%s'}}"
            .formatted(status, reason, groups, id);
    return EventJson.parse(data.replace('\'', '"').getBytes());
  }

  private static List<ConsumerRecord<String, byte[]>> published(String id) {
    return TopicRecordReader.find(
        "solar.enrollments", record -> ("flip:" + id).equals(record.key()));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
