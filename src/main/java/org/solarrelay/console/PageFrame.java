package org.solarrelay.console;

import java.time.Instant;
import java.util.List;
import org.solarrelay.ops.access.ConsoleUser;

/**
 * What every page shows around its content.
 *
 * @param title the page's name and heading
 * @param section the entry of the navigation that the page belongs to; null where it has none
 * @param self the path and query of this page, from which the browser loads parts again after a
 *     change
 * @param user who uses the console
 * @param formToken the value of the query parameter {@code form} in the address of each form
 * @param assets the folder of scripts and styles
 * @param pod the host name of the pod that made the page
 * @param now when the pod made the page
 */
public record PageFrame(
    String title,
    ConsolePage section,
    String self,
    ConsoleUser user,
    String formToken,
    String assets,
    String pod,
    Instant now) {

  /** The entries of the navigation. */
  public List<ConsolePage> sections() {
    return List.of(ConsolePage.values());
  }
}
