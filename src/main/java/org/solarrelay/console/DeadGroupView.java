package org.solarrelay.console;

import org.solarrelay.delivery.queue.DeadLetterGroups;

/** A group of dead letters with the runbook's advice. */
public record DeadGroupView(DeadLetterGroups.Group group) {

  /** Where it failed, such as {@code deliver: enerflo}. */
  public String place() {
    String of = group.destination() + group.source();
    return of.isEmpty() ? group.stage() : group.stage() + ": " + of;
  }

  public String advice() {
    return DeadLetterAdvice.of(group.reason());
  }

  public String fingerprint() {
    return group.fingerprint();
  }

  /** Such as {@code 40 deliveries}. */
  public String counted(long count) {
    return group.isOfDeliveries()
        ? Counts.of(count, "delivery", "deliveries")
        : Counts.of(count, "message", "messages");
  }
}
