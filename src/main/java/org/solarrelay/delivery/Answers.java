package org.solarrelay.delivery;

import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;
import org.solarrelay.RelayConfig;
import org.solarrelay.secrets.LiveConfig;
import org.solarrelay.secrets.UrlSecrets;

/** What the ledger keeps of a destination's words: capped, and without any of our keys. */
@Singleton
class Answers {

  private final int limit;
  private final LiveConfig config;

  /** Those of before, too: a call may have left with one just as it was replaced. */
  private final Set<String> secrets = new CopyOnWriteArraySet<>();

  private volatile RelayConfig known;

  Answers(LiveConfig config) {
    this.config = config;
    this.limit = config.get().delivery().answerLimit();
  }

  /** The text, masked and cut to the limit; null stays null. */
  String shown(String text) {
    if (text == null) {
      return null;
    }
    String masked = text;
    for (String secret : secrets()) {
      masked = masked.replace(secret, "***");
    }
    // PostgreSQL's text can not hold NUL
    masked = masked.replace('\u0000', ' ');
    return masked.length() <= limit ? masked : masked.substring(0, wholeCharacters(masked)) + "…";
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

  /** The limit, or one less where it would cut a character in half that takes two chars. */
  private int wholeCharacters(String text) {
    return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
  }

  private static Stream<String> secretsOf(RelayConfig.Destination destination) {
    return Stream.concat(
        destination.apiKey().stream(), destination.url().stream().flatMap(UrlSecrets::of));
  }

  private static Stream<String> spellings(String secret) {
    return Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }
}
