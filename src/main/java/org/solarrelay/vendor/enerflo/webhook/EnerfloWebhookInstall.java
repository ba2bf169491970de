package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Project;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.normal.IdNormalizer;
import org.solarrelay.identity.IdType;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.enerflo.EnerfloPostalAddress;

/**
 * The install in a 1.0 webhook: its fields are at the root (Enerflo, Update Install Example), or in
 * {@code install} beside the change (Enerflo, Signed Change Order Example).
 *
 * @param root the webhook's fields
 */
record EnerfloWebhookInstall(JsonFields root) {

  static EnerfloWebhookInstall of(Webhook webhook) {
    JsonFields body = new JsonFields(webhook.body());
    return new EnerfloWebhookInstall(body.in("payload").isObject() ? body.in("payload") : body);
  }

  /**
   * The install's id in a field that names the install or project; null where there is none. The
   * plain {@code id} of some webhooks is that of a note or milestone.
   */
  String namedId() {
    String project = root.text("project_id");
    return first(
        root.text("install_id", "epc_install_id", "installId"),
        root.in("install").text("id"),
        project != null && project.matches("\\d+") ? project : null,
        root.in("project").text("id"));
  }

  /**
   * The install's id.
   *
   * @throws InvalidMessageException if the webhook has none
   */
  String id() {
    return requireId(first(root.text("id"), namedId()));
  }

  /**
   * Returns the id.
   *
   * @throws InvalidMessageException if it is no id
   */
  static String requireId(String id) {
    if (IdNormalizer.isNoId(id)) {
      throw new InvalidMessageException(
          "Enerflo's webhook names no install: neither id nor install_id, epc_install_id,"
              + " install.id or project_id");
    }
    return id;
  }

  /** The install's fields. */
  JsonFields fields() {
    return root.in("install").isObject() ? root.in("install") : root;
  }

  JsonFields customer() {
    return root.in("customer").isObject() ? root.in("customer") : fields().in("customer");
  }

  /** All ids of the project in the webhook, by their names in events. */
  Map<String, String> ids(String installId) {
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put(EnerfloIds.INSTALL, installId);
    Stream.of(
            first(
                root.text("deal_id", "v2_deal_id", "enerflo_deal_id"), root.in("deal").text("id")),
            fields().text("deal_id", "v2_deal_id", "enerflo_deal_id"))
        .filter(IdType::isUuid)
        .forEach(id -> ids.putIfAbsent(EnerfloIds.DEAL, id));
    Stream.of(root.text("customer_id"), fields().text("customer_id"), customer().text("id"))
        .filter(id -> id != null)
        .forEach(id -> ids.putIfAbsent(EnerfloIds.customerName(id), id));
    String key = EnerfloRecordKey.of(customer());
    if (key != null) {
      ids.put(EnerfloIds.RECORD_ID, key);
    }
    return ids;
  }

  /**
   * The whole install, unchanged. Null if the webhook has no customer, because it then holds only a
   * part of the install; the relay enriches the event before its delivery.
   */
  ObjectNode wholeInstall() {
    boolean partial =
        fields().text("customer_id") == null && fields().in("customer").node().isEmpty();
    return partial ? null : ((ObjectNode) fields().node()).deepCopy().without("webhook_event");
  }

  /** The project's customer; null where the webhook has none. */
  Project.Customer projectCustomer() {
    return EnerfloWebhookCustomer.ofProject(customer());
  }

  /** The install's own address, else its customer's; null where there is none. */
  Lead.Address address() {
    Lead.Address own = EnerfloPostalAddress.of(fields());
    return own != null ? own : EnerfloPostalAddress.of(customer());
  }

  /** The time of the install's last change, as a text of Enerflo; null where there is none. */
  String updatedAt() {
    return first(
        root.text("updated_at"),
        root.in("timestamps").text("updated_at"),
        fields().text("updated_at"));
  }

  /** The first text that is not null; null where all are. */
  static String first(String... texts) {
    return Stream.of(texts).filter(text -> text != null).findFirst().orElse(null);
  }
}
