package org.solarrelay.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that choose among messages that became no event. */
final class MessageOptions {

  @Option(
      names = "--messages",
      description =
          "not deliveries but dead messages: webhooks that could not be translated, and what could not be"
              + " fanned out")
  private boolean messages;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "of messages: where they failed, translate, fan-out or the id of a route")
  private String stage;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "of messages: whose webhook; of what failed in fan-out, the topic")
  private String source;

  boolean given() {
    return messages || stage != null || source != null;
  }

  /** The parameters of the API; null is left out. */
  Map<String, Object> query(DeliveryOptions filter) {
    Map<String, Object> ofDeliveries = filter.query();
    Map<String, Object> shared = filter.shared();
    ofDeliveries.keySet().removeAll(shared.keySet());
    if (ofDeliveries.values().stream().anyMatch(value -> value != null)) {
      throw CommandException.unusable(
          "--state, --destination, --subject, --type and --status choose deliveries, not messages");
    }
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("stage", stage);
    query.put("source", source);
    query.putAll(shared);
    return query;
  }
}
