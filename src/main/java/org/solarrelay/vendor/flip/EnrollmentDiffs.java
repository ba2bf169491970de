package org.solarrelay.vendor.flip;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.identity.Identity;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.RecordPublisher;

/**
 * The steps of a poll of Flip's enrollments: link them, find differences, publish them, store them.
 * Each step takes the body of the route and returns the next body.
 */
@Singleton
@Named("flipDifferences")
public class EnrollmentDiffs {

  private static final Logger LOG = Logger.getLogger(EnrollmentDiffs.class);

  private static final int PAGE = 500;

  private final String program;
  private final FlipSnapshot snapshot;
  private final BatchSplitter splitter;
  private final Identity identity;
  private final RecordPublisher publisher;

  @Inject
  public EnrollmentDiffs(
      @ConfigProperty(name = "relay.flip.program-id") Optional<String> program,
      DataSource database,
      BatchSplitter splitter,
      Identity identity,
      RecordPublisher publisher) {
    this.program = program.orElse("");
    this.snapshot = new FlipSnapshot(database, splitter);
    this.splitter = splitter;
    this.identity = identity;
    this.publisher = publisher;
  }

  /**
   * Links each enrollment to its project, where exactly one project matches.
   *
   * @return the same list
   */
  public FlipList link(FlipList list) throws SQLException {
    for (FlipEnrollment enrollment : list.enrollments()) {
      warnOf("linked", splitter.store(List.of(enrollment), this::link));
    }
    return list;
  }

  private void link(List<FlipEnrollment> enrollments) throws SQLException {
    for (FlipEnrollment enrollment : enrollments) {
      identity.linkEnrollment(enrollment.id(), enrollment.email(), enrollment.address());
    }
  }

  /** The enrollments that are new or have changed since the last poll. */
  public List<EnrollmentDiff> differences(FlipList list) throws SQLException {
    return snapshot.differences(program, list.enrollments());
  }

  /**
   * Publishes an event for each difference to Kafka. The first poll of a program publishes no
   * event.
   *
   * @return all differences, also those without a valid event, so that no later poll finds them
   * @throws ExecutionException if Kafka did not acknowledge an event; other events may be published
   */
  public List<EnrollmentDiff> publish(List<EnrollmentDiff> differences)
      throws SQLException, ExecutionException, InterruptedException {
    if (!differences.isEmpty() && snapshot.exists(program)) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (EnrollmentDiff difference : differences) {
        try {
          records.add(RecordPublisher.record(difference.event()));
        } catch (InvalidMessageException e) {
          warn("published", e.getMessage());
        }
        if (records.size() == PAGE) {
          append(records);
          records.clear();
        }
      }
      append(records);
    }
    return differences;
  }

  private void append(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    for (AppendResult result : publisher.append(records)) {
      result.reason().ifPresent(reason -> warn("published", reason));
    }
  }

  /** Stores the differences for the next poll. Call this only after they are published. */
  public void store(List<EnrollmentDiff> differences) throws SQLException {
    warnOf("stored", snapshot.store(program, differences));
  }

  private static void warnOf(String step, List<? extends Rejected<?>> rejected) {
    rejected.forEach(row -> warn(step, row.reason()));
  }

  private static void warn(String step, String reason) {
    LOG.warnf("A Flip enrollment was not %s: %s", step, reason);
  }
}
