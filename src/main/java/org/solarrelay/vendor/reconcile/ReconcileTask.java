package org.solarrelay.vendor.reconcile;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * What a pod does next in a run: read a page, or publish.
 *
 * @param run as it was claimed
 * @param at when the task was claimed, before the request for the page
 * @param notesSince the time after which a list of additions begins
 */
public record ReconcileTask(ReconcileRun run, OffsetDateTime at, OffsetDateTime notesSince) {

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
    return notesSince.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
