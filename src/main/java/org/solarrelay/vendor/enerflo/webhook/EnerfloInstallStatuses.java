package org.solarrelay.vendor.enerflo.webhook;

import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.normal.NumberNormalizer;
import org.solarrelay.vendor.enerflo.EnerfloStatus;

/**
 * Maps the status of an install to the status in an event. Enerflo documents one number only, 4 =
 * On Hold (Enerflo, How to Integrate Enerflo with my CRM, stage 4); the others differ by company.
 */
@Startup
@Singleton
public class EnerfloInstallStatuses {

  private final Map<String, String> byNumber = new HashMap<>();

  /**
   * Reads the configuration, so that an invalid entry ends the start of the program.
   *
   * @param table entries such as {@code 4=on-hold}
   * @throws IllegalArgumentException if an entry is not a number and a word; the text names it
   */
  @Inject
  public EnerfloInstallStatuses(
      @ConfigProperty(name = "relay.enerflo.install-statuses") List<String> table) {
    for (String entry : table) {
      String[] pair = entry.split("=", 2);
      if (pair.length < 2 || !pair[0].strip().matches("\\d+") || pair[1].isBlank()) {
        throw new IllegalArgumentException(
            "relay.enerflo.install-statuses: '%s' must be like 4=on-hold".formatted(entry));
      }
      byNumber.put(pair[0].strip(), pair[1].strip());
    }
  }

  /**
   * The status in an event: active, on-hold, completed or voided; else Enerflo's name of the
   * status; else {@code status-} and its number.
   *
   * @return null where the install has no status
   */
  public String word(JsonFields install) {
    JsonFields status = install.in("status");
    String bare = number(install.text("status"));
    boolean bareNumber = bare != null && bare.matches("\\d+");
    String name = install.text("status_name", "statusName");
    name = name != null ? name : status.text("name", "title");
    name = name != null || bareNumber ? name : bare;
    if (name != null) {
      return EnerfloStatus.wordFor(name);
    }
    String number = number(install.text("status_id", "statusId"));
    number = number != null ? number : number(status.text("id"));
    number = number != null ? number : bare;
    return number == null ? null : byNumber.getOrDefault(number, EnerfloStatus.numbered(number));
  }

  /** {@code 4} of {@code 4.0}; any other text stays. */
  private static String number(String text) {
    return text == null ? null : NumberNormalizer.ofText(text).orElse(text);
  }
}
