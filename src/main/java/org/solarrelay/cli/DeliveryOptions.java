package org.solarrelay.cli;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options that choose among deliveries. */
final class DeliveryOptions {

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "pending, running, held, delivered, skipped or dead")
  private String state;

  @Option(
      names = "--destination",
      paramLabel = "NAME",
      description = "enerflo, solarproof, flip, crm or one of your own")
  private String destination;

  @Option(
      names = "--subject",
      paramLabel = "ID",
      description = "the record they are about, as its source calls it")
  private String subject;

  @Option(names = "--since", paramLabel = "TIME", converter = Since.class, description = Since.HELP)
  private OffsetDateTime since;

  boolean given() {
    return !query().values().stream().allMatch(Objects::isNull);
  }

  /** The parameters of the API; null is left out. */
  Map<String, Object> query() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("state", state);
    query.put("destination", destination);
    query.put("subject", subject);
    query.put("since", since);
    return query;
  }

  /** Parameters in words, to stand behind what they choose. */
  static String words(Map<String, Object> query) {
    return query.entrySet().stream()
        .filter(criterion -> criterion.getValue() != null)
        .map(criterion -> ", %s %s".formatted(criterion.getKey(), criterion.getValue()))
        .collect(Collectors.joining());
  }
}
