package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;
import static org.solarrelay.delivery.queue.QueueFixture.eventIds;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryQueueTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void aDeliveryWaitsForAnEarlierUnfinishedOneOfItsRecord() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    fixture.execute(
        "update delivery_work set due_at = now() + interval '1 h' where event_id = 'first'");

    assertThat(fixture.take("enerflo")).isEmpty();
  }

  @Test
  void onlyTheFirstDeliveryOfARecordIsTakenAndTheSecondNotWhileItRuns() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo", "solarproof");
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    fixture.add(lead("other", "B", "b@example.com"), "enerflo");

    assertThat(eventIds(fixture.take("enerflo"))).containsExactlyInAnyOrder("first", "other");
    assertThat(fixture.take("enerflo")).isEmpty();
    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("first");
  }

  @ParameterizedTest
  @EnumSource(names = {"DELIVERED", "DEAD", "SKIPPED"})
  void theNextOfARecordProceedsOnceTheEarlierOneIsFinished(DeliveryState state)
      throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    fixture.end(
        fixture.take("enerflo").get(0),
        new AttemptResult(
            state,
            null,
            null,
            "why",
            null,
            "response",
            DestinationHealth.NONE,
            List.of(),
            null,
            null));

    assertThat(eventIds(fixture.take("enerflo"))).containsExactly("second");
    assertThat(fixture.entry("first", "enerflo").finishedAt()).isNotNull();
  }

  @Test
  void recordsWithTheSameMatchKeyAreDeliveredOneAfterTheOther() throws SQLException {
    fixture.add(lead("first", "A", "Same@example.com "), "enerflo", "solarproof");
    fixture.add(lead("second", "B", "same@Example.com"), "enerflo", "solarproof");

    assertThat(eventIds(fixture.take("enerflo"))).containsExactly("first", "second");
    List<Delivery> taken = fixture.take("solarproof");
    assertThat(eventIds(taken)).containsExactly("first");
    fixture.end(taken.get(0), AttemptResult.delivered("1"));
    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("second");
  }

  @Test
  void aDeliveryThatAnotherPodCommitsLateWaitsForTheOneInFlight() throws SQLException {
    fixture.add(lead("second", "B", "a@example.com"), "solarproof");
    Delivery underWay = fixture.take("solarproof").get(0);
    fixture.add(lead("first", "A", "a@example.com"), "solarproof");
    fixture.execute(
        """
        update delivery_work set id = -1 where event_id = 'first'
        """);

    assertThat(fixture.take("solarproof")).isEmpty();
    fixture.end(underWay, AttemptResult.delivered("1"));
    fixture.execute("update delivery_work set due_at = now() where event_id = 'first'");

    List<Delivery> next = fixture.take("solarproof");
    assertThat(eventIds(next)).containsExactly("first");
    assertThat(next.get(0).attempt()).isEqualTo(1);
  }

  @Test
  void anEMailAddressTooLongForAnIndexBlocksNothing() throws SQLException {
    StringBuilder random = new StringBuilder();
    new java.util.Random(1)
        .ints(20_000, 0x4e00, 0x9fff)
        .forEach(character -> random.append((char) character));
    fixture.add(lead("long", "A", random + "@example.com"), "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("long");
  }

  @Test
  void aRetryIsDueAfterItsDelayAndBlocksItsRecord() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    fixture.end(
        fixture.take("enerflo").get(0),
        AttemptResult.retry(Duration.ofHours(1), 503, "down", "<html>"));

    assertThat(fixture.take("enerflo")).isEmpty();
    DeliveryQueries.DeliveryEntry waiting = fixture.entry("first", "enerflo");
    assertThat(waiting.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(waiting.nextAttemptAt().toInstant()).isAfter(Instant.now().plusSeconds(3500));
    assertThat(waiting.failures()).extracting(DeliveryQueries.Failure::status).containsExactly(503);
    fixture.execute("update delivery_work set due_at = now()");
    assertThat(fixture.take("enerflo")).extracting(Delivery::retried).containsExactly(true);
  }

  @Test
  void anExpiredLeaseIsTakenOverAndTheLateResultIsIgnored() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    Delivery lost = fixture.queue.take("enerflo", 1, Duration.ZERO).get(0);
    Delivery takenOver = fixture.queue.take("enerflo", 1, LEASE).get(0);
    fixture.end(lost, AttemptResult.dead(400, "too late"));
    fixture.queue.release(List.of(lost));

    assertThat(takenOver.id()).isEqualTo(lost.id());
    assertThat(takenOver.attempt()).isEqualTo(2);
    assertThat(takenOver.retried()).as("no attempt has failed").isFalse();
    assertThat(fixture.entry("one", "enerflo").state()).isEqualTo(DeliveryState.RUNNING);
    fixture.end(takenOver, AttemptResult.delivered("55555"));
    assertThat(fixture.entry("one", "enerflo").state()).isEqualTo(DeliveryState.DELIVERED);
    fixture.end(lost, AttemptResult.retry(Duration.ZERO, "too late again"));
    assertThat(fixture.entry("one", "enerflo").vendorId()).isEqualTo("55555");
  }

  @Test
  void aLateResultOfADeletedDeliveryLeavesNothingBehind() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    Delivery inFlight = fixture.take("enerflo").get(0);
    fixture.execute("delete from delivery_work");

    fixture.end(inFlight, AttemptResult.retry(Duration.ZERO, 500, "too late", "of ada"));

    assertThat(fixture.column("select answer from failed_attempt")).isEmpty();
    assertThat(fixture.column("select delivery_id from unannounced")).isEmpty();
  }

  @Test
  void aReturnedDeliveryCountsNoAttempt() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    fixture.queue.release(fixture.take("enerflo"));

    assertThat(fixture.entry("one", "enerflo").attempts()).isZero();
    assertThat(fixture.take("enerflo")).extracting(Delivery::attempt).containsExactly(1);
  }

  @Test
  void aDuplicateEventAddsNothing() throws SQLException {
    RoutedEvent event = fixture.routed(lead("one", "A", "a@example.com"), "enerflo", "crm");
    fixture.queue.add(List.of(event, event));
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("1"));
    fixture.queue.add(List.of(event));

    assertThat(fixture.take("enerflo")).isEmpty();
    assertThat(fixture.column("select destination from delivery")).hasSize(2);
  }

  @Test
  void twoSourcesMayUseTheSameEventId() throws SQLException {
    OffsetDateTime now = OffsetDateTime.now();
    fixture.add(lead("crm", "1", "A", "a@example.com", now, false), "enerflo");
    fixture.add(lead("web", "1", "A", "a@example.com", now, false), "enerflo");

    assertThat(fixture.take("enerflo"))
        .extracting(delivery -> delivery.event().record())
        .containsExactlyInAnyOrder("crm:A", "web:A");
  }

  @Test
  void aDeliveryToADestinationThatIsOffOrUnknownIsSkippedWithTheReason() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "flip", "nowhere");

    assertThat(fixture.take("flip")).isEmpty();
    assertThat(fixture.entry("one", "flip").state()).isEqualTo(DeliveryState.SKIPPED);
    assertThat(fixture.entry("one", "flip").reason()).contains("FLIP_URL and FLIP_API_KEY");
    assertThat(fixture.entry("one", "nowhere").reason()).contains("no destination nowhere");
  }

  @Test
  void podsThatTakeAtOnceTakeEachDeliveryOnce() throws Exception {
    List<RoutedEvent> many = new ArrayList<>();
    for (int n = 0; n < 600; n++) {
      many.add(fixture.routed(lead("e" + n, "r" + n % 300, n + "@example.com"), "enerflo"));
    }
    fixture.queue.add(many);
    CyclicBarrier start = new CyclicBarrier(4);
    Callable<List<String>> taker =
        () -> {
          List<String> got = new ArrayList<>();
          start.await();
          // a take is also empty while others have the first delivery of every record
          while (fixture.column("select 1 from delivery where state <> 'delivered'").size() > 0) {
            List<Delivery> taken = fixture.queue.take("enerflo", 20, LEASE);
            got.addAll(eventIds(taken));
            fixture.queue.record(
                taken.stream()
                    .map(d -> new CompletedAttempt(d, AttemptResult.delivered("1")))
                    .toList());
          }
          return got;
        };
    var threads = Executors.newFixedThreadPool(4);
    List<String> all = new ArrayList<>();
    for (Future<List<String>> one : threads.invokeAll(List.of(taker, taker, taker, taker))) {
      all.addAll(one.get());
    }
    threads.shutdown();

    assertThat(all).hasSize(600).doesNotHaveDuplicates();
  }

  @Test
  void anEventThatCanNoLongerBeReadIsDeadAndTheOthersAreTaken() throws SQLException {
    fixture.add(lead("broken", "A", "a@example.com"), "enerflo");
    fixture.add(lead("good", "B", "b@example.com"), "enerflo");
    fixture.execute("update event set value = 'gone' where id = 'broken'");

    assertThat(eventIds(fixture.queueOfAnotherPod().take("enerflo", 2, LEASE)))
        .containsExactly("good");
    assertThat(fixture.column("select state from delivery where event_id = 'broken'"))
        .containsExactly("dead");
  }

  @Test
  void aTakeThatFailsTakesNothing() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    fixture.execute("alter table record_id rename to record_id_away");
    try {
      assertThatThrownBy(() -> fixture.take("enerflo")).isInstanceOf(SQLException.class);
    } finally {
      fixture.execute("alter table record_id_away rename to record_id");
    }

    assertThat(fixture.entry("one", "enerflo").state()).isEqualTo(DeliveryState.PENDING);
    assertThat(fixture.take("enerflo")).extracting(Delivery::attempt).containsExactly(1);
  }

  private static final String CALLS = "[{\"method\":\"POST\",\"body\":\"\\u0000 \\ud83d\"}]";

  @Test
  void whatEachAttemptHasSentIsStoredWithItsDuration() throws SQLException {
    fixture.addLeads(20);
    List<CompletedAttempt> attempts = new ArrayList<>();
    for (Delivery delivery : fixture.take("enerflo")) {
      AttemptResult result =
          switch (delivery.event().id()) {
            case "0" -> AttemptResult.retry(Duration.ZERO, 503, "busy", "no");
            case "1" -> AttemptResult.dead(422, "refused", "no");
            case "2" -> AttemptResult.held("awaits approval");
            default -> AttemptResult.delivered("1");
          };
      attempts.add(attempt(delivery, result.withCalls(CALLS)));
    }
    fixture.queue.record(attempts);

    assertThat(
            fixture.column(
                "select attempt || ' ' || duration_ms || ' ' || calls from attempt_request"))
        .hasSize(20)
        .containsOnly("1 53 " + CALLS);
    for (String event : List.of("0", "1", "2", "3")) {
      List<DeliveryQueries.AttemptRequest> requests = fixture.entry(event, "enerflo").requests();
      assertThat(requests).hasSize(1);
      assertThat(requests.get(0).calls().get(0).path("method").asText()).isEqualTo("POST");
      assertThat(requests.get(0).durationMs()).isEqualTo(53);
    }
  }

  private static CompletedAttempt attempt(Delivery delivery, AttemptResult result) {
    return new CompletedAttempt(delivery, result, Duration.ofMillis(53));
  }

  @Test
  void everyAttemptOfADeliveryKeepsItsRequest() throws SQLException {
    fixture.addLeads(1);
    AttemptResult busy = AttemptResult.retry(Duration.ZERO, 503, "busy", "no").withCalls(CALLS);
    fixture.queue.record(List.of(attempt(fixture.take("enerflo").get(0), busy)));
    fixture.queue.record(
        List.of(attempt(fixture.take("enerflo").get(0), AttemptResult.delivered("1"))));

    assertThat(fixture.entry("0", "enerflo").requests())
        .extracting(one -> one.attempt() + " " + one.calls())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("1 [{"),
            second -> assertThat(second).isEqualTo("2 null"));
    assertThat(fixture.queries.find(DeliveryFilter.all(), 10).get(0).requests()).isEmpty();
  }

  @Test
  void nothingIsStoredOfADeliveryThatWasErasedOrTakenByAnotherPod() throws SQLException {
    fixture.addLeads(2);
    List<Delivery> taken = fixture.take("enerflo");
    fixture.execute("delete from delivery_work where event_id = '0'");
    fixture.execute("update delivery_work set attempts = 2");

    fixture.queue.record(
        List.of(
            attempt(taken.get(0), AttemptResult.delivered("1").withCalls(CALLS)),
            attempt(taken.get(1), AttemptResult.retry(Duration.ZERO, "no").withCalls(CALLS))));

    assertThat(fixture.column("select calls from attempt_request")).isEmpty();
  }

  @Test
  void ofVeryLongHistoriesOnlyTheNewestAttemptsHaveTheirCalls() throws SQLException {
    fixture.addLeads(1);
    fixture.execute(
        """
        insert into attempt_request (delivery_id, attempt, duration_ms, calls, at)
        select id, n, 1, '["' || repeat(md5(n::text), 500) || '"]', now() + n * interval '1 s'
        from delivery_work, generate_series(1, 300) n
        """);

    List<DeliveryQueries.AttemptRequest> requests = fixture.entry("0", "enerflo").requests();

    assertThat(requests).hasSize(300);
    assertThat(requests.get(0).truncated()).isTrue();
    assertThat(requests.get(0).calls()).isNull();
    assertThat(requests.get(299).truncated()).isFalse();
    assertThat(requests.get(299).calls()).hasSize(1);
  }
}
