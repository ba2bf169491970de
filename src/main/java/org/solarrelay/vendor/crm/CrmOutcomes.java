package org.solarrelay.vendor.crm;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.solarrelay.delivery.Outcome;

/** What the CRM's answers mean: with Standard Webhooks, any 2xx is a receipt. */
@Singleton
@Named("crmOutcomes")
public class CrmOutcomes {

  /** Delivered; a CRM gives the event no id of its own. */
  public Outcome received() {
    return Outcome.delivered(null);
  }
}
