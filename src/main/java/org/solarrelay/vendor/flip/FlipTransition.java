package org.solarrelay.vendor.flip;

import java.util.Set;
import java.util.function.Predicate;

/** What events may make of an enrollment, and which of its states stand against it. */
enum FlipTransition {
  /** To be approved. What is in the program already must not fall out of it again. */
  SUBMIT(
      "PENDING",
      Set.of("ACTIVE", "PAUSED", "NEEDS_ACTION", "REJECTED")::contains,
      "A submitted project changes nothing about an enrollment that is %s"),
  /** Whoever rejected or unenrolled it has the say, not a milestone. */
  ACTIVATE(
      "ACTIVE",
      Set.of("REJECTED", "UNENROLLED")::contains,
      "A milestone does not activate an enrollment that is %s"),
  PAUSE(
      "PAUSED",
      Set.of("REJECTED", "UNENROLLED")::contains,
      "An enrollment that is %s takes no part that could be paused"),
  RESUME(
      "ACTIVE",
      status -> !status.equals("PAUSED"),
      "Only a paused enrollment is resumed; it is %s"),
  UNENROLL("UNENROLLED", "REJECTED"::equals, "An enrollment that is %s is in no program"),
  /** Somebody said outright what it shall be. */
  SET(null, status -> false, "");

  private final String status;
  private final Predicate<String> against;
  private final String why;

  FlipTransition(String status, Predicate<String> against, String why) {
    this.status = status;
    this.against = against;
    this.why = why;
  }

  /** The status it leads to; null where the event names it. */
  String status() {
    return status;
  }

  /** Why an enrollment with that status is left alone; null where it is not. */
  String objection(String current) {
    return against.test(current) ? why.formatted(current) : null;
  }
}
