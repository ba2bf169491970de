package org.solarrelay.config;

import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;

/** Masks the keys of destinations, and what is secret in their URLs, in any text. */
@Singleton
public class SecretMask {

  private static final String MASK = "***";

  private final ReloadableConfig config;

  /** Those of before, too: a call may have left with one just as it was replaced. */
  private final Set<String> secrets = new CopyOnWriteArraySet<>();

  private volatile RelayConfig known;

  public SecretMask(ReloadableConfig config) {
    this.config = config;
  }

  /** The text without secrets. */
  public String masked(String text) {
    String masked = text;
    for (String secret : secrets()) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  /** How long the longest secret is, in characters. */
  public int longest() {
    return secrets().stream().mapToInt(String::length).max().orElse(0);
  }

  private Set<String> secrets() {
    RelayConfig now = config.get();
    if (known != now) {
      now.destinations().values().stream()
          .flatMap(SecretMask::secretsOf)
          .flatMap(SecretMask::spellings)
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
