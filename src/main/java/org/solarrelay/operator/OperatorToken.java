package org.solarrelay.operator;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.solarrelay.RelayConfig;

/** Lets only operators use {@code /api}: {@code Authorization: Bearer <RELAY_OPERATOR_TOKEN>}. */
@Singleton
class OperatorToken {

  private static final String SCHEME = "Bearer ";

  private final Optional<byte[]> expected;
  private final boolean open;

  OperatorToken(RelayConfig config) {
    this.expected = config.operator().token().map(token -> token.getBytes(StandardCharsets.UTF_8));
    this.open = config.standalone() && expected.isEmpty();
  }

  @ServerRequestFilter(preMatching = true)
  void check(ContainerRequestContext request) {
    if (!request.getUriInfo().getPath().startsWith("/api/") || open) {
      return;
    }
    if (expected.isEmpty()) {
      throw new ApiProblem(503, "Service Unavailable", "RELAY_OPERATOR_TOKEN is not set");
    }
    String given = request.getHeaderString("Authorization");
    if (given == null || !given.startsWith(SCHEME) || !fits(given.substring(SCHEME.length()))) {
      throw new ApiProblem(
          401, "Unauthorized", "Send Authorization: Bearer with the operator token");
    }
  }

  private boolean fits(String token) {
    return MessageDigest.isEqual(expected.orElseThrow(), token.getBytes(StandardCharsets.UTF_8));
  }
}
