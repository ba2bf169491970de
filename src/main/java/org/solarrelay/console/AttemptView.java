package org.solarrelay.console;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.solarrelay.delivery.queue.DeliveryQueries.DeliveryEntry;
import org.solarrelay.delivery.queue.DeliveryQueries.Failure;

/**
 * An attempt of a delivery, for its story. The request and the duration of an attempt are not
 * stored.
 *
 * @param at when it ended, of the last one when it began
 * @param status the HTTP status; empty without a response
 * @param result what became of it, such as {@code failed} or {@code delivered}
 * @param reason empty without one
 * @param response as far as it is stored; empty without one
 */
public record AttemptView(
    int number, OffsetDateTime at, String status, String result, String reason, String response) {

  static List<AttemptView> of(DeliveryEntry delivery, UnaryOperator<String> shown) {
    List<AttemptView> attempts = new ArrayList<>();
    for (Failure failure : delivery.failures()) {
      attempts.add(
          new AttemptView(
              failure.attempt(),
              failure.at(),
              Objects.toString(failure.status(), ""),
              "failed",
              shown.apply(Objects.toString(failure.reason(), "")),
              shown.apply(Objects.toString(failure.answer(), ""))));
    }
    int recorded = attempts.isEmpty() ? 0 : attempts.get(attempts.size() - 1).number();
    if (delivery.attempts() > recorded && delivery.lastAttemptAt() != null) {
      attempts.add(last(delivery, shown));
    }
    return attempts;
  }

  /** The last attempt, which has not failed. */
  private static AttemptView last(DeliveryEntry delivery, UnaryOperator<String> shown) {
    String result =
        switch (delivery.state()) {
          case RUNNING -> "in flight";
          case PENDING -> "unknown";
          case HELD, DELIVERED, SKIPPED, DEAD -> delivery.state().text();
        };
    boolean ended = delivery.state().isFinished();
    return new AttemptView(
        delivery.attempts(),
        delivery.lastAttemptAt(),
        ended ? Objects.toString(delivery.status(), "") : "",
        result,
        ended ? shown.apply(Objects.toString(delivery.reason(), "")) : "",
        ended ? shown.apply(Objects.toString(delivery.answer(), "")) : "");
  }
}
