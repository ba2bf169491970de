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
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.identity.Identity;
import org.solarrelay.topic.client.Appended;
import org.solarrelay.topic.client.OutboundLog;

/** What a poll of Flip's enrollments leads to: links, and events where something differs. */
@Singleton
@Named("flipDifferences")
public class FlipDifferences {

  private static final Logger LOG = Logger.getLogger(FlipDifferences.class);

  private static final String NOT_ANNOUNCED = "An enrollment of Flip's is not announced";
  private static final int PAGE = 500;

  private final String program;
  private final FlipSnapshot snapshot;
  private final Identity identity;
  private final OutboundLog log;

  @Inject
  public FlipDifferences(
      @ConfigProperty(name = "relay.flip.program-id") Optional<String> program,
      DataSource database,
      Identity identity,
      OutboundLog log) {
    this.program = program.orElse("");
    this.snapshot = new FlipSnapshot(database);
    this.identity = identity;
    this.log = log;
  }

  /** Links each enrollment to the project it is of, as far as they match. */
  public void link(FlipList list) throws SQLException {
    for (FlipEnrollment enrollment : list.enrollments()) {
      identity.linkEnrollment(enrollment.id(), enrollment.email(), enrollment.address());
    }
  }

  /** What is not as the last poll found it: what is new, and what has changed. */
  public List<FlipDifference> of(FlipList list) throws SQLException {
    return snapshot.differences(program, list.enrollments());
  }

  /**
   * Puts an event of each on the log, unless this is the program's first poll.
   *
   * @throws ExecutionException where one was not acknowledged; others may have been
   */
  public void announce(List<FlipDifference> differences)
      throws SQLException, ExecutionException, InterruptedException {
    if (!differences.isEmpty() && snapshot.exists(program)) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (FlipDifference difference : differences) {
        try {
          records.add(OutboundLog.record(difference.event()));
        } catch (InvalidMessageException e) {
          LOG.warnf("%s: %s", NOT_ANNOUNCED, e.getMessage());
        }
        if (records.size() == PAGE) {
          append(records);
          records.clear();
        }
      }
      append(records);
    }
  }

  private void append(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    for (Appended end : log.append(records)) {
      end.reason().ifPresent(reason -> LOG.warnf("%s: %s", NOT_ANNOUNCED, reason));
    }
  }

  /** Remembers them for the next poll; only to be called once they are announced. */
  public void remember(List<FlipDifference> differences) throws SQLException {
    snapshot.store(program, differences);
  }
}
