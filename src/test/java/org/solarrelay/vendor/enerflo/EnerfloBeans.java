package org.solarrelay.vendor.enerflo;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.vendor.enerflo.lead.EnerfloAuditMapper;
import org.solarrelay.vendor.enerflo.lead.EnerfloMapper;
import org.solarrelay.vendor.enerflo.lead.EnerfloOutcomes;
import org.solarrelay.vendor.enerflo.lead.EnerfloQuery;
import org.solarrelay.vendor.enerflo.lead.EnerfloSettings;
import org.solarrelay.vendor.enerflo.project.EnerfloEnrichment;
import org.solarrelay.vendor.enerflo.project.EnerfloInstallLookup;
import org.solarrelay.vendor.enerflo.project.EnerfloLookupFailure;
import org.solarrelay.vendor.enerflo.project.EnerfloNotes;
import org.solarrelay.vendor.enerflo.project.EnerfloProjectMapper;
import org.solarrelay.vendor.enerflo.project.EnerfloProjectOutcomes;
import org.solarrelay.vendor.enerflo.project.EnerfloStatuses;

/** The beans that the routes of Enerflo call, without the program around them. */
public final class EnerfloBeans {

  public static final String KEY = "k+e&y%2B=1";

  public static final Map<String, String> PROPERTIES =
      Map.of("relay.destinations.enerflo.url", "VENDOR", "relay.destinations.enerflo.api-key", KEY);

  private EnerfloBeans() {}

  /** Counts in place of the shared limit. */
  public static final class Budget {

    private volatile int spent;
    private volatile boolean empty;

    public void spend(String destination, int calls) {
      if (empty && calls > 0) {
        throw new NotReadyException("The rate limit of " + destination + " is used up");
      }
      spent += calls;
    }

    public int spent() {
      return spent;
    }

    public void setEmpty(boolean empty) {
      this.empty = empty;
      this.spent = 0;
    }
  }

  public static Map<String, Object> with(
      Budget budget, Optional<String> creator, OptionalInt dealTypeWhenSigned) {
    Map<String, Object> beans = new HashMap<>();
    beans.put("callBudget", budget);
    beans.put("enerfloOutcomes", new EnerfloOutcomes());
    beans.put("enerfloProjectOutcomes", new EnerfloProjectOutcomes());
    beans.put("enerfloLookupFailure", new EnerfloLookupFailure(RelaySettings.of(Map.of())));
    EnerfloSettings settings =
        new EnerfloSettings(List.of("crm"), "US", creator, dealTypeWhenSigned);
    beans.put("enerfloMapper", new EnerfloMapper(settings));
    beans.put("enerfloEnrichment", new EnerfloEnrichment(Optional.of("VENDOR"), Optional.of(KEY)));
    beans.put("enerfloAuditMapper", new EnerfloAuditMapper(settings));
    beans.put("enerfloQuery", new EnerfloQuery());
    beans.put("enerfloInstallLookup", new EnerfloInstallLookup());
    beans.put("enerfloProjectMapper", new EnerfloProjectMapper());
    beans.put("enerfloStatuses", new EnerfloStatuses());
    beans.put("enerfloNotes", new EnerfloNotes(Clock.systemUTC()));
    return beans;
  }

  public static Map<String, Object> plain() {
    return with(new Budget(), Optional.empty(), OptionalInt.empty());
  }
}
