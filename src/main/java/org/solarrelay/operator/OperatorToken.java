package org.solarrelay.operator;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.solarrelay.RelayConfig;
import org.solarrelay.secrets.LiveConfig;

/**
 * Lets only operators use {@code /api} and {@code /handoff}: {@code Authorization: Bearer
 * <RELAY_OPERATOR_TOKEN>}.
 */
@Singleton
class OperatorToken {

  private static final String SCHEME = "Bearer ";

  // filters are made while the program is built, when no token is known yet
  private final Provider<LiveConfig> config;

  OperatorToken(Provider<LiveConfig> config) {
    this.config = config;
  }

  @ServerRequestFilter(preMatching = true)
  void check(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (!path.startsWith("/api/") && !path.startsWith("/handoff/")) {
      return;
    }
    RelayConfig now = config.get().get();
    Optional<String> expected = now.operator().token();
    if (expected.isEmpty() && now.standalone()) {
      return;
    }
    if (expected.isEmpty()) {
      throw new ApiProblem(503, "Service Unavailable", "RELAY_OPERATOR_TOKEN is not set");
    }
    String given = request.getHeaderString("Authorization");
    if (given == null || !same(SCHEME + expected.get(), given)) {
      throw new ApiProblem(
          401, "Unauthorized", "Send Authorization: Bearer with the operator token");
    }
  }

  /** In constant time. */
  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
