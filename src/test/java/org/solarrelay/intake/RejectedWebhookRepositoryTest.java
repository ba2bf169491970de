package org.solarrelay.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.delivery.queue.QueueDatabase;
import org.solarrelay.intake.RejectedWebhookRepository.RejectedEntry;
import org.solarrelay.intake.RejectedWebhookRepository.Summary;

class RejectedWebhookRepositoryTest {

  private static final RejectedWebhookRepository.Filter ALL =
      new RejectedWebhookRepository.Filter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static AgroalDataSource database;

  private final OffsetDateTime now = OffsetDateTime.now();
  private final RejectedWebhookRepository repository = repository(database);

  @BeforeAll
  static void open() throws Exception {
    database = QueueDatabase.create();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void clear() throws Exception {
    execute("delete from rejected_webhook");
  }

  @Test
  void theNewestThousandAreKept() throws Exception {
    repository.store(many(700, "flip", RejectionReason.NOT_JSON));
    repository.store(many(700, "enerflo", RejectionReason.UNAUTHENTICATED));

    List<RejectedEntry> kept = repository.find(ALL, Long.MAX_VALUE, 2_000);

    assertThat(kept).hasSize(RejectedWebhookRepository.KEPT);
    assertThat(kept.subList(0, 700)).allMatch(one -> one.source().equals("enerflo"));
    assertThat(kept.subList(700, 1_000)).allMatch(one -> one.source().equals("flip"));
  }

  @Test
  void theFiltersSelect() throws Exception {
    repository.store(many(1, "flip", RejectionReason.NOT_JSON));
    repository.store(many(2, "flip", RejectionReason.TOO_LARGE));

    assertThat(find("flip", Optional.empty())).hasSize(3);
    assertThat(find("flip", Optional.of(RejectionReason.TOO_LARGE))).hasSize(2);
    assertThat(find("crm", Optional.empty())).isEmpty();
    RejectedEntry newest = find("flip", Optional.empty()).get(0);
    assertThat(repository.find(ALL, newest.id(), 10)).hasSize(2).doesNotContain(newest);
    assertThat(newest.sender()).contains("203.0.113.7");
    assertThat(newest.size()).isEmpty();
    assertThat(newest.mediaType()).contains("text/plain");
  }

  @Test
  void theSummaryCountsWhatIsNotListedToo() throws Exception {
    repository.store(many(2, "flip", RejectionReason.NOT_JSON));
    repository.store(
        List.of(
            webhook("enerflo", RejectionReason.UNAUTHENTICATED, now.plusSeconds(1)).unlisted(40)));
    repository.store(List.of(webhook("leads", RejectionReason.NOT_JSON, now.minusDays(2))));

    assertThat(repository.summary(now.minusDays(1)))
        .extracting(Summary::source, Summary::reason, Summary::count)
        .containsExactly(tuple("enerflo", "unauthenticated", 41L), tuple("flip", "not-json", 2L));
  }

  @Test
  void whileTheDatabaseIsAwayTheyWait() throws Exception {
    RejectedWebhookBuffer buffer = new RejectedWebhookBuffer();
    buffer.add(
        "flip",
        RejectionReason.NOT_JSON,
        () -> webhook("flip", RejectionReason.NOT_JSON, OffsetDateTime.now()));
    AgroalDataSource away = QueueDatabase.create();
    away.close();

    new RejectedWebhookWriter(buffer, repository(away)).write();
    assertThat(repository.find(ALL, Long.MAX_VALUE, 10)).isEmpty();
    new RejectedWebhookWriter(buffer, repository).write();

    assertThat(repository.find(ALL, Long.MAX_VALUE, 10)).hasSize(1);
  }

  private List<RejectedWebhook> many(int count, String source, RejectionReason reason) {
    return IntStream.range(0, count).mapToObj(n -> webhook(source, reason, now)).toList();
  }

  private static RejectedWebhook webhook(String source, RejectionReason reason, OffsetDateTime at) {
    return new RejectedWebhook(
        at,
        source,
        reason,
        Optional.of("203.0.113.7"),
        OptionalLong.empty(),
        Optional.of("text/plain"),
        0);
  }

  private List<RejectedEntry> find(String source, Optional<RejectionReason> reason)
      throws Exception {
    return repository.find(
        new RejectedWebhookRepository.Filter(
            Optional.of(source), reason, Optional.empty(), Optional.empty()),
        Long.MAX_VALUE,
        10);
  }

  private static RejectedWebhookRepository repository(AgroalDataSource database) {
    return new RejectedWebhookRepository(database, new BatchSplitter(database));
  }

  private static void execute(String sql) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
