package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonResponse;
import org.solarrelay.event.EventTime;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.event.normal.DateNormalizer;
import org.solarrelay.event.normal.DateOrder;
import org.solarrelay.event.normal.IdNormalizer;
import org.solarrelay.vendor.reconcile.LeadParts;
import org.solarrelay.vendor.reconcile.LeadParts.StatusRule;
import org.solarrelay.vendor.reconcile.ListedPage;
import org.solarrelay.vendor.reconcile.ListedRecord;
import org.solarrelay.vendor.reconcile.ListedRecord.Times;
import org.solarrelay.vendor.reconcile.ReconciledLists;

/** Reads pages of Solar Proof's getallcustomers for reconciliation. */
@Singleton
@Named("solarProofLists")
public class SolarProofLists implements ReconciledLists {

  private static final Logger LOG = Logger.getLogger(SolarProofLists.class);

  private static final String CUSTOMERS = "customers";

  /** Solar Proof gives new customers one of these. */
  private static final Set<String> INITIAL_STATUSES = Set.of("No Status", "New Contacts");

  @Override
  public String vendor() {
    return "solarproof";
  }

  @Override
  public List<ListKind> lists() {
    return List.of(new ListKind(CUSTOMERS, true));
  }

  /**
   * Reads a page. A page that is not full is the last one, because Solar Proof sends no total.
   *
   * @throws CredentialsRejectedException if Solar Proof rejects the key
   * @throws PermanentFailureException if Solar Proof reports a failure
   * @throws IOException if the body is not a response of Solar Proof
   */
  public ListedPage customers(byte[] body) throws IOException {
    JsonNode page = JsonResponse.json("Solar Proof", body);
    if (!page.isArray()) {
      throw SolarProofOutcomes.failure(page);
    }
    List<ListedRecord> records = new ArrayList<>();
    for (JsonNode customer : page) {
      record(new JsonFields(customer)).ifPresent(records::add);
    }
    return ListedPage.withoutTotal(records, page.size(), SolarProofCustomerPages.PAGE_SIZE);
  }

  private Optional<ListedRecord> record(JsonFields customer) {
    String id = SolarProofWebhookCustomer.id(customer);
    if (IdNormalizer.isNoId(id)) {
      return Optional.empty();
    }
    try {
      Lead lead = SolarProofWebhookCustomer.toLead(customer);
      StatusRule rule =
          new StatusRule(
              EventType.LEAD_STATUS_CHANGED, INITIAL_STATUSES.contains(lead.status()), false);
      return LeadParts.of(vendor(), id, lead, rule)
          .map(
              parts ->
                  new ListedRecord(
                      id,
                      id,
                      Times.ofCreation(
                          time(
                              customer.text("creation_date", "customer_created_at", "created_at"))),
                      parts.creation(),
                      parts.parts()));
    } catch (InvalidMessageException e) {
      LOG.debugf("Customer %s of Solar Proof's list: %s", id, e.getMessage());
      return Optional.empty();
    }
  }

  /** A time without a zone counts as UTC; reconciliation allows for any zone. */
  private static OffsetDateTime time(String text) {
    if (text == null) {
      return null;
    }
    return EventTime.time(text)
        .or(() -> EventTime.time(text.strip().replaceFirst(" ", "T") + "Z"))
        .or(
            () ->
                DateNormalizer.normalize(text, DateOrder.DAY_FIRST)
                    .map(date -> date.atStartOfDay().atOffset(ZoneOffset.UTC)))
        .orElse(null);
  }
}
