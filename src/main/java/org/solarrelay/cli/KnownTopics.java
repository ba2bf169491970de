package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.solarrelay.dryrun.RouteTopics;
import org.solarrelay.event.EventType;
import org.solarrelay.startup.RouteFolder;
import org.solarrelay.startup.StartupSettings;

/** Knows the topics that a relay reads: those of events, and those at which route files begin. */
final class KnownTopics {

  private static final String SCHEME = "topic://";

  private final StartupSettings settings;
  private final RelayOptions relay;

  KnownTopics(StartupSettings settings, RelayOptions relay) {
    this.settings = settings;
    this.relay = relay;
  }

  /** Whether the topic is one of the relay's topics of events. */
  static boolean carriesEvents(String topic) {
    return eventTopics().anyMatch(topic::equals);
  }

  /**
   * Requires that a relay reads the topic.
   *
   * @throws CommandException if not; the message lists the topics
   */
  void require(String topic) {
    Set<String> known = new LinkedHashSet<>(eventTopics().toList());
    if (!known.contains(topic)) {
      known.addAll(topicsOfFolder());
    }
    if (!known.contains(topic)) {
      known.addAll(topicsOfRunningRelay());
    }
    if (!known.contains(topic)) {
      throw CommandException.cannotRun(
          ("Nothing reads %s. The topics are %s. A route file that begins at topic:%1$s reads it.")
              .formatted(topic, String.join(", ", known)));
    }
  }

  private static Stream<String> eventTopics() {
    return Arrays.stream(EventType.values()).map(EventType::topic).distinct();
  }

  private Set<String> topicsOfFolder() {
    Path routes = RouteFolder.named(settings);
    try {
      return Files.isDirectory(routes) ? RouteTopics.of(routes) : Set.of();
    } catch (IOException e) {
      // lint reports the problem
      return Set.of();
    }
  }

  private Set<String> topicsOfRunningRelay() {
    Set<String> topics = new TreeSet<>();
    try {
      for (JsonNode route : relay.api().get("/api/routes").path("routes")) {
        String from = route.path("from").asText();
        String id = route.path("id").asText();
        if (from.startsWith(SCHEME) && !id.startsWith("read-")) {
          topics.addAll(Arrays.asList(from.substring(SCHEME.length()).split(",")));
        }
      }
    } catch (CommandException e) {
      // Kafka alone is enough to send a message
    }
    return topics;
  }
}
