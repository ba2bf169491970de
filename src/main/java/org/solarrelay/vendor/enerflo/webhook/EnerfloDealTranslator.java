package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Project;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.WebhookEventBuilder;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.enerflo.EnerfloPostalAddress;

/**
 * Translates Enerflo 2.0's {@code deal.projectSubmitted} and {@code deal.projectReceived} into
 * {@code project.submitted} (Enerflo, How to Integrate Enerflo with my CRM, stage 2). The deal's
 * UUID becomes the event's subject. The install is still unknown; the event is enriched before its
 * delivery.
 */
@Singleton
@Named("enerfloDealTranslator")
public class EnerfloDealTranslator {

  /** Fields about the receiver of the webhook, which differ between submitted and received. */
  private static final List<String> ENVELOPE = List.of("targetOrg", "initiatedBy");

  private record Submitted(
      Project.Customer customer,
      Lead.Address address,
      BigDecimal systemSizeWatts,
      Map<String, String> ids,
      ObjectNode deal) {}

  /**
   * Translates both webhooks into the same kind of event. The second webhook is a duplicate if its
   * content is equal, apart from the signatures of file URLs. A deal that is submitted again with
   * other content is a new event.
   *
   * @return the event; ignored for a projectSubmitted with the deal's id only. A projectReceived
   *     with the id only is an event, because only its id is documented
   * @throws InvalidMessageException if the payload has no deal.id
   */
  public Translation submitted(Webhook webhook) {
    JsonFields body = new JsonFields(webhook.body());
    JsonFields payload = body.in("payload");
    String id = payload.in("deal").text("id");
    if (id == null) {
      throw new InvalidMessageException("Enerflo's webhook has no payload.deal.id");
    }
    if ("deal.projectSubmitted".equals(body.text("event")) && isEmpty(payload)) {
      return Translation.ignored(
          "deal " + id + " has no customer, proposal or design: an empty duplicate");
    }
    ObjectNode deal = ((ObjectNode) payload.node()).deepCopy().without(ENVELOPE);
    ContentKey key =
        ContentKey.of(ContentHash.of(deal), "enerflo", EventType.PROJECT_SUBMITTED.id(), id);
    return Translation.of(
        new WebhookEventBuilder(webhook, "enerflo", EventType.PROJECT_SUBMITTED)
            .contentKey(key)
            .subject(id)
            .build(
                new Submitted(
                    EnerfloWebhookCustomer.ofProject(payload.in("customer")),
                    address(payload),
                    watts(payload.in("design").text("totalSystemSizeWatts")),
                    ids(id, payload),
                    deal)));
  }

  private static boolean isEmpty(JsonFields payload) {
    return Stream.of("customer", "proposal", "design")
        .allMatch(part -> EnerfloEmptyWebhook.isEmpty(payload.in(part).node()));
  }

  private static Lead.Address address(JsonFields payload) {
    JsonFields priced = payload.in("proposal").in("pricingOutputs").in("deal");
    Lead.Address ofProject = EnerfloPostalAddress.ofParts(priced.in("projectAddress"));
    return ofProject != null ? ofProject : EnerfloPostalAddress.of(payload.in("customer"));
  }

  private static BigDecimal watts(String text) {
    BigDecimal watts = EnerfloNumber.of(text);
    return watts != null && watts.signum() > 0 ? watts : null;
  }

  private static Map<String, String> ids(String deal, JsonFields payload) {
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put(EnerfloIds.DEAL, deal);
    JsonFields customer = payload.in("customer");
    String id = customer.text("id");
    id = id != null ? id : payload.in("deal").in("customer").text("id");
    if (id != null) {
      ids.put(EnerfloIds.customerName(id), id);
    }
    String key = EnerfloRecordKey.of(customer);
    if (key != null) {
      ids.put(EnerfloIds.RECORD_ID, key);
    }
    return ids;
  }
}
