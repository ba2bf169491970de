package org.solarrelay.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Polls the history of a message until all of its deliveries have ended. */
final class OutcomePoller {

  private final RelayApi api;
  private final ProgressLine progress;

  OutcomePoller(RelayApi api, ProgressLine progress) {
    this.api = api;
    this.progress = progress;
  }

  static String path(String id) {
    return "/api/events/" + RelayUrls.segment(id);
  }

  /**
   * @param id the event's id, or the message id
   * @param messageId the receipt or the record position, by which the relay also knows a message
   *     that becomes no event
   * @return the latest history, when finished or after the time-out; empty if the id is unknown
   */
  Optional<EventHistory> awaitFinished(String id, String messageId, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    Map<String, Object> before = Map.of();
    try {
      while (true) {
        Optional<EventHistory> history =
            api.poll(path(id))
                .or(() -> messageId.equals(id) ? Optional.empty() : api.poll(path(messageId)))
                .map(EventHistory::new);
        Map<String, Object> now = history.map(EventHistory::progress).orElse(Map.of());
        // a webhook may become several events, which do not appear at once
        boolean finished = history.isPresent() && history.get().isFinished() && now.equals(before);
        if (finished || System.nanoTime() > end) {
          return history;
        }
        progress.show(
            "waiting for "
                + history.map(OutcomePoller::unfinishedDestinations).orElse("the translation"));
        before = now;
        PollInterval.await();
      }
    } finally {
      progress.end();
    }
  }

  private static String unfinishedDestinations(EventHistory history) {
    List<String> destinations =
        history
            .deliveries()
            .filter(delivery -> !EventHistory.isEnded(delivery))
            .map(delivery -> delivery.path("destination").asText())
            .distinct()
            .toList();
    return destinations.isEmpty() ? "anything more" : String.join(", ", destinations);
  }
}
