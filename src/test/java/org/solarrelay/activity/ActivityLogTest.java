package org.solarrelay.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.solarrelay.activity.ActivityQueries.ActivityEntry;
import org.solarrelay.database.Transaction;
import org.solarrelay.delivery.queue.QueueDatabase;

class ActivityLogTest {

  private static AgroalDataSource database;

  private final ActivityLog log = new ActivityLog(database);
  private final ActivityQueries queries = new ActivityQueries(database);
  private final String who = UUID.randomUUID().toString();

  @BeforeAll
  static void open() throws Exception {
    database = QueueDatabase.create();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void anActivityIsListedAsItWasRecorded() throws SQLException {
    OffsetDateTime before = OffsetDateTime.now().minusSeconds(1);
    log.record(replay("state=dead").count(40).details("2 superseded"));

    ActivityEntry entry = all().get(0);
    assertThat(entry.action()).isEqualTo("replay");
    assertThat(entry.kind()).isEqualTo("deliveries");
    assertThat(entry.subject()).contains("state=dead");
    assertThat(entry.count()).contains(40L);
    assertThat(entry.details()).contains("2 superseded");
    assertThat(entry.at()).isBetween(before, OffsetDateTime.now().plusSeconds(1));
  }

  @Test
  void whatIsUnknownIsEmpty() throws SQLException {
    log.record(Activity.of(who, ActivityAction.SIGN_IN, SubjectKind.CONSOLE));

    ActivityEntry entry = all().get(0);
    assertThat(entry.action()).isEqualTo("sign-in");
    assertThat(entry.subject()).isEmpty();
    assertThat(entry.count()).isEmpty();
    assertThat(entry.details()).isEmpty();
  }

  @Test
  void anActivityOfAnActionThatFailsIsNotRecorded() {
    try {
      Transaction.run(
          database,
          connection -> {
            ActivityLog.record(connection, replay("state=dead"));
            throw new IllegalStateException("the action fails");
          });
    } catch (SQLException | IllegalStateException e) {
      assertThat(e).hasMessage("the action fails");
    }

    assertThat(find(Optional.of(who), Optional.empty(), Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void theFiltersSelectAndTheNewestComesFirst() throws SQLException {
    log.record(replay("state=dead"));
    log.record(Activity.of(who, ActivityAction.PAUSE, SubjectKind.DESTINATION, "flip"));
    log.record(Activity.of("x" + who, ActivityAction.PAUSE, SubjectKind.DESTINATION, "crm"));

    assertThat(all()).extracting(ActivityEntry::action).containsExactly("pause", "replay");
    assertThat(find(Optional.of(who.toUpperCase()), Optional.empty(), Long.MAX_VALUE)).hasSize(2);
    assertThat(find(Optional.of(who), Optional.of(ActivityAction.REPLAY), Long.MAX_VALUE))
        .extracting(entry -> entry.subject().orElseThrow())
        .containsExactly("state=dead");
    assertThat(find(Optional.of(who), Optional.empty(), all().get(0).id()))
        .extracting(ActivityEntry::action)
        .containsExactly("replay");
    OffsetDateTime later = OffsetDateTime.now().plusHours(1);
    assertThat(
            queries.find(
                new ActivityFilter(
                    Optional.of(later), Optional.empty(), Optional.of(who), Optional.empty()),
                Long.MAX_VALUE,
                10))
        .isEmpty();
    assertThat(
            queries.find(
                new ActivityFilter(
                    Optional.empty(), Optional.of(later), Optional.of(who), Optional.empty()),
                Long.MAX_VALUE,
                10))
        .hasSize(2);
  }

  @Test
  void theCountOfALongActionGrows() throws SQLException {
    long number = log.record(replay("state=dead"));
    log.addTo(number, 500);
    log.addTo(number, 20);

    assertThat(all().get(0).count()).contains(520L);
  }

  @Test
  void textsAreOneLineOfLimitedLength() throws SQLException {
    log.record(
        Activity.of(who + "\n\u0000", ActivityAction.EXPORT, SubjectKind.STORY, "a\tb")
            .details("\uD83D\uDE00".repeat(600)));

    ActivityEntry entry = all().get(0);
    assertThat(entry.who()).isEqualTo(who);
    assertThat(entry.subject()).contains("a b");
    assertThat(entry.details().orElseThrow()).hasSizeLessThanOrEqualTo(500).endsWith("…");
  }

  @Test
  void podsThatSeeAChangeOfAFileAtOnceRecordItOnce() throws SQLException {
    List<CompletableFuture<Void>> pods =
        IntStream.range(0, 8)
            .mapToObj(pod -> CompletableFuture.runAsync(() -> recordOnce(rejected("no id"))))
            .toList();
    pods.forEach(CompletableFuture::join);
    assertThat(all()).hasSize(1);

    recordOnce(rejected("no uri"));
    recordOnce(rejected("no uri"));
    recordOnce(rejected("no id"));

    assertThat(all())
        .extracting(entry -> entry.details().orElseThrow())
        .containsExactly("no id", "no uri", "no id");
  }

  private Activity replay(String filter) {
    return Activity.of(who, ActivityAction.REPLAY, SubjectKind.DELIVERIES, filter);
  }

  private Activity rejected(String problem) {
    return Activity.of(who, ActivityAction.ROUTE_REJECTED, SubjectKind.ROUTE_FILE, who)
        .details(problem);
  }

  private static void recordOnce(Activity change) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      ActivityLog.recordOnce(connection, change);
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private List<ActivityEntry> all() {
    return find(Optional.of(who), Optional.empty(), Long.MAX_VALUE);
  }

  private List<ActivityEntry> find(
      Optional<String> name, Optional<ActivityAction> action, long before) {
    try {
      return queries.find(
          new ActivityFilter(Optional.empty(), Optional.empty(), name, action), before, 10);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
