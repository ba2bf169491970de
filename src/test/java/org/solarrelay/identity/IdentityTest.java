package org.solarrelay.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class IdentityTest {

  @Inject DataSource database;
  @Inject Identity identity;

  private final String id = UUID.randomUUID().toString().substring(0, 13);

  @BeforeEach
  void awaitTables() {
    HistoryClient.awaitDatabase();
  }

  @Test
  void aRecordIsFoundByEachOfItsIds() throws SQLException {
    link("crm.lead", id, "enerflo.customer", "e" + id, "solarproof.customer", "s" + id);

    assertThat(identity.idsOf("crm", id))
        .containsOnly(
            entry("crm.lead", id),
            entry("enerflo.customer", "e" + id),
            entry("solarproof.customer", "s" + id));
    assertThat(identity.idsOf("enerflo.customer", "e" + id))
        .isEqualTo(identity.idsOf("solarproof", "s" + id))
        .isNotEmpty();
  }

  @Test
  void aLinkBetweenTwoRecordsMergesThem() throws SQLException {
    link("crm.lead", id, "enerflo.integration-record-id", id);
    link("enerflo.customer", "e" + id, "enerflo.install", "i" + id);

    link("crm.lead", id, "enerflo.customer", "e" + id);

    assertThat(identity.idsOf("enerflo.install", "i" + id)).containsEntry("crm.lead", id);
    assertThat(identity.idsOf("crm.lead", id)).containsEntry("enerflo.install", "i" + id);
  }

  @Test
  void concurrentLinksOfOneRecordMakeOneRecord() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Callable<Void>> links = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String mine = "system" + i + ".lead";
      String next = "system" + (i + 1) % threads + ".lead";
      links.add(
          () -> {
            together.await();
            link(mine, id, next, id);
            return null;
          });
    }
    for (Future<Void> linked : pool.invokeAll(links)) {
      linked.get();
    }
    pool.shutdown();

    assertThat(identity.idsOf("system0.lead", id)).hasSize(threads);
  }

  @Test
  void knownIdsOfOtherSystemsAreAddedToAnEvent() throws SQLException {
    link("crm.lead", id, "solarproof.customer", "s" + id);

    Event complete = complete(event("crm", "lead.changed", id, "{\"email\":\"a@example.com\"}"));

    assertThat(complete.data().at("/ids/solarproof.customer").asText()).isEqualTo("s" + id);
    assertThat(complete.data().path("email").asText()).isEqualTo("a@example.com");
  }

  @Test
  void theEventsOwnIdsWin() throws SQLException {
    link("crm.project", id, "enerflo.install", "1" + id);

    Event complete =
        complete(
            event(
                "crm",
                "project.note-added",
                id,
                "{\"note\":\"n\",\"ids\":{\"enerflo.install\":\"2%s\"}}".formatted(id)));

    assertThat(complete.data().at("/ids/enerflo.install").asText()).isEqualTo("2" + id);
  }

  @Test
  void aProjectHasItsCustomersIdsAndACustomerThoseOfTheOnlyProject() throws SQLException {
    link("crm.lead", id, "enerflo.customer", "e" + id);
    link("enerflo.install", "1" + id, "enerflo.customer", "e" + id);

    assertThat(identity.idsOf("enerflo.install", "1" + id)).containsEntry("crm.lead", id);
    assertThat(identity.idsOf("crm.lead", id)).containsEntry("enerflo.install", "1" + id);

    link("enerflo.install", "2" + id, "enerflo.customer", "e" + id);

    assertThat(identity.idsOf("crm.lead", id)).doesNotContainKey("enerflo.install");
    assertThat(identity.idsOf("enerflo.install", "2" + id)).containsEntry("crm.lead", id);
  }

  @Test
  void ofTwoIdsWithOneNameTheNewestWins() throws SQLException {
    link("crm.lead", id, "solarproof.customer", "old" + id);
    link("crm.lead", id, "solarproof.customer", "new" + id);

    assertThat(identity.idsOf("crm.lead", id)).containsEntry("solarproof.customer", "new" + id);
  }

  @Test
  void anEnrollmentIsLinkedToTheProjectWhoseCustomerHasItsEmail() throws SQLException {
    String email = id + "@example.com";
    linkWith(email, null, "crm.lead", id, "enerflo.install", "i" + id);

    identity.linkEnrollment("f" + id, email, null);

    assertThat(identity.idsOf("enerflo.install", "i" + id))
        .containsEntry("flip.enrollment", "f" + id);
  }

  @Test
  void ofTwoProjectsWithOneEmailTheAddressDecides() throws SQLException {
    String email = id + "@example.com";
    linkWith(email, "1 a st|84601", "crm.lead", id, "enerflo.install", "1" + id);
    linkWith(email, "2 b st|84602", "crm.lead", id, "enerflo.install", "2" + id);

    identity.linkEnrollment("f" + id, email, null);
    assertThat(identity.idsOf("flip.enrollment", "f" + id)).isEmpty();

    identity.linkEnrollment("f" + id, email, "2 b st|84602");
    assertThat(identity.idsOf("flip.enrollment", "f" + id))
        .containsEntry("enerflo.install", "2" + id);
  }

  @Test
  void anEnrollmentIsLinkedToACustomerWithoutAProject() throws SQLException {
    String email = id + "@example.com";
    linkWith(email, null, "crm.lead", id);

    identity.linkEnrollment("f" + id, email, null);

    assertThat(identity.idsOf("flip.enrollment", "f" + id)).containsEntry("crm.lead", id);
  }

  private void link(String... namesAndIds) throws SQLException {
    linkWith(null, null, namesAndIds);
  }

  private void linkWith(String email, String address, String... namesAndIds) throws SQLException {
    List<ExternalId> ids =
        IntStream.range(0, namesAndIds.length / 2)
            .mapToObj(i -> new ExternalId(namesAndIds[2 * i], namesAndIds[2 * i + 1], "test"))
            .toList();
    identity.link(List.of(new IdentityLink(ids, email, address)));
  }

  private Event complete(Event event) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return identity.addKnownIds(connection, List.of(event)).get(0);
    }
  }

  private static Event event(String source, String type, String subject, String data) {
    return Event.builder()
        .id("e")
        .source(source)
        .type(type)
        .subject(subject)
        .time(OffsetDateTime.now())
        .data(EventJson.parseObject(data.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .build();
  }
}
