package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import org.solarrelay.event.JsonFields;

/**
 * Reads the {@code integration_record_id}, the key with which another system added a lead to
 * Enerflo (Enerflo, Leads API). Webhooks hold the key in several places (Enerflo, Integrations
 * Object).
 */
final class EnerfloRecordKey {

  private EnerfloRecordKey() {}

  /**
   * The key; null where there is none. The relay's own key comes first: the Leads API stores it
   * under "Partner".
   */
  static String of(JsonFields customer) {
    JsonFields integrations = customer.in("integrations");
    String key = customer.text("integration_record_id");
    key = key != null ? key : anyRecordId(integrations.in("Partner").node());
    for (JsonNode partner : integrations.node()) {
      key = key != null ? key : anyRecordId(partner);
    }
    for (JsonNode map : customer.in("integration_maps").node()) {
      key = key != null ? key : new JsonFields(map).text("external_id");
    }
    return key != null ? key : customer.text("external_id", "externalId");
  }

  private static String anyRecordId(JsonNode recordTypes) {
    String key = null;
    for (JsonNode recordType : recordTypes) {
      key = key != null ? key : new JsonFields(recordType).text("integration_record_id");
    }
    return key;
  }
}
