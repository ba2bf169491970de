package org.solarrelay.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.VendorStubs.ADD_LEAD;
import static org.solarrelay.VendorStubs.solarProof;
import static org.solarrelay.VendorStubs.stub;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.VendorStubs;
import org.solarrelay.routes.RouteFileLoader;
import org.solarrelay.routes.history.FileVersionRepository;

/**
 * Every status of the OpenAPI document occurs. {@link DocumentedResponseFilter} checks in all tests
 * that no other status occurs, and checks the bodies.
 */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class OpenApiStatusesTest {

  /** Whether the status needs an outage, which these tests cannot cause. */
  private static boolean needsAnOutage(Operation operation, String status) {
    boolean twoAtOnce = status.equals("409") && operation.path().startsWith("/api/subscriptions");
    boolean manyRecords = status.equals("409") && operation.path().equals("/api/people");
    return status.equals("503") || twoAtOnce || manyRecords;
  }

  @Inject DataSource database;
  @Inject FileVersionRepository versions;
  @Inject RouteFileLoader files;

  private final String email = UUID.randomUUID() + "@example.com";

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
    for (String action : new String[] {"subscribe_customer", "unsubscribe_customer"}) {
      stub(solarProof(action).willReturn(okJson("{\"success\":true,\"message\":\"done\"}")));
    }
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .withRequestBody(containing("dead" + email))
            .willReturn(aResponse().withStatus(422)));
    stub(
        get(urlPathEqualTo(ADD_LEAD))
            .willReturn(aResponse().withStatus(302).withHeader("Location", "/customers/1")));
  }

  static Stream<ApiRequest> requests() {
    return ApiRequests.all();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestGetsTheDocumentedStatus(ApiRequest request) throws SQLException {
    if (request.status() == 502) {
      stub(solarProof("subscribe_customer").willReturn(aResponse().withStatus(500)));
      stub(solarProof("unsubscribe_customer").willReturn(aResponse().withStatus(500)));
      stub(get(urlPathEqualTo(ADD_LEAD)).willReturn(aResponse().withStatus(500)));
    }

    int actual = request.send(id(request.precondition())).statusCode();

    assertThat(actual).isEqualTo(request.status());
  }

  @Test
  void everyDocumentedStatusHasARequest() {
    TreeSet<String> documented = new TreeSet<>();
    for (Operation operation : Operation.all()) {
      operation.statuses().stream()
          .filter(status -> !needsAnOutage(operation, status))
          .forEach(status -> documented.add(operation.id() + " " + status));
    }

    assertThat(requests().map(it -> it.operation().id() + " " + it.status()).distinct())
        .as("requests of ApiRequests, against the statuses in openapi.yaml")
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  private String id(ApiRequest.Precondition precondition) throws SQLException {
    return switch (precondition) {
      case NOTHING -> "";
      case EVENT -> delivery("", "enerflo", "eventId");
      case DELIVERED -> delivery("", "enerflo", "id");
      case DEAD -> delivery("dead", "enerflo", "id");
      case HELD -> held();
      case DEAD_MESSAGE -> deadMessage();
      case DEAD_GROUP -> deadGroup();
      case ACKNOWLEDGED_GROUP -> acknowledgedGroup();
      case RUNNING_REPLAY -> runningReplay();
      case FINISHED_REPLAY ->
          operator().post("/api/events/replay?stage=none").path("id").toString();
      case REGISTERED -> {
        ApiRequests.subscribe();
        yield "";
      }
      case REVERTIBLE -> revertible();
      case NO_RUN -> {
        execute("truncate reconcile_run, reconcile_change");
        yield "";
      }
      case RUN -> run();
    };
  }

  private String delivery(String mark, String destination, String field) {
    String receipt = Senders.leads("{\"email\":\"%s%s\"}".formatted(mark, email));
    return HistoryClient.awaitDelivery(receipt, destination).path(field).asText();
  }

  private String held() throws SQLException {
    String id = delivery("", "crm", "id");
    String hold =
        """
        with held as (delete from delivery_ledger where id = ? returning *)
        insert into delivery_work (id, source, event_id, destination, record, bytes, held)
        select id, source, event_id, destination, record, 1, true from held
        """;
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(hold)) {
      update.setLong(1, Long.parseLong(id));
      update.executeUpdate();
    }
    return id;
  }

  /** Creates a run that no pod continues, with a change. */
  private String run() throws SQLException {
    execute("truncate reconcile_run, reconcile_change");
    execute(
        """
        with run as (
          insert into reconcile_run (vendor, reason, state, kind, next_at, counts)
          values ('solarproof', 'operator', 'listing', 'customers', now() + interval '1 h',
            '{"customers":{"rows":2,"records":2,"total":0,"pages":1,"missed":{"status":1},"deleted":0}}')
          returning id)
        insert into reconcile_change (run, kind, id, listed_at, decision, events)
        select id, 'customers', '79459', now(), 'missed',
          '[{"type":"lead.status-changed","id":"e-1","change":"status"}]' from run
        """);
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement("select max(id) from reconcile_run");
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  /** Creates a route file with an earlier version, which differs in a comment. */
  private String revertible() throws SQLException {
    String path = "find-install-enerflo.camel.yaml";
    String comment = "# before %s%n".formatted(email);
    versions.record(Map.of(path, files.inForce().get(path) + comment));
    return path;
  }

  private String deadGroup() {
    deadMessage();
    return operator().get("/api/dead-groups?stage=fan-out").path("items[0].fingerprint");
  }

  private String acknowledgedGroup() {
    String fingerprint = deadGroup();
    operator().post("/api/dead-groups/" + fingerprint + "/acknowledge").then().statusCode(200);
    return fingerprint;
  }

  /** A replay that no pod continues, because it has just changed. */
  private String runningReplay() throws SQLException {
    String insert =
        """
        insert into bulk_replay (what, filter, from_state, matched, selected, state, by, changed_at)
        values ('deliveries', '', 'dead', 2, 2, 'running', 'ada', now() + interval '1 h')
        returning id
        """;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(insert);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString("id");
    }
  }

  private static RequestSpecification operator() {
    return given().header("Authorization", "Bearer operator-token");
  }

  private String deadMessage() {
    var sent = Producers.send("solar.leads", email, "{\"email\":1}");
    String place = "%s-%d-%d".formatted(sent.topic(), sent.partition(), sent.offset());
    Awaitility.await()
        .until(() -> HistoryClient.history(place).path("state").asText().equals("dead"));
    return place;
  }
}
