package org.solarrelay.console;

import java.util.Optional;
import org.solarrelay.delivery.queue.DeadGroupAcknowledgement;
import org.solarrelay.delivery.queue.DeadGroupState;
import org.solarrelay.delivery.queue.DeadLetterGroups;

/**
 * A group of dead letters with the runbook's advice.
 *
 * @param hourly how many died in each hour of the last day
 */
public record DeadGroupView(DeadLetterGroups.Group group, HourlyBars hourly) {

  static DeadGroupView of(DeadLetterGroups.Group group) {
    return new DeadGroupView(group, HourlyBars.of(group.hourly()));
  }

  /** Where the group failed, such as {@code deliver: enerflo}. */
  public String place() {
    DeadLetterGroups.Cause cause = group.cause();
    String of = cause.destination() + cause.source();
    return of.isEmpty() ? cause.stage() : cause.stage() + ": " + of;
  }

  public String advice() {
    return DeadLetterAdvice.of(group.reason());
  }

  public String fingerprint() {
    return group.fingerprint();
  }

  public boolean isAcknowledged() {
    return group.state() == DeadGroupState.ACKNOWLEDGED;
  }

  /** Such as {@code acknowledged by Ada}, {@code reopened: it recurs}. */
  public String state() {
    if (isAcknowledged()) {
      return "acknowledged by " + group.acknowledgement().orElseThrow().by();
    }
    if (!group.isReopened()) {
      return "open";
    }
    return group
        .acknowledgement()
        .flatMap(DeadGroupAcknowledgement::reopenedBy)
        .map("reopened by "::concat)
        .orElse("reopened: it recurs");
  }

  /** The class of the state's style. */
  public String style() {
    return isAcknowledged() ? "off" : "bad";
  }

  /** The last acknowledgement; empty where the group has none. */
  public Optional<DeadGroupAcknowledgement> acknowledgement() {
    return group.acknowledgement();
  }

  /** Such as {@code 40 deliveries}. */
  public String counted(long count) {
    return group.isOfDeliveries()
        ? Counts.of(count, "delivery", "deliveries")
        : Counts.of(count, "message", "messages");
  }
}
