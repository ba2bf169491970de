package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.Transaction;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.ops.telemetry.DeadLetterCounter;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.DeadLetterRecord;
import org.solarrelay.topic.client.RecordPublisher;

/**
 * Tells Kafka what became of events: every finished delivery on {@code solar.outcomes}, a dead one
 * on {@code solar.dead-letters} as well. An end counts as told only after the broker's
 * acknowledgement, so it may be told twice after a crash, never not at all.
 */
@Singleton
public class OutcomePublisher implements Runnable {

  private static final Logger LOG = Logger.getLogger(OutcomePublisher.class);
  private static final int BATCH = 500;
  private static final long IDLE_MILLIS = 1000;

  // "offset 0" keeps each look-up by a key: as a join PostgreSQL may, while its statistics are old,
  // read every delivery there is in the order of ids and look for a mark of each.
  static final String UNANNOUNCED =
      """
      with ended as (
        select d.*
        from unannounced u cross join lateral (
          select id, source, event_id, destination, state, reason, vendor_id, attempts, finished_at
          from delivery where id = u.delivery_id and state in ('delivered', 'skipped', 'dead')
          offset 0) d
        order by u.delivery_id limit ? for update of u skip locked),
      sized as (
        select ended.*, sum(case when state = 'dead' then e.size else 0 end)
          over (order by ended.id rows between unbounded preceding and 1 preceding) as before
        from ended cross join lateral (
          select octet_length(value) + octet_length(headers) as size from event
          where source = ended.source and id = ended.event_id offset 0) e)
      select d.id, d.destination, d.state, d.reason, d.vendor_id, d.attempts, d.finished_at,
        d.event_id, e.topic, e.partition, e."offset", e.timestamp_ms, e.key,
        case when d.state = 'dead' then e.headers end as headers,
        case when d.state = 'dead' then e.value end as value,
        (select count(*) from ended) as found
      from sized d cross join lateral (
        select topic, partition, "offset", timestamp_ms, key, headers, value from event
        where source = d.source and id = d.event_id offset 0) e
      where coalesce(d.before, 0) <= ?
      order by d.id
      """;

  private final DataSource database;
  private final RecordPublisher log;
  private final ObjectMapper json;
  private final DeadLetterCounter deadLetters;
  private final long bytes;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean stopping;

  OutcomePublisher(
      DataSource database,
      RecordPublisher log,
      ObjectMapper json,
      DeadLetterCounter deadLetters,
      JsonMemory memory) {
    this.bytes = memory.batchBytes();
    this.database = database;
    this.log = log;
    this.json = json;
    this.deadLetters = deadLetters;
  }

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
        more = announce();
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

  /** Announces some; true where more may be waiting. */
  private boolean announce() throws Exception {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      List<Long> ids = new ArrayList<>();
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      List<String> deadAt = new ArrayList<>();
      int found = 0;
      try (PreparedStatement select = connection.prepareStatement(UNANNOUNCED)) {
        select.setInt(1, BATCH);
        select.setLong(2, bytes);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found = row.getInt("found");
            ids.add(row.getLong("id"));
            add(row, records, deadAt);
          }
        }
      }
      if (!ids.isEmpty()) {
        announce(records);
        // what a crash of the database undoes is told once more
        Transaction.commitWithoutFlush(connection);
        told(connection, ids);
      }
      connection.commit();
      deadAt.forEach(deadLetters::delivery);
      return found == BATCH || found > ids.size();
    }
  }

  /** An end that cannot be put into a record stays in the ledger only. */
  private void add(ResultSet row, List<ProducerRecord<byte[], byte[]>> records, List<String> deadAt)
      throws SQLException {
    try {
      describe(row, records);
      if (isDead(row)) {
        deadAt.add(row.getString("destination"));
      }
    } catch (RuntimeException | JsonProcessingException e) {
      LOG.warnf("The end of delivery %d cannot be published", row.getLong("id"));
      LOG.debug("The end of a delivery cannot be published", e);
    }
  }

  private void announce(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    List<AppendResult> ends = log.append(records);
    for (int i = 0; i < ends.size(); i++) {
      String topic = records.get(i).topic();
      ends.get(i).reason().ifPresent(reason -> LOG.warnf("A record of %s: %s", topic, reason));
    }
  }

  private void describe(ResultSet row, List<ProducerRecord<byte[], byte[]>> records)
      throws SQLException, JsonProcessingException {
    records.add(new ProducerRecord<>("solar.outcomes", row.getBytes("key"), outcome(row)));
    if (isDead(row)) {
      records.add(
          DeadLetterRecord.of(EventRowMapper.original(row))
              .because(
                  row.getString("reason"),
                  PipelineStage.DELIVER.id(),
                  row.getString("destination"),
                  row.getInt("attempts"),
                  row.getString("event_id")));
    }
  }

  private static boolean isDead(ResultSet row) throws SQLException {
    return row.getString("state").equals(DeliveryState.DEAD.text());
  }

  private byte[] outcome(ResultSet row) throws SQLException, JsonProcessingException {
    ObjectNode outcome = json.createObjectNode();
    outcome.put("eventId", row.getString("event_id"));
    outcome.put("destination", row.getString("destination"));
    outcome.put("state", row.getString("state"));
    outcome.put("reason", row.getString("reason"));
    outcome.put("vendorId", row.getString("vendor_id"));
    outcome.put("attempts", row.getInt("attempts"));
    outcome.put("at", row.getObject("finished_at", OffsetDateTime.class).toString());
    return json.writeValueAsBytes(outcome);
  }

  private static void told(Connection connection, List<Long> ids) throws SQLException {
    String delete = "delete from unannounced where delivery_id = any (?)";
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      statement.executeUpdate();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
