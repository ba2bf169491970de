package org.solarrelay.routes.lint;

import java.util.Map;
import java.util.Optional;

/** Beans and classes of earlier versions, with their current names. */
final class RenamedNames {

  private static final Map<String, String> PRESENT =
      Map.ofEntries(
          Map.entry("crmAnswers", "crmOutcomes"),
          Map.entry("enerfloAnswers", "enerfloOutcomes"),
          Map.entry("enerfloProjectAnswers", "enerfloProjectOutcomes"),
          Map.entry("flipAnswers", "flipOutcomes"),
          Map.entry("solarProofAnswers", "solarProofOutcomes"),
          Map.entry("solarProofSubscriptionAnswers", "solarProofSubscriptionOutcomes"),
          Map.entry("enerfloHydration", "enerfloEnrichment"),
          Map.entry("flipAsked", "flipEnrichmentCache"),
          Map.entry("RefusedException", "org.solarrelay.delivery.PermanentFailureException"),
          Map.entry("NotYetException", "org.solarrelay.delivery.NotReadyException"),
          Map.entry(
              "AccessDeniedException", "org.solarrelay.delivery.CredentialsRejectedException"));

  private RenamedNames() {}

  /**
   * The fix for a name of an earlier version.
   *
   * @param name a bean, or a class with or without its package
   * @return empty for every other name
   */
  static Optional<String> fix(String name) {
    return Optional.ofNullable(PRESENT.get(name.substring(name.lastIndexOf('.') + 1)))
        .map("Write %s: an earlier version had the other name"::formatted);
  }
}
