package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.solarrelay.delivery.queue.SubscriptionCounts.Count;

class SubscriptionMatrixTest {

  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-31T12:00:00Z");

  private static final List<Count> COUNTS =
      List.of(
          new Count("lead.submitted", "crm", 12, 1, 2, NOON),
          new Count("lead.submitted", "removed", 3, 0, 0, NOON.minusHours(1)));

  @Test
  void everyEventTypeHasARowAndEveryDestinationAColumnAlsoARemovedOne() {
    SubscriptionMatrix matrix =
        SubscriptionMatrix.of(
            List.of("lead.submitted", "lead.changed"), List.of("flip", "crm"), COUNTS, 100);

    assertThat(matrix.destinations()).containsExactly("crm", "flip", "removed");
    assertThat(matrix.rows())
        .extracting(row -> row.type() + row.cells().stream().map(it -> it.words()).toList())
        .containsExactly("lead.changed[, , ]", "lead.submitted[12, 2 skipped, 1 dead, , 3]");
    assertThat(matrix.capped()).isFalse();
    assertThat(SubscriptionMatrix.since(COUNTS)).contains(NOON.minusHours(1));
  }

  @Test
  void aMatrixOfAsManyDeliveriesAsAreReadIsCapped() {
    assertThat(SubscriptionMatrix.of(List.of(), List.of(), COUNTS, 15).capped()).isTrue();
  }
}
