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
 * The steps of a poll of Flip's enrollments: link them, find the differences, announce them,
 * remember them. Each takes the body and returns the next one.
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
  private final RecordPublisher log;

  @Inject
  public EnrollmentDiffs(
      @ConfigProperty(name = "relay.flip.program-id") Optional<String> program,
      DataSource database,
      BatchSplitter splitter,
      Identity identity,
      RecordPublisher log) {
    this.program = program.orElse("");
    this.snapshot = new FlipSnapshot(database, splitter);
    this.splitter = splitter;
    this.identity = identity;
    this.log = log;
  }

  /**
   * Links each enrollment to the project it is of, as far as they match.
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

  /** What is not as the last poll found it: what is new, and what has changed. */
  public List<EnrollmentDiff> of(FlipList list) throws SQLException {
    return snapshot.differences(program, list.enrollments());
  }

  /**
   * Puts an event of each on the log, unless this is the program's first poll.
   *
   * @return all differences, including those that cannot be an event: no poll will announce them
   * @throws ExecutionException where one was not acknowledged; others may have been
   */
  public List<EnrollmentDiff> announce(List<EnrollmentDiff> differences)
      throws SQLException, ExecutionException, InterruptedException {
    if (!differences.isEmpty() && snapshot.exists(program)) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (EnrollmentDiff difference : differences) {
        try {
          records.add(RecordPublisher.record(difference.event()));
        } catch (InvalidMessageException e) {
          warn("announced", e.getMessage());
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
    for (AppendResult end : log.append(records)) {
      end.reason().ifPresent(reason -> warn("announced", reason));
    }
  }

  /** Remembers them for the next poll; only to be called once they are announced. */
  public void remember(List<EnrollmentDiff> differences) throws SQLException {
    warnOf("remembered", snapshot.store(program, differences));
  }

  private static void warnOf(String step, List<? extends Rejected<?>> rejected) {
    rejected.forEach(one -> warn(step, one.reason()));
  }

  private static void warn(String step, String reason) {
    LOG.warnf("An enrollment of Flip's is not %s: %s", step, reason);
  }
}
