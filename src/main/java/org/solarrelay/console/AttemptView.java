package org.solarrelay.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.solarrelay.delivery.queue.DeliveryQueries.AttemptRequest;
import org.solarrelay.delivery.queue.DeliveryQueries.DeliveryEntry;
import org.solarrelay.delivery.queue.DeliveryQueries.Failure;

/**
 * An attempt of a delivery, as its story shows it.
 *
 * @param at when the attempt ended; of one in flight, when it began
 * @param later the time since the previous attempt in words, such as {@code 2 h 0 min}; empty where
 *     it is short
 * @param duration in words; empty where it is unknown
 * @param calls in their order
 * @param request what to show where there are no calls: {@code unknown}, {@code none} or {@code
 *     left out}
 * @param status the HTTP status; empty without a response
 * @param result the result of the attempt, such as {@code failed} or {@code delivered}
 * @param reason empty without one
 * @param response as far as it is stored; empty without one
 */
public record AttemptView(
    int number,
    OffsetDateTime at,
    String later,
    String duration,
    List<CallView> calls,
    String request,
    String status,
    String result,
    String reason,
    String response) {

  /** A shorter time between two attempts is not shown. */
  private static final Duration SHORT = Duration.ofMinutes(1);

  /**
   * The attempts of a delivery, the last ones.
   *
   * @param full whether to show personal data
   */
  static List<AttemptView> of(DeliveryEntry delivery, boolean full) {
    Map<Integer, AttemptRequest> requests =
        delivery.requests().stream()
            .collect(Collectors.toMap(AttemptRequest::attempt, one -> one, (one, same) -> one));
    Map<Integer, Failure> failures =
        delivery.failures().stream().collect(Collectors.toMap(Failure::attempt, one -> one));
    TreeMap<Integer, OffsetDateTime> ends = new TreeMap<>();
    failures.forEach((number, failure) -> ends.put(number, failure.at()));
    // requests of attempts before the first failure that is shown are left out with their attempts
    int first = failures.isEmpty() ? 1 : ends.firstKey();
    requests.forEach(
        (number, request) -> {
          if (number >= first) {
            ends.putIfAbsent(number, request.at());
          }
        });
    if (delivery.attempts() > 0 && delivery.lastAttemptAt() != null) {
      ends.putIfAbsent(delivery.attempts(), delivery.lastAttemptAt());
    }
    List<AttemptView> attempts = new ArrayList<>();
    OffsetDateTime before = null;
    for (Map.Entry<Integer, OffsetDateTime> end : ends.entrySet()) {
      int number = end.getKey();
      Builder attempt = new Builder(number, end.getValue(), full);
      attempt.later(before);
      attempt.request(requests.get(number));
      attempt.result(delivery, failures.get(number));
      attempts.add(attempt.build());
      before = end.getValue();
    }
    return attempts;
  }

  private static final class Builder {
    private final int number;
    private final OffsetDateTime at;
    private final boolean full;
    private final UnaryOperator<String> shown;
    private String later = "";
    private String duration = "";
    private List<CallView> calls = List.of();
    private String request = "unknown";
    private String status = "";
    private String result = "";
    private String reason = "";
    private String response = "";

    Builder(int number, OffsetDateTime at, boolean full) {
      this.number = number;
      this.at = at;
      this.full = full;
      this.shown = full ? text -> text : PersonalDataMask::masked;
    }

    /**
     * @param before when the previous attempt ended; null for the first one
     */
    void later(OffsetDateTime before) {
      Duration idle = before == null ? Duration.ZERO : Duration.between(before, at);
      later = idle.compareTo(SHORT) < 0 ? "" : ConsoleTimes.words(idle);
    }

    /**
     * @param stored null where nothing is stored of the attempt
     */
    void request(AttemptRequest stored) {
      if (stored == null) {
        return;
      }
      duration = ConsoleTimes.milliseconds(stored.durationMs());
      JsonNode json = stored.calls();
      if (json == null) {
        request = stored.truncated() ? "left out: the story is long" : "unknown";
        return;
      }
      List<CallView> views = new ArrayList<>();
      json.forEach(call -> views.add(CallView.of(call, full)));
      calls = views;
      request = "none";
    }

    /**
     * @param failure null where the attempt did not fail
     */
    void result(DeliveryEntry delivery, Failure failure) {
      if (failure != null) {
        result = "failed";
        status = Objects.toString(failure.status(), "");
        reason = shown.apply(Objects.toString(failure.reason(), ""));
        response = shown.apply(Objects.toString(failure.answer(), ""));
        return;
      }
      boolean last = number == delivery.attempts();
      result = last ? lastResult(delivery) : "did not fail";
      if (last && delivery.state().isFinished()) {
        status = Objects.toString(delivery.status(), "");
        reason = shown.apply(Objects.toString(delivery.reason(), ""));
        response = shown.apply(Objects.toString(delivery.answer(), ""));
      }
    }

    private static String lastResult(DeliveryEntry delivery) {
      return switch (delivery.state()) {
        case RUNNING -> "in flight";
        case PENDING -> "unknown";
        case HELD, DELIVERED, SKIPPED, DEAD -> delivery.state().text();
      };
    }

    AttemptView build() {
      return new AttemptView(
          number, at, later, duration, calls, request, status, result, reason, response);
    }
  }
}
