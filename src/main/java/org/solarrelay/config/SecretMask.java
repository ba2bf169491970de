package org.solarrelay.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;

/** Replaces the keys of destinations and the secrets in their URLs by {@code ***} in texts. */
@Singleton
public class SecretMask {

  private static final String MASK = "***";

  private final ReloadableConfig config;

  /** Current and former secrets: a running call may still use a former one. */
  private final Set<String> secrets = new CopyOnWriteArraySet<>();

  private volatile RelayConfig latest;

  public SecretMask(ReloadableConfig config) {
    this.config = config;
  }

  /** Returns the text without secrets. */
  public String masked(String text) {
    String masked = text;
    for (String secret : secrets()) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  /** The length of the longest secret, in characters. */
  public int maxLength() {
    return secrets().stream().mapToInt(String::length).max().orElse(0);
  }

  private Set<String> secrets() {
    RelayConfig now = config.get();
    if (latest != now) {
      now.destinations().values().stream()
          .flatMap(SecretMask::secretsOf)
          .flatMap(SecretMask::spellings)
          .forEach(secrets::add);
      latest = now;
    }
    return secrets;
  }

  private static Stream<String> secretsOf(RelayConfig.Destination destination) {
    return Stream.concat(
        destination.apiKey().stream(), destination.url().stream().flatMap(UrlSecrets::of));
  }

  private static Stream<String> spellings(String secret) {
    return Stream.of(
        secret,
        URLEncoder.encode(secret, StandardCharsets.UTF_8),
        String.valueOf(JsonStringEncoder.getInstance().quoteAsString(secret)));
  }
}
