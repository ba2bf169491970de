package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.solarrelay.event.JsonFields;

/**
 * A change order of an install (Enerflo, Change Order Array).
 *
 * @param fields Enerflo's fields of the order
 */
record EnerfloWebhookChangeOrder(JsonFields fields, OffsetDateTime signedAt) {

  /** Parts of statuses that a signed order cannot have; Enerflo does not document the statuses. */
  private static final List<String> NOT_IN_FORCE =
      List.of(
          "void", "cancel", "declin", "reject", "delet", "draft", "pending", "expire", "supersed");

  /**
   * The order that was signed last. The webhook holds all orders of its install, also open orders
   * and orders that were signed earlier.
   */
  static Optional<EnerfloWebhookChangeOrder> lastSigned(JsonFields root) {
    Stream<JsonNode> orders =
        Stream.of(root.in("change_orders"), root.in("changeOrders"))
            .flatMap(list -> StreamSupport.stream(list.node().spliterator(), false));
    return Stream.concat(orders, Stream.of(root.in("change_order").node()))
        .map(EnerfloWebhookChangeOrder::signed)
        .filter(Objects::nonNull)
        .max(
            Comparator.comparing(EnerfloWebhookChangeOrder::signedAt)
                .thenComparing(order -> order.number()));
  }

  String id() {
    return fields.text("id", "change_order_id");
  }

  private long number() {
    String id = id();
    return id != null && id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
  }

  private static EnerfloWebhookChangeOrder signed(JsonNode order) {
    JsonFields fields = new JsonFields(order);
    OffsetDateTime signedAt = EnerfloWebhookTime.time(fields.text("signed_at", "signedAt"));
    String status = fields.text("status");
    String word = status == null ? "" : status.toLowerCase(Locale.ROOT);
    boolean inForce =
        fields.text("deleted_at") == null && NOT_IN_FORCE.stream().noneMatch(word::contains);
    return signedAt != null && inForce ? new EnerfloWebhookChangeOrder(fields, signedAt) : null;
  }
}
