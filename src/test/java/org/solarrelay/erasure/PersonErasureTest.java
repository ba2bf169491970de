package org.solarrelay.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryFilter;
import org.solarrelay.delivery.queue.DeliveryQueries.MessageHistory;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.EventErasure;
import org.solarrelay.delivery.queue.MessageErasure;
import org.solarrelay.delivery.queue.QueueFixture;
import org.solarrelay.erasure.ErasureResult.ErasureCounts;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.identity.ExternalId;
import org.solarrelay.identity.IdentityLink;
import org.solarrelay.identity.PersonRecords;
import org.solarrelay.identity.RecordService;
import org.solarrelay.ops.access.ApiProblem;

class PersonErasureTest {

  private static final String EMAIL = "Zq7mark@example.com";
  private static final String HOSTILE = "Zq7mark'\\\"<script>%_";

  /** Tables that hold nothing of a person. A new table is added here, or filled below. */
  private static final Set<String> IMPERSONAL =
      Set.of(
          "record", // numbers
          "unannounced", // numbers
          "replay", // operators
          "resent", // operators
          "rejected_webhook", // addresses of senders' machines
          "paused_destination",
          "bulk_replay", // a filter without texts
          "bulk_replay_item", // numbers, ids of messages
          "destination_minute", // figures
          "rate_limit",
          "reconcile_record", // hashes and statuses by the vendors' ids
          "reconcile_run", // operators, figures
          "reconcile_vendor", // times
          "flip_poll",
          "flip_enrollment", // statuses by Flip's ids
          "route_file_version",
          "route_file_revert",
          "subscription");

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  private static PersonErasure erasure(Duration longest) {
    return new PersonErasure(
        new RecordService(fixture.database(), fixture.identity),
        new PersonRecords(fixture.database()),
        new EventErasure(fixture.database(), fixture.queue),
        new MessageErasure(fixture.database()),
        new ActivityLog(fixture.database()),
        longest);
  }

  private static ErasureResult erase(Person person) throws SQLException {
    return erasure(Duration.ofMinutes(1)).run(person, Optional.empty(), false, "omar");
  }

  private static ErasureResult dryRun(Person person) throws SQLException {
    return erasure(Duration.ofMinutes(1)).run(person, Optional.empty(), true, "omar");
  }

  @Test
  void nothingOfAPersonStaysInAnyColumnOfAnyTable() throws Exception {
    fillEveryTable();
    StoredPersonalData stored =
        new StoredPersonalData(fixture.database(), "zq7mark", "4155550199", "555-0199");
    Set<String> filled = new TreeSet<>();
    stored.columns().forEach(column -> filled.add(column.substring(0, column.indexOf('.'))));
    filled.addAll(IMPERSONAL);
    assertThat(filled).as("tables filled, or without personal data").isEqualTo(stored.tables());
    assertThat(stored.columns())
        .contains("event.headers", "delivery_work.match_key", "delivery_ledger.wrote");
    ErasureResult counted = dryRun(Person.ofEmail(EMAIL));

    ErasureResult erased = erase(Person.ofEmail(EMAIL));

    assertThat(stored.columns()).isEmpty();
    assertThat(erased.finished()).isTrue();
    assertThat(erased.counts()).isEqualTo(counted.counts());
    assertThat(counted.records().toString()).contains("z…@example.com").doesNotContain("Zq7mark");
    assertThat(fixture.column("select count(*) from event")).containsExactly("7");
    assertThat(fixture.column("select distinct reason from delivery where state = 'skipped'"))
        .containsExactly("erased by omar");
    assertThat(fixture.column("select distinct state from delivery order by 1"))
        .containsExactly("delivered", "skipped");
    assertThat(fixture.column("select name || ' ' || id from record_id"))
        .containsExactlyInAnyOrder("enerflo.customer 4711", "crm.lead another", "crm.lead third");
    assertThat(fixture.column("select who || ' ' || count from activity where action = 'erase'"))
        .containsExactly("omar 7");
    assertThat(erase(Person.ofEmail(EMAIL)).counts())
        .isEqualTo(new ErasureCounts(0, 0, 0, 0, 0, 0, 0, 0));
  }

  /** Writes a person into each table, as the relay does, into each column that takes a text. */
  private static void fillEveryTable() throws SQLException {
    fixture.identity.link(
        List.of(
            new IdentityLink(
                List.of(
                    new ExternalId("crm.lead", EMAIL, "event " + EMAIL + " of crm"),
                    new ExternalId("enerflo.customer", "4711", "look-up of " + EMAIL)),
                EMAIL.toLowerCase(),
                "12 zq7mark st|84601")));
    fixture.add(person("delivered-" + EMAIL), "enerflo");
    fixture.end(
        fixture.take("enerflo").get(0),
        AttemptResult.delivered("known as " + EMAIL)
            .with(List.of(), json("{\"email\":\"%s\"}".formatted(EMAIL))));
    fixture.add(person("dead-zq7mark"), "enerflo");
    fixture.end(
        fixture.take("enerflo").get(0),
        AttemptResult.dead(422, EMAIL + " is not valid", "no " + EMAIL));
    fixture.add(person("pending"), "enerflo");
    fixture.execute(
        "update delivery_work set reason = 'no %1$s', answer = '%1$s'".formatted(EMAIL));
    fixture.add(person("held"), "solarproof");
    fixture.execute("update delivery_work set held = true where destination = 'solarproof'");
    fixture.add(person("skipped"), "crm");
    fixture.finish("skipped", "destination = 'crm'");
    fixture.execute("update delivery_ledger set reason = 'of %s'".formatted(EMAIL));
    fixture.execute(
        """
        insert into refused_delivery (delivery_id, destination, record)
        select id, destination, record from delivery_work
        """);
    fixture.add(
        QueueFixture.lead("other", "another", "b@example.com")
            .withData(json("{\"email\":\"b@example.com\",\"note\":\"Call ZQ7MARK@example.com\"}")),
        "enerflo");
    fixture.add(
        QueueFixture.lead("phone", "third", "c@example.com")
            .withData(json("{\"note\":\"call (415) 555-0199 after 5\"}")));
    fixture.execute(
        """
        insert into set_aside (id, stage, state, reason, at, topic, key, headers, value, event_id)
        values ('solar.leads-0-1', 'fan-out', 'dead', 'no event', now(), 'solar.leads', '%1$s',
            '[["ce_id", "%2$s"]]', '{}', '%1$s'),
          ('solar.leads-0-2', 'fan-out', 'dead', 'no event', now(), 'solar.leads', null,
            '[["a", null]]', '{"mobile": "+1 415 555 0199", "x": "zq7mark"}', null),
          ('solar.leads-0-3', 'fan-out', 'skipped', 'duplicate of event %1$s', now(), null, null,
            null, null, null)
        """
            .formatted(EMAIL, Base64.getEncoder().encodeToString(bytes(EMAIL))));
    fixture.execute(
        """
        insert into dead_group (fingerprint, acknowledged_by, note)
        values ('a', 'omar', 'asked %1$s'), ('b', 'omar', null);
        insert into activity (who, action, kind, subject) values ('vera', 'reveal', 'story', '%1$s');
        insert into attempt_request (delivery_id, attempt, duration_ms, calls)
        select id, 1, 5, '[{"body":"%1$s"}]' from delivery;
        insert into reconcile_run (vendor, reason, state, kind)
        values ('enerflo', 'interval', 'publishing', 'customer');
        insert into reconcile_change (run, kind, id, listed_at, record)
        select id, 'customer', '4711', now(), '{"email":"%1$s"}' from reconcile_run
        """
            .formatted(EMAIL));
  }

  private static Event person(String id) {
    return QueueFixture.lead(id, EMAIL, EMAIL)
        .withData(
            json(
                """
                {"email":"%1$s","fullName":"%2$s Zq7mark","phone":"(415) 555-0199","note":"%2$s",
                  "address":{"street":"12 Zq7mark Street","zip":"84601"},
                  "ids":{"enerflo.customer":"4711"}}
                """
                    .formatted(EMAIL, HOSTILE.replace("\\", "\\\\").replace("\"", "\\\""))));
  }

  private static ObjectNode json(String text) {
    return EventJson.parseObject(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void otherPeopleStay() throws SQLException {
    fixture.add(QueueFixture.lead("1", "ada", "ada@example.com"), "enerflo");
    fixture.add(QueueFixture.lead("2", "bob", "bob@example.com"), "enerflo");
    fixture.add(QueueFixture.lead("3", "adam", "m.ada@example.com"), "enerflo");

    ErasureResult erased = erase(Person.ofEmail("bob@example.com"));

    assertThat(erased.counts()).isEqualTo(new ErasureCounts(1, 0, 1, 1, 0, 0, 1, 0));
    assertThat(fixture.column("select subject from event where octet_length(value) > 0 order by 1"))
        .containsExactly("ada", "adam");
    assertThat(fixture.column("select value from record_trait order by 1"))
        .containsExactly("ada@example.com", "m.ada@example.com");
    assertThat(fixture.take("enerflo")).hasSize(2);
  }

  @Test
  void aSharedPhoneNumberMatchesBothAndAnEmailAddressOnlyOne() throws SQLException {
    fixture.add(withPhone("1", "ada", "ada@example.com"));
    fixture.add(withPhone("2", "bob", "bob@example.com"));

    assertThat(dryRun(Person.ofPhone("+1 415 555 0199")).records()).hasSize(2);
    ErasureResult both = dryRun(Person.ofEmail("ada@example.com"));
    assertThat(both.records()).hasSize(1);
    assertThat(both.records().get(0).emails()).containsExactly("a…@example.com");
    assertThat(both.records().get(0).phones()).containsExactly("…0199");
    assertThat(both.counts().events()).isEqualTo(1);

    long ada = both.records().get(0).record();
    assertThat(erase(Person.ofRecord(ada)).counts().events()).isEqualTo(1);
    assertThat(fixture.column("select subject from event where octet_length(value) > 0"))
        .containsExactly("bob");
  }

  private static Event withPhone(String id, String subject, String email) {
    return QueueFixture.lead(id, subject, email)
        .withData(json("{\"email\":\"%s\",\"phone\":\"(415) 555-0199\"}".formatted(email)));
  }

  @Test
  void aDeliveryInFlightEndsFirst() throws SQLException {
    fixture.add(QueueFixture.lead("1", "ada", "ada@example.com"), "enerflo");
    fixture.add(QueueFixture.lead("2", "ada", "ada@example.com"), "enerflo");
    Delivery running = fixture.take("enerflo").get(0);

    ErasureResult first = erase(Person.ofEmail("ada@example.com"));

    assertThat(first.finished()).isFalse();
    assertThat(first.inFlight()).isEqualTo(1);
    assertThat(first.counts().events()).isEqualTo(1);
    assertThat(fixture.column("select value from record_trait")).containsExactly("ada@example.com");

    fixture.end(running, AttemptResult.delivered("55"));
    ErasureResult second =
        erasure(Duration.ZERO)
            .run(Person.ofEmail("ada@example.com"), Optional.of(first.next()), false, "omar");
    assertThat(second.counts().events()).isEqualTo(1);
    assertThat(rest(second).finished()).isTrue();
    assertThat(fixture.column("select value from record_trait")).isEmpty();
    assertThat(fixture.entry("1", "enerflo").state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(fixture.entry("1", "enerflo").vendorId()).isEqualTo("55");
  }

  private static ErasureResult rest(ErasureResult before) throws SQLException {
    ErasureResult last = before;
    while (!last.finished()) {
      last =
          erasure(Duration.ZERO)
              .run(Person.ofEmail("ada@example.com"), Optional.of(last.next()), false, "omar");
    }
    return last;
  }

  @Test
  void manyEventsAreErasedInSeveralRequests() throws SQLException {
    fixture.add(QueueFixture.lead("0", "ada", "ada@example.com"));
    fixture.execute(
        """
        insert into event select copy.* from event, generate_series(1, 449) n,
          jsonb_populate_record(event, jsonb_build_object('id', n::text)) copy
        """);
    PersonErasure oneBatch = erasure(Duration.ZERO);
    Person ada = Person.ofEmail("ada@example.com");
    int events = 0;
    int requests = 0;
    ErasureResult result = oneBatch.run(ada, Optional.empty(), false, "omar");
    while (!result.finished()) {
      events += result.counts().events();
      assertThat(result.counts().events()).isLessThanOrEqualTo(200);
      requests++;
      result = oneBatch.run(ada, Optional.of(result.next()), false, "omar");
    }

    assertThat(events).isEqualTo(450);
    assertThat(requests).isGreaterThan(3);
    assertThat(fixture.column("select count(*) from event where octet_length(value) > 0"))
        .containsExactly("0");
  }

  @Test
  void aStorySaysThatItIsErasedAndNothingOfItIsReplayed() throws SQLException {
    fixture.add(QueueFixture.lead("1", "ada", "ada@example.com"), "enerflo", "solarproof");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.dead(422, "refused", "no ada"));
    fixture.end(fixture.take("solarproof").get(0), AttemptResult.delivered("7"));

    erase(Person.ofEmail("ada@example.com"));

    MessageHistory history = fixture.queries.history("1");
    assertThat(history.reason()).isEqualTo("an operator has erased its data");
    assertThat(history.events().get(0).erased()).isTrue();
    assertThat(history.events().get(0).data()).isEmpty();
    assertThat(fixture.entry("1", "enerflo").state()).isEqualTo(DeliveryState.SKIPPED);
    assertThat(fixture.entry("1", "enerflo").failures().get(0).answer()).isNull();
    for (DeliveryState state : List.of(DeliveryState.SKIPPED, DeliveryState.DELIVERED)) {
      assertThat(fixture.replays.replay(DeliveryFilter.all().state(state), 10, "omar").replayed())
          .isZero();
    }
  }

  @Test
  void aRecordReadAgainStaysADuplicateAndTheVendorsIdStaysKnown() throws SQLException {
    Event event =
        QueueFixture.lead("1", "ada", "ada@example.com")
            .withData(
                json("{\"email\":\"ada@example.com\",\"ids\":{\"enerflo.customer\":\"4711\"}}"));
    fixture.add(event, "enerflo");
    erase(Person.ofEmail("ada@example.com"));

    fixture.add(event, "enerflo");

    assertThat(fixture.take("enerflo")).isEmpty();
    assertThat(fixture.column("select id from event where octet_length(value) > 0")).isEmpty();
    assertThat(fixture.identity.idsOf("enerflo", "4711")).containsEntry("crm.lead", "ada");
  }

  @Test
  void aNumberOfThousandsIsNotErased() throws SQLException {
    for (int n = 0; n < 51; n++) {
      fixture.add(withPhone("" + n, "r" + n, n + "@example.com"));
    }
    assertThatThrownBy(() -> dryRun(Person.ofPhone("415 555 0199")))
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining("More than 50 records");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "cmVjb3Jkcw", "====="})
  void anUnknownContinuationIsRejected(String next) {
    assertThatThrownBy(
            () -> erasure(Duration.ZERO).run(Person.ofRecord(1), Optional.of(next), true, "omar"))
        .isInstanceOf(ApiProblem.class);
  }

  @Test
  void whatArrivesLaterIsNewData() throws SQLException {
    fixture.add(QueueFixture.lead("1", "ada", "ada@example.com"), "enerflo");
    erase(Person.ofEmail("ada@example.com"));
    fixture.add(QueueFixture.lead("2", "ada", "ada@example.com"), "enerflo");

    assertThat(fixture.take("enerflo")).hasSize(1);
  }
}
