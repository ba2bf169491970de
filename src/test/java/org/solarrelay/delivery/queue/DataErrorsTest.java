package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;
import static org.solarrelay.delivery.queue.QueueFixture.eventIds;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.identity.AddressKey;
import org.solarrelay.identity.ExternalId;

/**
 * Data that the ledger cannot store ends one delivery or message; the rest of its batch proceeds.
 */
class DataErrorsTest {

  private static final String NO_CLASS_NAME = "Exception|Error\\b|org\\.|java\\.";

  /** An install that the database rejects. */
  private static final String UNSTORABLE = "666";

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @AfterEach
  void removeTriggers() throws SQLException {
    fixture.execute("drop function if exists poison() cascade");
  }

  @Test
  void anIdThatCannotBeStoredEndsItsDeliveryAndTheOthersAreRecorded() throws SQLException {
    fixture.raiseErrorFor("insert", "record_id", "new.id = '%s'".formatted(UNSTORABLE), "23514");
    fixture.addLeads(20);
    List<CompletedAttempt> attempts = new ArrayList<>();
    for (Delivery delivery : fixture.take("enerflo")) {
      boolean poison = delivery.event().id().equals("7");
      String id = poison ? UNSTORABLE : Long.toString(1_000_000 + delivery.id());
      ExternalId learnt = new ExternalId("enerflo.install", id, "test");
      attempts.add(
          new CompletedAttempt(delivery, AttemptResult.delivered("v").with(List.of(learnt), null)));
    }

    List<CompletedAttempt> recorded = fixture.queue.record(attempts);

    assertThat(recorded)
        .extracting(one -> one.result().state())
        .containsOnlyOnce(DeliveryState.DEAD);
    assertThat(fixture.column("select state from delivery where event_id <> '7'"))
        .containsOnly("delivered");
    assertDead("7", "23514");
    assertThat(fixture.column("select count(*) from unannounced")).containsExactly("20");
    assertThat(fixture.column("select count(*) from record_id where name = 'enerflo.install'"))
        .containsExactly("19");
  }

  @ParameterizedTest
  @ValueSource(strings = {"21000", "22003", "22P02", "23514", "42501", "42804", "54000", "P0001"})
  void anEventThatTheDatabaseRejectsIsLeftOutOfItsBatch(String state) throws SQLException {
    fixture.raiseErrorFor("insert", "delivery_work", "new.record = 'crm:s3'", state);

    List<Rejected<RoutedEvent>> rejected = fixture.queue.add(batch(9));

    assertThat(rejected)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.item().event().id()).isEqualTo("3");
              assertThat(one.reason()).contains(state).doesNotContainPattern(NO_CLASS_NAME);
            });
    assertThat(fixture.column("select event_id from delivery order by id"))
        .containsExactly("0", "1", "2", "4", "5", "6", "7", "8");
    assertThat(fixture.column("select count(*) from event where id = '3'")).containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"08006", "40001", "53300", "55P03", "57P01", "57014", "58030", "42P01", "42703"})
  void aDatabaseThatIsAwayIsNoDataError(String state) throws SQLException {
    fixture.raiseErrorFor("insert", "delivery_work", "true", state);

    assertThatThrownBy(() -> fixture.queue.add(batch(3))).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> fixture.queue.add(batch(1))).isInstanceOf(SQLException.class);
    assertThat(fixture.column("select count(*) from event")).containsExactly("0");
  }

  @Test
  void aDeniedStatementIsNoDataErrorWhileTheSchemaIsIncomplete() throws SQLException {
    fixture.raiseErrorFor("insert", "delivery_work", "true", "42501");
    fixture.execute("alter table subscription rename to hidden_subscription");
    try {
      assertThatThrownBy(() -> fixture.queue.add(batch(1))).isInstanceOf(SQLException.class);
    } finally {
      fixture.execute("alter table hidden_subscription rename to subscription");
    }
    assertThat(fixture.queue.add(batch(1))).hasSize(1);
  }

  @Test
  void noFailureIsADataErrorWhileTheDatabaseIsMigrated() throws SQLException {
    fixture.raiseErrorFor("insert", "delivery_work", "true", "23514");
    newestMigration(false);
    try {
      assertThatThrownBy(() -> fixture.queue.add(batch(1))).isInstanceOf(SQLException.class);
    } finally {
      newestMigration(true);
    }
    assertThat(fixture.queue.add(batch(1))).hasSize(1);
  }

  private static void newestMigration(boolean success) throws SQLException {
    fixture.execute(
        """
        update flyway_schema_history set success = %s where installed_rank =
          (select max(installed_rank) from flyway_schema_history)
        """
            .formatted(success));
  }

  @Test
  void aDeliveryThatCannotBeTakenIsDeadAndTheOthersAreTaken() throws SQLException {
    fixture.queue.add(batch(6));
    fixture.raiseErrorFor(
        "update", "delivery_work", "new.record = 'crm:s3' and new.attempts > 0", "22008");

    assertThat(eventIds(fixture.take("enerflo")))
        .containsExactlyInAnyOrder("0", "1", "2", "4", "5");
    assertDead("3", "out of range");
  }

  @Test
  void anEventWhoseStoredHeadersAreBrokenIsDead() throws SQLException {
    fixture.queue.add(batch(2));
    fixture.execute("update event set headers = '{' where id = '1'");

    assertThat(eventIds(fixture.queueOfAnotherPod().take("enerflo", 2, LEASE)))
        .containsExactly("0");
    assertThat(fixture.column("select state || ': ' || reason from delivery where event_id = '1'"))
        .containsExactly("dead: the ledger's copy of the event cannot be read");
  }

  @Test
  void aMessageThatCannotBeStoredIsStoredWithoutItsText() throws SQLException {
    fixture.queue.addDiscarded(
        Arrays.asList(
            discarded("one", "enerflo", "a reason"),
            discarded("two", "enerflo", "NUL \u0000"),
            discarded("three", "\u0000", "a reason")));

    assertThat(fixture.column("select id from set_aside where state = 'dead' order by id"))
        .containsExactly("one", "three", "two");
    assertThat(fixture.column("select reason from set_aside where id = 'two'").get(0))
        .contains("a character that PostgreSQL cannot store");
  }

  @Test
  void otherLeasesAreExtendedAndReturnedWhereOneCannotBe() throws SQLException {
    fixture.queue.add(batch(3));
    List<Delivery> taken = fixture.take("enerflo");
    fixture.raiseErrorFor("update", "delivery_work", "new.record = 'crm:s1'", "22008");

    fixture.queue.extend(taken, Duration.ofHours(1));
    assertThat(
            fixture.column(
                "select event_id from delivery where due_at > now() + interval '30 min'"))
        .containsExactlyInAnyOrder("0", "2");
    fixture.queue.release(taken);
    assertThat(fixture.column("select event_id from delivery where state = 'pending'"))
        .containsExactlyInAnyOrder("0", "2");
  }

  @Test
  void aStreetTooLongForAnIndexIsStoredAndMatched() throws SQLException {
    String street = letters(9_000);
    String data =
        """
        {"email":"%s@example.com","ids":{"enerflo.customer":"1001","enerflo.deal":"%s"},
         "address":{"street":"%s","zip":"84601"}}\
        """
            .formatted(letters(5_000), letters(4_000), street);
    Event event =
        lead("1", "s1", "a@example.com")
            .withData(EventJson.parseObject(data.getBytes(StandardCharsets.UTF_8)));

    assertThat(fixture.queue.add(List.of(fixture.routed(event, "enerflo", "solarproof"))))
        .isEmpty();

    String enrollment = "00000000-0000-4000-8000-0000000000f1";
    fixture.identity.linkEnrollment(enrollment, letters(3_000), AddressKey.of(street, "84601"));
    assertThat(fixture.identity.idsOf("enerflo.customer", "1001"))
        .containsEntry("flip.enrollment", enrollment);
  }

  private static String letters(int count) {
    Random random = new Random(count);
    StringBuilder text = new StringBuilder();
    random.ints(count, 'a', 'z' + 1).forEach(c -> text.append((char) c));
    return text.toString();
  }

  @Test
  void anEventThatCannotBeDeletedDoesNotKeepOtherOldEvents() throws SQLException {
    for (int n = 0; n < 4; n++) {
      fixture.add(lead("" + n, "s" + n, n + "@example.com"));
    }
    fixture.execute("update event set recorded_at = now() - interval '3 days'");
    fixture.raiseErrorFor("delete", "event", "old.subject = 's2'", "23503");

    assertThat(fixture.retention("P1D").deleteBatch()).isEqualTo(3);
    assertThat(fixture.column("select id from event")).containsExactly("2");
  }

  private static void assertDead(String eventId, String reason) throws SQLException {
    DeliveryQueries.DeliveryEntry entry = fixture.entry(eventId, "enerflo");
    assertThat(entry.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(entry.reason()).contains(reason).doesNotContainPattern(NO_CLASS_NAME);
  }

  private static List<RoutedEvent> batch(int size) {
    List<RoutedEvent> batch = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      batch.add(fixture.routed(lead("" + n, "s" + n, n + "@example.com"), "enerflo"));
    }
    return batch;
  }

  private static DiscardedMessage discarded(String id, String source, String reason) {
    return new DiscardedMessage(
        id,
        "translate",
        source,
        MessageState.DEAD,
        reason,
        Instant.now(),
        Optional.of(new ConsumerRecord<>("solar.inbox", 0, 0, new byte[0], new byte[] {1})));
  }
}
