package org.solarrelay.cli;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a webhook: its source and event.
 *
 * @param source the system that sends the webhook
 * @param event the event in the path; null if the path does not name it
 */
record WebhookTarget(String source, String event) {

  private static final Pattern TEXT = Pattern.compile("([\\w-]+)(?:/([\\w.-]+))?");

  /** The names of samples: {@code webhook-solarproof-customer_created-old.json}. */
  private static final Pattern SAMPLE =
      Pattern.compile("webhook-([a-z0-9]+)-([\\w.]+?)(?:-old)?\\.json");

  private static final String EVENT_IN_PATH = "solarproof";

  /**
   * Parses {@code enerflo} or {@code solarproof/customer_created}.
   *
   * @throws CommandException if the text has another form
   */
  static WebhookTarget of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw CommandException.cannotRun(
          "--as must be like enerflo, solarproof/customer_created, flip or leads, not " + text);
    }
    return new WebhookTarget(matcher.group(1), matcher.group(2));
  }

  /** Derives the target from a sample's file name; the default is leads. */
  static WebhookTarget ofFile(String file) {
    Matcher name = SAMPLE.matcher(Path.of(file).getFileName().toString());
    if (!name.matches()) {
      return of("leads");
    }
    String source = name.group(1);
    return new WebhookTarget(source, source.equals(EVENT_IN_PATH) ? name.group(2) : null);
  }

  /** Whether the file name is a sample's. */
  static boolean isSampleName(String file) {
    return SAMPLE.matcher(Path.of(file).getFileName().toString()).matches();
  }

  String path() {
    if (source.equals(EVENT_IN_PATH) && event == null) {
      throw CommandException.cannotRun(
          "Solar Proof's webhooks do not name their event: --as solarproof/EVENT, such as"
              + " solarproof/customer_created");
    }
    return "/webhooks/" + source + (event == null ? "" : "/" + event);
  }
}
