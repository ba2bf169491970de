package org.solarrelay.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows a message until all that becomes of it has an end. */
final class OutcomePoller {

  private static final Duration PAUSE = Duration.ofMillis(200);

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
   * @param id a receipt or an event id
   * @param position of the message on its topic, by which it is known where it became no event;
   *     else the id once more
   * @return how it stands at the end, or when the time is up; empty where nothing is known of it
   */
  Optional<EventHistory> follow(String id, String position, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    Map<String, Object> before = Map.of();
    try {
      while (true) {
        Optional<EventHistory> story =
            api.poll(path(id))
                .or(() -> position.equals(id) ? Optional.empty() : api.poll(path(position)))
                .map(EventHistory::new);
        Map<String, Object> now = story.map(EventHistory::progress).orElse(Map.of());
        // a webhook may become several events, which do not appear at once
        boolean settled = story.isPresent() && story.get().over() && now.equals(before);
        if (settled || System.nanoTime() > end) {
          return story;
        }
        progress.show("waiting for " + story.map(OutcomePoller::missing).orElse("the translation"));
        before = now;
        pause();
      }
    } finally {
      progress.end();
    }
  }

  private static String missing(EventHistory story) {
    List<String> destinations =
        story
            .deliveries()
            .filter(delivery -> !EventHistory.ended(delivery))
            .map(delivery -> delivery.path("destination").asText())
            .distinct()
            .toList();
    return destinations.isEmpty() ? "anything more" : String.join(", ", destinations);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unusable("Interrupted");
    }
  }
}
