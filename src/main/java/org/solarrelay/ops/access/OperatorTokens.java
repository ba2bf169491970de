package org.solarrelay.ops.access;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;

/** Reports which credentials the relay requires now, and whether an operator token is valid. */
@Singleton
public class OperatorTokens {

  private static final String SCHEME = "Bearer ";

  private final ReloadableConfig config;

  OperatorTokens(ReloadableConfig config) {
    this.config = config;
  }

  /** Whether requests need no credentials: standalone mode on loopback, with none configured. */
  public boolean isOpen() {
    return config.get().standalone() && current().isEmpty() && !isIdentityProviderOn();
  }

  /** Whether people may sign in at an identity provider. */
  public boolean isIdentityProviderOn() {
    return config.get().oidc().enabled();
  }

  /** Whether an operator token is configured. */
  public boolean isConfigured() {
    return current().isPresent();
  }

  Optional<String> current() {
    RelayConfig now = config.get();
    return now.operator().token();
  }

  /** Whether this is the operator token. */
  boolean isValid(String token) {
    return current().filter(expected -> same(expected, token)).isPresent();
  }

  /**
   * @param authorization the header; null if it was not sent
   */
  boolean isBearer(String authorization) {
    return current().filter(expected -> same(SCHEME + expected, authorization)).isPresent();
  }

  /** Compares in constant time. */
  static boolean same(String expected, String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
