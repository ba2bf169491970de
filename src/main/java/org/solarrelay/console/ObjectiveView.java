package org.solarrelay.console;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.solarrelay.delivery.queue.DestinationHistory.DestinationBudget;
import org.solarrelay.delivery.queue.DestinationHistory.ErrorBudget;

/**
 * What is left of the error budget of the latency objective.
 *
 * @param name of the destination; {@code all destinations} for their sum
 * @param since the first minute that is known
 */
public record ObjectiveView(String name, ErrorBudget budget, Optional<OffsetDateTime> since) {

  private static final double LITTLE = 0.25;

  static ObjectiveView of(DestinationBudget one) {
    return new ObjectiveView(one.destination(), one.budget(), Optional.of(one.since()));
  }

  static ObjectiveView ofAll(List<DestinationBudget> budgets) {
    return new ObjectiveView(
        "all destinations",
        budgets.stream().map(DestinationBudget::budget).reduce(ErrorBudget.NONE, ErrorBudget::plus),
        budgets.stream().map(DestinationBudget::since).min(OffsetDateTime::compareTo));
  }

  /** Such as {@code 87 %}, rounded down; below 0 the objective is missed. */
  public String left() {
    return budget
        .left()
        .map(share -> "%d %%".formatted((long) Math.floor(share * 100)))
        .orElse("unknown");
  }

  /** The class of the state's style. */
  public String style() {
    return budget
        .left()
        .map(share -> share <= 0 ? "bad" : share < LITTLE ? "warn" : "good")
        .orElse("off");
  }

  /** When the first known minute began; null without one. */
  public OffsetDateTime begin() {
    return since.orElse(null);
  }
}
