package org.solarrelay.vendor.reconcile;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a pod does next in a run: read a page, or publish.
 *
 * @param run as it was claimed
 * @param at when the task was claimed, before the request for the page
 * @param lastGood the start of the last run with good lists
 */
public record ReconcileTask(
    ReconcileRun run, OffsetDateTime at, Optional<OffsetDateTime> lastGood) {

  /** Notes may appear in the list a while after they were written. */
  private static final Duration OVERLAP = Duration.ofHours(1);

  /** The kind of the list to read. */
  public String getKind() {
    return run.position().kind();
  }

  /** The page to read, from 1. */
  public int getPage() {
    return run.position().page();
  }

  /** Whether all pages are read, so that the differences are to be published. */
  public boolean isPublishing() {
    return run.state() == RunState.PUBLISHING;
  }

  /** The start of a list of additions, ISO 8601 in UTC. */
  public String getSince() {
    OffsetDateTime since = run.options().since().orElse(lastGood.orElse(at).minus(OVERLAP));
    return since.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
