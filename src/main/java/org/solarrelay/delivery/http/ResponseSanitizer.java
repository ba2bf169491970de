package org.solarrelay.delivery.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.config.SecretMask;

/** What the ledger keeps of a destination's words: capped, and without any of our keys. */
@Singleton
public class ResponseSanitizer {

  private final int limit;
  private final SecretMask mask;

  @Inject
  public ResponseSanitizer(ReloadableConfig config, SecretMask mask) {
    this.mask = mask;
    this.limit = config.get().delivery().answerLimit();
  }

  /** For routes that run outside the program. */
  public ResponseSanitizer(ReloadableConfig config) {
    this(config, new SecretMask(config));
  }

  /** The text, cut to the limit and masked; null stays null. */
  public String shown(String text) {
    if (text == null) {
      return null;
    }
    int longest = mask.longest();
    // cut before it is masked, so that the cost does not grow with the text; a mask is shorter than
    // most secrets, and half a secret at the cut would not be recognised
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
