package org.solarrelay.cli;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options that filter deliveries; some of them also filter dead messages. */
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

  @Option(names = "--subject", paramLabel = "ID", description = "the record's id in its source")
  private String subject;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "the event's type, such as lead.submitted")
  private String type;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "a text within the reason, in upper or lower case")
  private String reason;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "the HTTP status of the last attempt, such as 422")
  private Integer status;

  @Option(
      names = "--fingerprint",
      paramLabel = "GROUP",
      description = "of a group of dead letters, as ./relay dead lists it")
  private String fingerprint;

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

  boolean isSet() {
    return !query().values().stream().allMatch(Objects::isNull);
  }

  /** The query parameters of the API; null values are not sent. */
  Map<String, Object> query() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("state", state);
    query.put("destination", destination);
    query.put("subject", subject);
    query.put("type", type);
    query.put("status", status);
    query.putAll(commonQuery());
    return query;
  }

  /** The query parameters that deliveries and dead messages share; null values are not sent. */
  Map<String, Object> commonQuery() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("reason", reason);
    query.put("fingerprint", fingerprint);
    query.put("since", since);
    query.put("until", until);
    return query;
  }

  /** The parameters as text, such as {@code , state dead}. */
  static String describe(Map<String, Object> query) {
    return query.entrySet().stream()
        .filter(criterion -> criterion.getValue() != null)
        .map(criterion -> ", %s %s".formatted(criterion.getKey(), quoted(criterion.getValue())))
        .collect(Collectors.joining());
  }

  private static String quoted(Object value) {
    String text = value.toString();
    return text.contains(" ") ? '"' + text + '"' : text;
  }
}
