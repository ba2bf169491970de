package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.ops.telemetry.DeadLetterCounter;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.DeadLetterRecord;
import org.solarrelay.topic.client.RecordPublisher;

/**
 * Publishes the outcomes of deliveries: every finished delivery on {@code solar.outcomes}, a dead
 * one on {@code solar.dead-letters} as well. Publishes at least once. A worker publishes the
 * outcomes of its batch before it commits; those that it cannot publish have a row in {@code
 * unannounced}, and this class's own thread publishes them.
 */
@Singleton
public class OutcomePublisher implements OutcomeSink, Runnable {

  private static final Logger LOG = Logger.getLogger(OutcomePublisher.class);
  private static final int BATCH = 500;
  private static final long IDLE_MILLIS = 1000;

  /** How long a worker waits for Kafka. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  // "offset 0" keeps each look-up by a key. For a join PostgreSQL may, while its statistics are
  // old, read all deliveries in the order of their ids and look for the mark of each.
  static final Sql UNPUBLISHED =
      Sql.of(
          """
          with ended as (
            select d.*
            from unannounced u cross join lateral (
              select id, source, event_id, destination, state, reason, vendor_id, attempts,
                finished_at
              from delivery_ledger where id = u.delivery_id offset 0) d
            order by u.delivery_id limit :limit for update of u skip locked),
          sized as (
            select ended.*, sum(case when state = 'dead' then e.size else 0 end)
              over (order by ended.id rows between unbounded preceding and 1 preceding) as before
            from ended left join lateral (
              select octet_length(value) + octet_length(headers) as size from event
              where source = ended.source and id = ended.event_id offset 0) e on true)
          select d.id, d.destination, d.state, d.reason, d.vendor_id, d.attempts, d.finished_at,
            d.event_id, e.topic, e.partition, e."offset", e.timestamp_ms, e.key,
            case when d.state = 'dead' then e.headers end as headers,
            case when d.state = 'dead' then e.value end as value,
            (select count(*) from ended) as found
          from sized d left join lateral (
            select topic, partition, "offset", timestamp_ms, key, headers, value from event
            where source = d.source and id = d.event_id offset 0) e on true
          where coalesce(d.before, 0) <= :bytes
          order by d.id
          """);

  private static final Sql MARK_PUBLISHED =
      Sql.of("delete from unannounced where delivery_id = any (:deliveries)");

  private final DataSource database;
  private final RecordPublisher kafka;
  private final ObjectMapper json;
  private final DeadLetterCounter deadLetters;
  private final long bytes;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean stopping;

  /** Whether the outcomes of workers wait for this thread, because Kafka was unavailable. */
  private volatile boolean away;

  OutcomePublisher(
      DataSource database,
      RecordPublisher kafka,
      ObjectMapper json,
      DeadLetterCounter deadLetters,
      JsonMemory memory) {
    this.bytes = memory.batchBytes();
    this.database = database;
    this.kafka = kafka;
    this.json = json;
    this.deadLetters = deadLetters;
  }

  /**
   * Publishes outcomes from a worker's thread, if Kafka acknowledges them within {@link #SHORT}.
   * Otherwise the workers continue, and this class's own thread publishes the outcomes.
   */
  @Override
  public List<Long> publish(List<OutcomeRecord> outcomes) {
    if (outcomes.isEmpty()) {
      return List.of();
    }
    List<Long> all = outcomes.stream().map(OutcomeRecord::delivery).toList();
    if (away) {
      return all;
    }
    try {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (OutcomeRecord outcome : outcomes) {
        records.add(outcome.toProducerRecord(json));
      }
      List<Boolean> published = kafka.appendWithin(SHORT, records);
      return IntStream.range(0, all.size())
          .filter(i -> !published.get(i))
          .mapToObj(all::get)
          .toList();
    } catch (ExecutionException | TimeoutException | JsonProcessingException e) {
      away = true;
      LOG.debug("Outcomes wait for Kafka", e);
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return all;
    }
  }

  @Override
  public void wake() {
    wakeUps.release();
  }

  public void stop() {
    stopping = true;
    wake();
  }

  @Override
  public void run() {
    boolean more = false;
    while (more || !stopping) {
      try {
        more = publishBatch();
        if (!more && !stopping) {
          wakeUps.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
          wakeUps.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Exception | StackOverflowError e) {
        more = false;
        LOG.debug("Outcomes wait", e);
        pause();
      }
    }
  }

  /** Deliveries to publish, with their records. */
  private final class Batch {
    private final List<Long> deliveries = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<String> destinationsOfDead = new ArrayList<>();
    private int found;

    /** Reads a delivery. An outcome that cannot be written as a record is not published. */
    void read(ResultSet row) throws SQLException {
      found = row.getInt("found");
      deliveries.add(row.getLong("id"));
      try {
        addRecords(row);
      } catch (RuntimeException | JsonProcessingException e) {
        LOG.warnf("The outcome of delivery %d cannot be published", row.getLong("id"));
        LOG.debug("The outcome of a delivery cannot be published", e);
      }
    }

    private void addRecords(ResultSet row) throws SQLException, JsonProcessingException {
      records.add(outcome(row).toProducerRecord(json));
      if (row.getString("state").equals(DeliveryState.DEAD.text()) && hasEvent(row)) {
        records.add(deadLetter(row));
        destinationsOfDead.add(row.getString("destination"));
      }
    }

    /** Whether the queue may hold more unpublished outcomes. */
    boolean isPart() {
      return found == BATCH || found > deliveries.size();
    }
  }

  /** Publishes a batch; true where more outcomes may be unpublished. */
  private boolean publishBatch() throws Exception {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Batch batch = new Batch();
      UNPUBLISHED.forEach(
          connection,
          parameters -> parameters.set("limit", BATCH).set("bytes", bytes),
          batch::read);
      if (!batch.deliveries.isEmpty()) {
        publish(batch);
        // where a crash of the database undoes this, the outcomes are published once more
        Transaction.commitWithoutFlush(connection);
        MARK_PUBLISHED.update(
            connection, parameters -> parameters.bigints("deliveries", batch.deliveries));
      }
      connection.commit();
      batch.destinationsOfDead.forEach(deadLetters::delivery);
      return batch.isPart();
    }
  }

  /**
   * Whether the event is in the database; without the event the outcome has no key and no dead
   * letter.
   */
  private static boolean hasEvent(ResultSet row) throws SQLException {
    return row.getString("topic") != null;
  }

  private void publish(Batch batch) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = batch.records;
    List<AppendResult> results = kafka.append(records);
    away = false;
    for (int i = 0; i < results.size(); i++) {
      String topic = records.get(i).topic();
      results.get(i).reason().ifPresent(reason -> LOG.warnf("A record of %s: %s", topic, reason));
    }
  }

  private static ProducerRecord<byte[], byte[]> deadLetter(ResultSet row) throws SQLException {
    return DeadLetterRecord.of(EventRowMapper.original(row))
        .stage(PipelineStage.DELIVER.id())
        .reason(row.getString("reason"))
        .destination(row.getString("destination"))
        .attempts(row.getInt("attempts"))
        .eventId(row.getString("event_id"))
        .build();
  }

  private static OutcomeRecord outcome(ResultSet row) throws SQLException {
    return new OutcomeRecord(
        row.getLong("id"),
        row.getBytes("key"),
        row.getString("event_id"),
        row.getString("destination"),
        DeliveryState.of(row.getString("state")).orElseThrow(),
        row.getString("reason"),
        row.getString("vendor_id"),
        row.getInt("attempts"),
        row.getObject("finished_at", OffsetDateTime.class));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
