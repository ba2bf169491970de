package org.solarrelay.delivery.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.config.SecretMask;

/**
 * Prepares a vendor's text and the requests to it for the ledger: cuts them to a limit and masks
 * the relay's secrets.
 */
@Singleton
public class ResponseSanitizer {

  private final int limit;
  private final SecretMask mask;
  private final CallsJson calls;

  @Inject
  public ResponseSanitizer(ReloadableConfig config, SecretMask mask) {
    this.mask = mask;
    this.calls = new CallsJson(mask);
    this.limit = config.get().delivery().answerLimit();
  }

  /** For dry runs without a running relay. */
  public ResponseSanitizer(ReloadableConfig config) {
    this(config, new SecretMask(config));
  }

  /** Returns the calls of an attempt as JSON, masked and cut. Its fields: {@link CallsJson}. */
  public String sanitize(AttemptCalls attempt) {
    return calls.write(attempt.list());
  }

  /** Cuts and masks a text; null stays null. */
  public String sanitize(String text) {
    if (text == null) {
      return null;
    }
    int longest = mask.maxLength();
    // cut first, so that the cost does not grow with the text. The window is larger than the limit:
    // a mask is shorter than most secrets, and half a secret at the cut would not be recognised
    int window = 2 * limit + 2 * longest;
    boolean cut = text.length() > window;
    String masked = mask.masked(cut ? TextMasker.prefix(text, window) : text);
    if (cut) {
      masked = TextMasker.prefix(masked, Math.max(0, masked.length() - longest));
    }
    // PostgreSQL's text cannot hold NUL
    masked = masked.replace('\u0000', ' ');
    if (masked.length() > limit) {
      return TextMasker.prefix(masked, limit) + "…";
    }
    return cut ? masked + "…" : masked;
  }
}
