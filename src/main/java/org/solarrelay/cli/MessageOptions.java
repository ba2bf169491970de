package org.solarrelay.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that filter dead messages, which became no event. */
final class MessageOptions {

  @Option(
      names = "--messages",
      description =
          "dead messages instead of deliveries: webhooks that could not be translated, and events that could not"
              + " be fanned out")
  private boolean messages;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description =
          "of dead messages: the stage that failed, translate, fan-out or the id of a route")
  private String stage;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "of dead messages: the source of the webhook; for fan-out, the topic")
  private String source;

  boolean isSet() {
    return messages || stage != null || source != null;
  }

  /** The query parameters of the API; null values are not sent. */
  Map<String, Object> query(DeliveryOptions filter) {
    Map<String, Object> deliveryQuery = filter.query();
    Map<String, Object> shared = filter.commonQuery();
    deliveryQuery.keySet().removeAll(shared.keySet());
    if (deliveryQuery.values().stream().anyMatch(value -> value != null)) {
      throw CommandException.cannotRun(
          "--state, --destination, --subject, --type and --status filter deliveries, not dead messages");
    }
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("stage", stage);
    query.put("source", source);
    query.putAll(shared);
    return query;
  }
}
