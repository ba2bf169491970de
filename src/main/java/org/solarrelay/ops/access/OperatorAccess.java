package org.solarrelay.ops.access;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;

/**
 * Restricts {@code /api} and {@code /handoff} to operators: requests with {@code Authorization:
 * Bearer <RELAY_OPERATOR_TOKEN>} or, if one is configured, with a login of the identity provider.
 */
@Singleton
class OperatorAccess {

  private static final String SCHEME = "Bearer ";

  // Quarkus creates filters at build time, when no token is known yet
  private final Provider<ReloadableConfig> config;
  private final Provider<IdentityProviderUsers> users;

  OperatorAccess(Provider<ReloadableConfig> config, Provider<IdentityProviderUsers> users) {
    this.config = config;
    this.users = users;
  }

  /**
   * @return null if the request may pass
   */
  @ServerRequestFilter(preMatching = true)
  Uni<Response> check(ContainerRequestContext request) {
    String path = path(request);
    if (!path.startsWith("/api/") && !path.startsWith("/handoff/")) {
      return Uni.createFrom().nullItem();
    }
    RelayConfig now = config.get().get();
    Optional<String> token = now.operator().token();
    boolean oidc = now.oidc().enabled();
    String given = request.getHeaderString("Authorization");
    boolean open = now.standalone() && token.isEmpty() && !oidc;
    if (open || token.filter(expected -> same(SCHEME + expected, given)).isPresent()) {
      return Uni.createFrom().nullItem();
    }
    if (oidc) {
      return users.get().check(request);
    }
    throw token.isEmpty()
        ? new ApiProblem(503, "Service Unavailable", "RELAY_OPERATOR_TOKEN is not set")
        : unauthorized();
  }

  /**
   * Quarkus decodes twice: an escaped percent sign such as {@code /%25;a} fails the second time.
   */
  private static String path(ContainerRequestContext request) {
    try {
      return request.getUriInfo().getPath();
    } catch (IllegalArgumentException e) {
      throw new ApiProblem(400, "Bad Request", "The path has a % that begins no escape");
    }
  }

  static ApiProblem unauthorized() {
    return new ApiProblem(
        401, "Unauthorized", "Send Authorization: Bearer with the operator token");
  }

  /** Compares in constant time. */
  private static boolean same(String expected, String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
