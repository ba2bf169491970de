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
import org.solarrelay.dryrun.TopicIndex;
import org.solarrelay.event.EventType;
import org.solarrelay.startup.RouteFolder;
import org.solarrelay.startup.StartupSettings;

/** The topics that a relay reads: those of events, and those that route files begin at. */
final class KnownTopics {

  private static final String SCHEME = "topic://";

  private final StartupSettings settings;
  private final RelayOptions relay;

  KnownTopics(StartupSettings settings, RelayOptions relay) {
    this.settings = settings;
    this.relay = relay;
  }

  /** Whether it is one of the relay's own topics of events. */
  static boolean carriesEvents(String topic) {
    return ofEvents().anyMatch(topic::equals);
  }

  /**
   * Passes where a relay reads the topic.
   *
   * @throws CommandException naming the topics that there are
   */
  void require(String topic) {
    Set<String> known = new LinkedHashSet<>(ofEvents().toList());
    if (!known.contains(topic)) {
      known.addAll(ofFolder());
    }
    if (!known.contains(topic)) {
      known.addAll(ofRunningRelay());
    }
    if (!known.contains(topic)) {
      throw CommandException.unusable(
          ("Nothing reads %s. The topics are %s. A route file that begins at topic:%1$s reads it.")
              .formatted(topic, String.join(", ", known)));
    }
  }

  private static Stream<String> ofEvents() {
    return Arrays.stream(EventType.values()).map(EventType::topic).distinct();
  }

  private Set<String> ofFolder() {
    Path routes = RouteFolder.named(settings);
    try {
      return Files.isDirectory(routes) ? TopicIndex.of(routes) : Set.of();
    } catch (IOException e) {
      // lint reports what is wrong with the files
      return Set.of();
    }
  }

  private Set<String> ofRunningRelay() {
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
      // a relay is not needed to send to Kafka
    }
    return topics;
  }
}
