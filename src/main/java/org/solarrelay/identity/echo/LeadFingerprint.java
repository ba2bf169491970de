package org.solarrelay.identity.echo;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.EventData;
import org.solarrelay.event.Lead;

/** A hash of a lead's name, e-mail address, phone numbers and address, whatever their spelling. */
public final class LeadFingerprint {

  private static final int LENGTH = 32;

  private record Values(
      List<String> name, String email, List<String> phones, List<String> address) {}

  private LeadFingerprint() {}

  /**
   * The hash.
   *
   * @return empty for a lead without any of these values
   */
  public static String of(Lead lead) {
    Values values =
        new Values(
            sorted(NormalizedLead.name(lead)),
            lead.email() == null ? "" : lead.email().strip().toLowerCase(Locale.ROOT),
            sorted(NormalizedLead.phones(lead)),
            lead.address() == null ? List.of() : sorted(NormalizedLead.words(lead.address())));
    boolean empty =
        values.name().isEmpty()
            && values.email().isEmpty()
            && values.phones().isEmpty()
            && values.address().isEmpty();
    return empty ? "" : ContentHash.of(EventData.write(values)).substring(0, LENGTH);
  }

  private static List<String> sorted(Set<String> texts) {
    return List.copyOf(new TreeSet<>(texts));
  }
}
