package org.solarrelay.flip;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.solarrelay.event.Lead;

/** Tells sites in Australia, where Solar Proof's customers are, from those in the United States. */
final class AustralianAddress {

  private static final Set<String> COUNTRY = Set.of("au", "aus", "australia");

  private static final Set<String> STATES =
      Set.of(
          "act",
          "nsw",
          "nt",
          "qld",
          "sa",
          "tas",
          "vic",
          "wa",
          "australian capital territory",
          "new south wales",
          "northern territory",
          "queensland",
          "south australia",
          "tasmania",
          "victoria",
          "western australia");

  private static final Pattern ONE_LINE =
      Pattern.compile(
          ".*(\\baustralia|\\b(act|nsw|nt|qld|sa|tas|vic|wa)\\b[\\s,]*\\d{4})\\W*", Pattern.DOTALL);

  private AustralianAddress() {}

  /** False where nothing tells; null is such a case. */
  static boolean is(Lead.Address address) {
    if (address == null) {
      return false;
    }
    String country = lower(address.country());
    if (!country.isEmpty()) {
      return COUNTRY.contains(country);
    }
    // Washington is WA too, with five digits
    boolean inParts =
        STATES.contains(lower(address.state())) && lower(address.zip()).matches("\\d{4}");
    return inParts || ONE_LINE.matcher(lower(address.full())).matches();
  }

  private static String lower(String text) {
    return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
  }
}
