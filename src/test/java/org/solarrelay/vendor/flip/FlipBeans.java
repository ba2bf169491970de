package org.solarrelay.vendor.flip;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.solarrelay.vendor.enerflo.project.EnerfloEnrichment;

/** What {@code deliver-flip} calls. */
public final class FlipBeans {

  private FlipBeans() {}

  /** Under their names in the route. */
  public static Map<String, Object> with(Optional<String> programId) {
    return Map.of(
        "enerfloEnrichment", new EnerfloEnrichment(Optional.empty(), Optional.empty()),
        "flipMapper", new FlipMapper(false, List.of("Permission to Operate")),
        "flipLookup", new FlipLookup(programId),
        "flipEnrollments", new FlipEnrollments(Optional.empty(), Duration.ofSeconds(10)),
        "flipProgram", new FlipProgram(),
        "flipTokens", new FlipTokens(),
        "flipEnrichmentCache", new FlipEnrichmentCache(),
        "flipOutcomes", new FlipOutcomes());
  }
}
