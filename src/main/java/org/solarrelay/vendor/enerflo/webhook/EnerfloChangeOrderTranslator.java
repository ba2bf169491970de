package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Project;
import org.solarrelay.event.Project.Equipment;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.WebhookEventBuilder;

/**
 * Translates Enerflo 1.0's {@code signed_change_order} into {@code change-order.signed}. The
 * webhook's {@code id} is the install's id and becomes the event's subject. Source: Enerflo's pages
 * Signed Change Order Example and Change Order Array.
 */
@Singleton
@Named("enerfloChangeOrderTranslator")
public class EnerfloChangeOrderTranslator {

  private record Signed(
      String changeOrderId,
      String signedAt,
      Equipment panels,
      JsonNode battery,
      List<JsonNode> adders,
      String documentUrl,
      JsonNode changes,
      Project.Customer customer,
      Map<String, String> ids,
      ObjectNode install) {}

  /**
   * Translates the change order that was signed last. The webhook also holds earlier orders.
   *
   * @return the event; ignored if no order in the webhook is signed
   * @throws InvalidMessageException if the webhook has no install, or the signed order has no id
   */
  public Translation signed(Webhook webhook) {
    EnerfloWebhookInstall install = EnerfloWebhookInstall.of(webhook);
    String id = install.id();
    EnerfloWebhookChangeOrder order =
        EnerfloWebhookChangeOrder.lastSigned(install.root()).orElse(null);
    if (order == null) {
      return Translation.ignored("install " + id + " has no signed change order");
    }
    if (order.id() == null) {
      throw new InvalidMessageException("Enerflo's webhook has a signed change order without id");
    }
    String signedAt = order.signedAt().toString();
    boolean hasInstall = install.root().in("install").isObject();
    JsonNode changes = order.fields().in("change_values").node();
    Equipment battery = EnerfloChangedEquipment.of(changes, EnerfloItemName.BATTERIES);
    Signed data =
        new Signed(
            order.id(),
            signedAt,
            EnerfloChangedEquipment.of(changes, EnerfloItemName.PANELS),
            battery == null ? null : EventData.write(battery),
            EnerfloChangedAdders.of(changes),
            order.fields().text("pdf_url"),
            changes.isEmpty() ? null : changes,
            install.projectCustomer(),
            install.ids(id),
            hasInstall ? install.wholeInstall() : null);
    ContentKey key =
        ContentKey.of(
            ContentHash.of(order.fields().node()),
            "enerflo",
            EventType.CHANGE_ORDER_SIGNED.id(),
            id,
            order.id());
    return Translation.of(
        new WebhookEventBuilder(webhook, "enerflo", EventType.CHANGE_ORDER_SIGNED)
            .contentKey(key)
            .subject(id)
            .build(data));
  }
}
