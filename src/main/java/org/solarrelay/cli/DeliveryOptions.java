package org.solarrelay.cli;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options that choose among deliveries; some of them choose among dead messages as well. */
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

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "the event's type, such as lead.submitted")
  private String type;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "those whose reason contains this text, in upper or lower case")
  private String reason;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "the HTTP status of the last attempt, such as 422")
  private Integer status;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = SinceConverter.HELP)
  private OffsetDateTime since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = SinceConverter.HELP_UNTIL)
  private OffsetDateTime until;

  boolean given() {
    return !query().values().stream().allMatch(Objects::isNull);
  }

  /** The parameters of the API; null is left out. */
  Map<String, Object> query() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("state", state);
    query.put("destination", destination);
    query.put("subject", subject);
    query.put("type", type);
    query.put("status", status);
    query.putAll(shared());
    return query;
  }

  /** Parameters that deliveries and dead messages have in common; null is left out. */
  Map<String, Object> shared() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("reason", reason);
    query.put("since", since);
    query.put("until", until);
    return query;
  }

  /** Parameters in words, to stand behind what they choose. */
  static String words(Map<String, Object> query) {
    return query.entrySet().stream()
        .filter(criterion -> criterion.getValue() != null)
        .map(criterion -> ", %s %s".formatted(criterion.getKey(), word(criterion.getValue())))
        .collect(Collectors.joining());
  }

  private static String word(Object value) {
    String text = value.toString();
    return text.contains(" ") ? '"' + text + '"' : text;
  }
}
