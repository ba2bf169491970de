package org.solarrelay.delivery.http;

import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;
import org.solarrelay.config.LiveConfig;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.UrlSecrets;

/** What the ledger keeps of a destination's words: capped, and without any of our keys. */
@Singleton
public class Answers {

  private final int limit;
  private final LiveConfig config;

  /** Those of before, too: a call may have left with one just as it was replaced. */
  private final Set<String> secrets = new CopyOnWriteArraySet<>();

  private volatile RelayConfig known;

  public Answers(LiveConfig config) {
    this.config = config;
    this.limit = config.get().delivery().answerLimit();
  }

  /** The text, cut to the limit and masked; null stays null. */
  public String shown(String text) {
    if (text == null) {
      return null;
    }
    Set<String> known = secrets();
    int longest = known.stream().mapToInt(String::length).max().orElse(0);
    // cut before it is masked, so that the cost does not grow with the text; a mask is shorter than
    // most secrets, and half a secret at the cut would not be recognised
    int window = 2 * limit + 2 * longest;
    boolean cut = text.length() > window;
    String masked = cut ? TextMasker.prefix(text, window) : text;
    for (String secret : known) {
      masked = masked.replace(secret, "***");
    }
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

  private Set<String> secrets() {
    RelayConfig now = config.get();
    if (known != now) {
      now.destinations().values().stream()
          .flatMap(Answers::secretsOf)
          .flatMap(Answers::spellings)
          .forEach(secrets::add);
      known = now;
    }
    return secrets;
  }

  private static Stream<String> secretsOf(RelayConfig.Destination destination) {
    return Stream.concat(
        destination.apiKey().stream(), destination.url().stream().flatMap(UrlSecrets::of));
  }

  private static Stream<String> spellings(String secret) {
    return Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }
}
