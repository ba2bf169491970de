package org.solarrelay.routes.lint;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.solarrelay.event.EventType;

/** The names of topics in route files. */
final class TopicNames {

  static final String INBOX = "solar.inbox";

  /** The endpoint {@code topic:events}: each event goes to the topic of its type. */
  static final String BY_TYPE = "events";

  private TopicNames() {}

  /** The topics that the program itself reads or writes. */
  static Set<String> ofProgram() {
    Set<String> topics = new TreeSet<>(List.of(INBOX, "solar.outcomes", "solar.dead-letters"));
    Arrays.stream(EventType.values()).map(EventType::topic).forEach(topics::add);
    return topics;
  }

  /**
   * The known name that a misspelt name resembles. Names that differ only in digits are different
   * topics.
   *
   * @param maxDistance how many letters may differ at most
   */
  static Optional<String> suggestion(String name, Collection<String> known, int maxDistance) {
    return SpellingSuggestion.of(name, known, maxDistance)
        .filter(it -> !withoutDigits(it).equals(withoutDigits(name)));
  }

  private static String withoutDigits(String name) {
    return name.replaceAll("\\d", "");
  }
}
