package org.solarrelay.vendor.crm;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.solarrelay.delivery.Outcome;

/** Turns the CRM's responses into outcomes. In Standard Webhooks, any 2xx confirms the receipt. */
@Singleton
@Named("crmOutcomes")
public class CrmOutcomes {

  /** Delivered, without a vendor id: the CRM returns none. */
  public Outcome received() {
    return Outcome.delivered();
  }
}
