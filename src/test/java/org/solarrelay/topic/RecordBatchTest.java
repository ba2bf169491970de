package org.solarrelay.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.ops.telemetry.TraceSpan;

class RecordBatchTest {

  private final List<String> stored = new ArrayList<>();
  private final Sink database = new Sink("database", RecordBatch.Phase.DATABASE);
  private final Sink topics = new Sink("topics", RecordBatch.Phase.TOPICS);
  private final Sink deadLetters = new Sink("dead", RecordBatch.Phase.DEAD_LETTERS);
  private final RecordBatch batch = new RecordBatch(new Outcomes());

  @Test
  void itemsAreStoredByPhaseAndWithinItInTheOrderOfTheRecords() throws Exception {
    Exchange first = exchange(0);
    Exchange second = exchange(1);
    RecordBatch.add(first, topics, "event 0");
    RecordBatch.add(second, topics, "event 1");
    RecordBatch.add(second, database, "row 1");
    RecordBatch.add(first, database, "row 0");
    assertThat(stored).isEmpty();

    batch.store();

    assertThat(stored).containsExactly("database [row 0, row 1]", "topics [event 0, event 1]");
  }

  @Test
  void anItemThatCanNeverBeStoredEndsItsRecordAndNoOther() throws Exception {
    Exchange bad = exchange(0);
    Exchange good = exchange(1);
    RecordBatch.add(bad, database, "rejected");
    RecordBatch.add(bad, topics, "event 0");
    RecordBatch.add(good, database, "row 1");
    RecordBatch.add(good, topics, "event 1");

    batch.store();

    assertThat(stored)
        .containsExactly(
            "database [rejected, row 1]",
            "database [story of 0: unfit]",
            "topics [event 1]",
            "dead [letter of 0]");
  }

  @Test
  void aRecordOfWhichKafkaRejectsTwoEventsHasOneStoryAndOneLetter() throws Exception {
    Exchange exchange = exchange(0);
    RecordBatch.add(exchange, topics, "rejected");
    RecordBatch.add(exchange, topics, new String("rejected"));

    batch.store();

    assertThat(stored)
        .containsExactly(
            "topics [rejected, rejected]", "database [story of 0: unfit]", "dead [letter of 0]");
  }

  @Test
  void whatADeadRecordHasCollectedIsNotStored() throws Exception {
    Exchange exchange = exchange(0);
    RecordBatch.add(exchange, database, "row 0");
    BatchRecord.of(exchange).orElseThrow().dead("unfit");
    BatchRecord.of(exchange).orElseThrow().dead("again");

    batch.store();

    assertThat(stored).containsExactly("database [story of 0: unfit]", "dead [letter of 0]");
  }

  @Test
  void aSinkThatIsAwayFailsTheBatchBeforeALaterPhase() throws Exception {
    Exchange exchange = exchange(0);
    RecordBatch.add(exchange, database, "away");
    RecordBatch.add(exchange, topics, "event 0");

    assertThatThrownBy(batch::store).hasMessage("away");
    assertThat(stored).isEmpty();
  }

  @Test
  void aStepCompletesWhatAnEarlierOneHasAdded() throws Exception {
    Exchange exchange = exchange(0);
    RecordBatch.add(exchange, database, "row 0");

    assertThat(BatchRecord.of(exchange).orElseThrow().first(database)).contains("row 0");
    assertThat(BatchRecord.of(exchange).orElseThrow().first(topics)).isEmpty();
  }

  @Test
  void anExchangeOfNoBatchStoresAtOnce() throws Exception {
    Exchange timers = new DefaultExchange(new DefaultCamelContext());
    RecordBatch.add(timers, topics, "event");

    assertThat(stored).containsExactly("topics [event]");
    assertThatThrownBy(() -> RecordBatch.add(timers, topics, "rejected"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("unfit");
  }

  @Test
  void aCopyThatOutlivesItsBatchStoresAtOnce() throws Exception {
    Exchange exchange = exchange(0);
    batch.store();

    RecordBatch.add(exchange, topics, "late");

    assertThat(stored).containsExactly("topics [late]");
  }

  private Exchange exchange(long offset) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    batch
        .begin(new ConsumerRecord<>("t", 0, offset, null, new byte[0]), "test", TraceSpan.NONE)
        .attachTo(exchange);
    return exchange;
  }

  private final class Outcomes implements RecordOutcomeHandler {
    @Override
    public void dead(BatchRecord record, String reason) {
      record.add(database, "story of %d: %s".formatted(record.record().offset(), reason));
      record.add(deadLetters, "letter of %d".formatted(record.record().offset()));
    }

    @Override
    public void ignored(BatchRecord record, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public boolean isMessageFault(Exchange exchange, Exception failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void failed(BatchRecord record, Exchange exchange, Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private final class Sink implements RecordBatch.Sink<String> {
    private final String name;
    private final RecordBatch.Phase phase;

    Sink(String name, RecordBatch.Phase phase) {
      this.name = name;
      this.phase = phase;
    }

    @Override
    public RecordBatch.Phase phase() {
      return phase;
    }

    @Override
    public List<Rejected<String>> store(List<String> items) {
      if (items.contains("away")) {
        throw new IllegalStateException("away");
      }
      stored.add(name + " " + items);
      return items.stream()
          .filter("rejected"::equals)
          .map(item -> new Rejected<>(item, "unfit"))
          .toList();
    }
  }
}
