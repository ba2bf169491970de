package org.solarrelay.vendor.flip;

import java.util.Set;
import java.util.function.Predicate;

/** A change of an enrollment's status, and the current statuses that forbid the change. */
enum FlipTransition {
  /** Submits for approval. An enrollment that is in the program stays in the program. */
  SUBMIT(
      "PENDING",
      Set.of("ACTIVE", "PAUSED", "NEEDS_ACTION", "REJECTED")::contains,
      "A submitted project changes nothing about an enrollment that is %s"),
  /** Activates by a milestone. A rejected or unenrolled enrollment keeps its status. */
  ACTIVATE(
      "ACTIVE",
      Set.of("REJECTED", "UNENROLLED")::contains,
      "A milestone does not activate an enrollment that is %s"),
  /** Pauses, when the project is put on hold. */
  PAUSE(
      "PAUSED",
      Set.of("REJECTED", "UNENROLLED")::contains,
      "An enrollment that is %s cannot be paused"),
  /** Resumes, when the project is active again. */
  RESUME(
      "ACTIVE",
      status -> !status.equals("PAUSED"),
      "Only a paused enrollment is resumed; this one is %s"),
  /** Takes the customer out of the program, when the project is voided. */
  UNENROLL("UNENROLLED", "REJECTED"::equals, "An enrollment that is %s is in no program"),
  /** Sets the status that the event names; no current status forbids this change. */
  SET;

  private final String status;
  private final Predicate<String> forbidden;
  private final String reason;

  FlipTransition(String status, Predicate<String> forbidden, String reason) {
    this.status = status;
    this.forbidden = forbidden;
    this.reason = reason;
  }

  FlipTransition() {
    this.status = null;
    this.forbidden = current -> false;
    this.reason = "";
  }

  /** The status after the change; null where the event names the status. */
  String status() {
    return status;
  }

  /** The reason why an enrollment with this status is not changed; null if it is changed. */
  String objection(String current) {
    return forbidden.test(current) ? reason.formatted(current) : null;
  }
}
